"""What anybody may read: published pages, and of stories only those that their narrators allow today."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from hamroh.accounts.models import Membership, Organisation
from hamroh.pages.models import SHELVES, Article, Forward, PageKind, Section, Story
from hamroh.pages.rules import LETTER_READERS
from hamroh.web.sitemap import Listed


def published() -> QuerySet[Article]:
    """Pages that are public now, in whatever language."""
    allowed = ~Q(kind=PageKind.STORY) | Q(story__in=Story.objects.public().values("pk"))
    rows: QuerySet[Article] = Article.objects.filter(allowed, live=True)
    return rows.select_related("organisation").order_by("-day", "-pk")


def public_article(code: str, lang: str) -> Article | None:
    """The page in one language, with its picture."""
    return (
        published()
        .filter(code=code, lang=lang)
        .select_related("picture")
        .defer("picture__small", "picture__large")
        .first()
    )


def languages_of(code: str) -> dict[str, Article]:
    """The languages in which a page can be read, with its title in each."""
    rows = published().filter(code=code).defer("body")
    return {each.lang: each for each in rows}


def listed(shelf: str, lang: str) -> QuerySet[Article]:
    """Pages of a shelf in one language, the newest first."""
    kinds = [kind for kind, name in SHELVES.items() if name == shelf]
    rows = published().filter(lang=lang, kind__in=kinds)
    return rows.select_related("organisation", "picture").defer("body", "picture__small", "picture__large")


def newest(lang: str, most: int = 50) -> list[Article]:
    """What a feed tells of: news, stories and campaigns."""
    rows = published().filter(lang=lang, kind__in=(PageKind.NEWS, PageKind.STORY, PageKind.CAMPAIGN))
    return list(rows.defer("body")[:most])


def public_pages() -> Iterator[Listed]:
    """For the site map: every page with the languages that it is in."""
    rows = published().order_by("code", "lang").values_list("code", "lang", "kind", "last_published_at")
    langs: dict[tuple[str, str], list[str]] = {}
    when: dict[str, Any] = {}
    for code, lang, kind, at in rows.iterator():
        path = f"{SHELVES[PageKind(kind)]}/{code}/"
        langs.setdefault((code, path), []).append(lang)
        when[code] = max(filter(None, (when.get(code), at)), default=None)
    for (code, path), spoken in langs.items():
        yield Listed(path, when[code], tuple(spoken))


def forwarded(path: str, lang: str) -> str | None:
    """Where an old address leads now, in this language or in one that the page is in; None where nowhere."""
    code = Forward.objects.filter(path=path.strip("/")[:300]).values_list("code", flat=True).first()
    if code is None:
        return None
    there = languages_of(code)
    page = there.get(lang) or next(iter(there.values()), None)
    return page.path_in_language if page else None


def taking_letters() -> QuerySet[Organisation]:
    """Organisations in which somebody may read what the contact page brings, and that write pages."""
    readers = Membership.objects.current().filter(role__in=LETTER_READERS).values("organisation_id")
    writing = Section.objects.values("organisation_id")
    return Organisation.objects.filter(pk__in=writing).filter(pk__in=readers).order_by("code")
