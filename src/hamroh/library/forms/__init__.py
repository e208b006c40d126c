"""Forms of the library's desk."""
