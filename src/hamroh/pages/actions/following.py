"""What follows when the public side of a page changes: the journal and the index, in the same transaction."""

from typing import Any

from hamroh.pages.models import FOLLOWERS, Article
from hamroh.pages.selectors.documents import PAGE, page_documents
from hamroh.search.actions import erase_documents, index_documents, remove_documents
from hamroh.vault import journal

_VERBS = {"publish": "pages.publish", "unpublish": "pages.withdraw", "delete": "pages.delete"}


def follow(page: Article, what: str, actor: Any) -> None:
    """Write down who did it and put the page into the index, or take it out."""
    journal.record(actor=actor, verb=_VERBS[what], about=page, facts={"code": page.code, "language": page.lang})
    if what == "delete":
        Article.objects.filter(pk=page.pk).update(live=False)
    index_pages([page.code])


def index_pages(codes: list[str]) -> None:
    """Let the index say of these pages what is public of them now."""
    documents = list(page_documents(codes))
    index_documents(documents)
    if gone := set(codes) - {each.record_id for each in documents}:
        remove_documents(PAGE, gone)


def erase_pages(codes: list[str]) -> None:
    """Take pages out of the index so that no word of theirs stays in the files of the database."""
    erase_documents(PAGE, codes)


FOLLOWERS.append(follow)
