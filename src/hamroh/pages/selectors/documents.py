"""What the public index is told of pages: nothing that is not published."""

from collections.abc import Iterable, Iterator
from typing import Any

from hamroh.pages.blocks import words_of
from hamroh.pages.models import Article, PageKind, Story
from hamroh.pages.selectors.public import published
from hamroh.search.documents import Document, Part, Passage
from hamroh.thesaurus.models import Concept, Label
from hamroh.thesaurus.selectors import keys_above

PAGE = "page"
_QUALITY = 0.55


def search_documents() -> Iterator[Document]:
    """Documents of all that is public here."""
    yield from page_documents()


def page_documents(codes: Iterable[str] | None = None) -> Iterator[Document]:
    """One document for a page in all the languages that it is published in."""
    rows = published().order_by("code", "lang")
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    together: dict[str, list[Article]] = {}
    for each in rows:
        together.setdefault(each.code, []).append(each)
    stories = Story.objects.public().in_bulk(
        {each.story for pages in together.values() for each in pages if each.story}
    )
    labels = _labels({key for pages in together.values() for each in pages for key in each.subjects})
    for code, pages in together.items():
        yield _document(code, pages, stories, labels)


def _document(code: str, pages: list[Article], stories: Any, labels: dict[str, list[tuple[str, str]]]) -> Document:
    subjects = sorted({key for each in pages for key in each.subjects})
    passages = [
        *(Passage(Part.TITLE, each.lang, each.title) for each in pages),
        *(Passage(Part.BODY, each.lang, each.summary) for each in pages if each.summary),
        *(Passage(Part.BODY, each.lang, words) for each in pages for words in words_of(each.body)),
        *(Passage(Part.BODY, each.lang, told) for each in pages if (told := _told(each, stories))),
        *(Passage(Part.SUBJECT, lang, text) for key in subjects for lang, text in labels.get(key, ())),
    ]
    facets = {
        "kind": [PAGE], "room": ["pages"], "year": [str(pages[0].day.year)], "language": [each.lang for each in pages],
        "subject": sorted({*subjects, *keys_above(subjects)}),
    }  # fmt: skip
    return Document(
        kind=PAGE, record_id=code, address=f"/{{lang}}/{pages[0].address}", titles={each.lang: each.title for each in pages},
        passages=list(dict.fromkeys(passages)), summaries={each.lang: each.summary for each in pages}, facets=facets, quality=_QUALITY,
    )  # fmt: skip


def _told(page: Article, stories: Any) -> str:
    story = stories.get(page.story) if page.kind == PageKind.STORY else None
    return str(story.texts.get(page.lang, "")) if story else ""


def _labels(keys: set[str]) -> dict[str, list[tuple[str, str]]]:
    """Names of subjects in every language, by one query."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = Label.objects.filter(concept__in=Concept.objects.filter(key__in=keys)) if keys else Label.objects.none()
    for key, lang, text in rows.values_list("concept__key", "lang", "text"):
        found.setdefault(key, []).append((lang, text))
    return found
