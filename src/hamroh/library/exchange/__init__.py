"""Records that come in: from files of editors, and from other centres that let us harvest."""
