"""A real room that only tests install: matters, notes on them and a shelter, guarded as case files will be."""
