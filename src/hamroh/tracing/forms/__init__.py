"""Forms of searches."""
