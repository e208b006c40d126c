"""What statistics keep."""

from hamroh.statistics.models.books import Book, BookState, KeptTable

__all__ = ["Book", "BookState", "KeptTable"]
