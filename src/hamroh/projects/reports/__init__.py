"""Reports to donors: gathered live, checked, frozen, and laid out for page, PDF and Word from the same plain data."""
