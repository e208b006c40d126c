"""The public API of the archive."""
