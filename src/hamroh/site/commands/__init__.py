"""Subcommands of ``hamroh``, one file a subject."""
