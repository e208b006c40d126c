"""Pages of the door and of people."""
