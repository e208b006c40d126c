"""What other programs read of figures. Nothing is written here."""
