"""Reads of the library: what is public for everybody, what is on the desk for who may see it."""

from hamroh.library.selectors.documents import search_documents

__all__ = ["search_documents"]
