"""Backups on one machine: taking them, restoring them, and the drill that proves that they can be restored."""
