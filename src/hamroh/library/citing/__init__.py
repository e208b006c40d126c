"""Records as others cite and keep them: CSL, RIS, BibTeX, schema.org."""
