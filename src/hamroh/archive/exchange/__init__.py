"""The archive as other programs read it."""
