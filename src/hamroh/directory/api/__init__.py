"""What other programs read of the directory: HSDS 3.0 and our own public API. Nothing is written here."""
