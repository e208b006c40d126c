"""A page beside its translation, and what was changed in its source since it was translated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Revision

from hamroh.accounts import policy
from hamroh.pages.blocks import words_of
from hamroh.pages.models import Article, Forward
from hamroh.pages.selectors.desk import Line, is_behind, lines_of


@dataclass(frozen=True)
class Part:
    """One part of the source, what stands at its place in the translation, and whether the source was changed there since."""

    source: str
    translation: str
    changed: bool = False


@dataclass(frozen=True)
class Both:
    """Two languages of a page."""

    page: Article
    source: Article
    parts: Sequence[Part]
    behind: bool
    gone: Sequence[str] = ()


def line(*, actor: Any, code: str) -> Line:
    """A page with its languages; Refused where it is not of her organisations."""
    rows = policy.visible(actor, "pages.see_drafts", Article.objects.select_related("organisation"))
    found = lines_of(rows, [code])
    if not found:
        raise policy.Refused("no such page for this person")
    return found[0]


def both(*, actor: Any, code: str, lang: str) -> Both:
    """The newest versions of a page and of its source."""
    rows = policy.visible(
        actor, "pages.see_drafts", Article.objects.filter(code=code).select_related("latest_revision")
    )
    pages = {each.lang: each for each in rows}
    page = pages.get(lang)
    source = pages.get(page.source_lang) if page else None
    if page is None or source is None:
        raise policy.Refused("no such translation for this person")
    now, said = said_by(newest(source)), said_by(newest(page))
    before = _translated(page)
    parts = [
        Part(text, said[at] if at < len(said) else "", before is not None and text not in before)
        for at, text in enumerate(now)
    ]
    parts += [Part("", text) for text in said[len(now) :]]
    gone = [text for text in before or () if text not in now]
    return Both(page, source, parts, is_behind(page, source), gone)


def newest(page: Article) -> Article:
    found: Article = page.get_latest_revision_as_object()
    return found


def said_by(page: Article) -> list[str]:
    """A page as its parts: title, summary, and the blocks of its body."""
    return [page.title, page.summary, *words_of(page.body)]


def _translated(page: Article) -> list[str] | None:
    """What the source said when it was translated; None where nothing says so."""
    then = Revision.objects.filter(pk=page.translated_from).first() if page.translated_from else None
    return said_by(then.as_object()) if then else None


def forwards(code: str) -> list[str]:
    """Old addresses that lead to a page."""
    return list(Forward.objects.filter(code=code).order_by("path").values_list("path", flat=True))
