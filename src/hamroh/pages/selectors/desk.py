"""What editors see of their pages: every page in its four languages, which are out of date, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from wagtail.models import WorkflowState

from hamroh.accounts import policy
from hamroh.pages.models import Article, Letter, Picture, Story
from hamroh.web.texts import LANGUAGES

ON_A_SHEET = 30
#: how many pictures are offered to choose from
PICTURES = 120
#: states of a page in one language
MISSING, DRAFT, REVIEW, PUBLISHED, CHANGED = "missing", "draft", "review", "published", "changed"


@dataclass(frozen=True)
class InLanguage:
    """A page in one language as the list shows it; ``behind`` says that its source has been changed since."""

    lang: str
    state: str = MISSING
    page: Article | None = None
    behind: bool = False


@dataclass(frozen=True)
class Line:
    """A page with its languages."""

    code: str
    title: str
    kind: str
    source: Article
    languages: Sequence[InLanguage] = field(default_factory=tuple)


def own_article(
    *, actor: Any, pk: int | None = None, code: str = "", lang: str = "", verb: str = "pages.edit"
) -> Article:
    """A page of one of her organisations; Refused where there is none."""
    rows = Article.objects.select_related("organisation", "locale", "latest_revision")
    rows = rows.filter(pk=pk) if pk is not None else rows.filter(code=code, lang=lang)
    found, _decision = policy.fetch(actor, verb, rows)
    return found


def page_lines(*, actor: Any, number: Any = 1) -> tuple[Sheet[Any], list[Line]]:
    """Pages of her organisations, the newest first, each with its languages; a constant number of queries."""
    rows = policy.visible(actor, "pages.see_drafts", Article.objects.all())
    codes = rows.order_by().values("code").annotate(newest=Max("pk")).order_by("-newest")
    sheet = Paginator(codes, ON_A_SHEET).get_page(number)
    return sheet, lines_of(rows, [each["code"] for each in sheet])


def lines_of(rows: QuerySet[Article], codes: Sequence[str]) -> list[Line]:
    """Lines of these pages, in this order."""
    found: dict[str, dict[str, Article]] = {code: {} for code in codes}
    for page in rows.filter(code__in=codes).defer("body"):
        found[page.code][page.lang] = page
    waiting = _in_review(page.pk for pages in found.values() for page in pages.values())
    return [_line(code, pages, waiting) for code, pages in found.items() if pages]


def _line(code: str, pages: dict[str, Article], waiting: set[int]) -> Line:
    source = source_of(pages)
    languages = tuple(_in_language(lang, pages.get(lang), pages, waiting) for lang in LANGUAGES)
    return Line(code, source.title, source.get_kind_display(), source, languages)


def source_of(pages: dict[str, Article]) -> Article:
    """The one that the others are translated from: the one that is translated from none."""
    return next(
        (each for each in pages.values() if not each.source_lang), min(pages.values(), key=lambda each: each.pk)
    )


def _in_language(lang: str, page: Article | None, pages: dict[str, Article], waiting: set[int]) -> InLanguage:
    if page is None:
        return InLanguage(lang)
    return InLanguage(lang, state_of(page, page.pk in waiting), page, is_behind(page, pages.get(page.source_lang)))


def state_of(page: Article, in_review: bool) -> str:
    if in_review:
        return REVIEW
    if page.live:
        return CHANGED if page.has_unpublished_changes else PUBLISHED
    return DRAFT


def is_behind(page: Article, source: Article | None) -> bool:
    """Whether its source has been changed since it was translated."""
    return bool(source and page.source_lang and source.latest_revision_id != page.translated_from)


def _in_review(pks: Any) -> set[int]:
    rows = WorkflowState.objects.active().filter(object_id__in=[str(pk) for pk in pks], content_type__model="article")
    return {int(pk) for pk in rows.values_list("object_id", flat=True)}


def stories_of(*, actor: Any) -> QuerySet[Story]:
    """Stories of her organisations, the newest first."""
    return policy.visible(actor, "pages.story", Story.objects.select_related("organisation")).order_by("-made_at")


def own_pictures(*, actor: Any) -> QuerySet[Picture]:
    """The newest pictures of her organisations, without their pixels."""
    rows = policy.visible(actor, "pages.edit", Picture.objects.defer("small", "large"))
    return rows.order_by("-made_at")[:PICTURES]


def open_letters(*, actor: Any) -> QuerySet[Letter]:
    """Letters to her organisations: those that nobody has answered first."""
    rows = policy.visible(actor, "pages.letter", Letter.objects.select_related("organisation", "answered_by"))
    return rows.order_by("answered_date", "came_date")
