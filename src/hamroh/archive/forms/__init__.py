"""Forms of the archive's desk."""
