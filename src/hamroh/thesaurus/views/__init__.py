"""Pages of the thesaurus."""
