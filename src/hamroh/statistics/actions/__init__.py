"""Writes of statistics."""

from hamroh.statistics.actions.books import WAITS, book_now, keep_books
from hamroh.statistics.actions.releases import Overtaken, judged, release_table, roll_ups
from hamroh.statistics.actions.tables import drop_table, keep_table

__all__ = [
    "WAITS", "Overtaken", "book_now", "drop_table", "judged", "keep_books", "keep_table", "release_table", "roll_ups",
]  # fmt: skip
