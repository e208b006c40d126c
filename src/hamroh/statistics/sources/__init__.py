"""What is counted of each room."""
