"""Reads of pages: what is public, and what the desk shows."""

from hamroh.pages.selectors.desk import Line, open_letters, own_article, own_pictures, page_lines, stories_of
from hamroh.pages.selectors.documents import PAGE, page_documents, search_documents
from hamroh.pages.selectors.public import (
    forwarded,
    languages_of,
    listed,
    newest,
    public_article,
    public_pages,
    published,
    taking_letters,
)
from hamroh.pages.selectors.totals import quiz_totals

__all__ = [
    "PAGE", "Line", "forwarded", "languages_of", "listed", "newest", "open_letters", "own_article", "own_pictures", "page_documents", "page_lines",
    "public_article", "public_pages", "published", "quiz_totals", "search_documents", "stories_of", "taking_letters",
]  # fmt: skip
