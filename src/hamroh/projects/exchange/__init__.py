"""Projects as files: the aid standard out and in, and the table of who does what where, when and for whom."""
