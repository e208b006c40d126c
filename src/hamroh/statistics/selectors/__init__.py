"""Reads of statistics."""

from hamroh.statistics.selectors.books import books, counted, kept_tables, last_closed
from hamroh.statistics.selectors.released import released_table, released_tables, releases

__all__ = ["books", "counted", "kept_tables", "last_closed", "released_table", "released_tables", "releases"]
