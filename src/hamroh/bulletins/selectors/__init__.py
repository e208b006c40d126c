"""What bulletins read."""

from hamroh.bulletins.selectors.desk import (
    gone_stories,
    issue_of,
    issues,
    letters_by_state,
    pictures,
    readers_by_language,
    section_of,
    sections,
)
from hamroh.bulletins.selectors.documents import search_documents
from hamroh.bulletins.selectors.public import houses, newest, out, out_of

__all__ = [
    "gone_stories", "houses", "issue_of", "issues", "letters_by_state", "newest", "out", "out_of", "pictures", "readers_by_language",
    "search_documents", "section_of", "sections",
]  # fmt: skip
