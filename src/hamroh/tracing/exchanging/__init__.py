"""What a private exchange is worked with: the files in parts, a folder in memory, the line to another installation."""
