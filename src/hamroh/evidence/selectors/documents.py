"""What the public index is told of profiles, of what is counted, and of sources: nothing that is not public."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hamroh.evidence.areas import area_name
from hamroh.evidence.models import Concept, Edition, Source
from hamroh.evidence.references import references, replaced
from hamroh.evidence.selectors.figures import public_sources
from hamroh.evidence.selectors.public import public_observations
from hamroh.evidence.selectors.published import frozen_content, newest_editions, published_editions
from hamroh.search.documents import Document, Part, Passage
from hamroh.web.texts import LANGUAGES

EDITION, MEASURE, SOURCE = "edition", "measure", "source"
_NEWEST, _OLDER, _MEASURE, _SOURCE = 0.9, 0.5, 0.45, 0.35
_MOST_PLACES = 30


def search_documents() -> Iterator[Document]:
    """Documents of all that is public here."""
    yield from edition_documents()
    yield from measure_documents()
    yield from source_documents()


def edition_documents(codes: Iterable[str] | None = None) -> Iterator[Document]:
    """Published editions: all, or those with these codes."""
    every = published_editions()
    newest = {each.pk for each in newest_editions(every)}
    wanted = None if codes is None else set(codes)
    for edition in every:
        if wanted is None or edition.code in wanted:
            yield _edition(edition, quality=_NEWEST if edition.pk in newest else _OLDER)


def _edition(edition: Edition, quality: float) -> Document:
    made, area = frozen_content(edition), edition.profile.area
    titles = {lang: f"{area_name(area, lang)}: {_title(made, lang)}" for lang in LANGUAGES}
    blocks = [block for section in made["sections"] for block in section["blocks"]]
    passages = [
        *_said(Part.TITLE, titles),
        *_said(Part.SUBJECT, {lang: area_name(area, lang) for lang in LANGUAGES}),
        *(each for section in made["sections"] if section["blocks"] for each in _said(Part.BODY, section["titles"])),
        *(each for block in blocks for each in _said(Part.BODY, block["content"].get("title") or {})),
        *(each for block in blocks for each in _said(Part.BODY, _prose(block))),
    ]
    return Document(
        kind=EDITION, record_id=edition.code, address=f"/{{lang}}/evidence/e/{edition.code}/", titles=titles,
        passages=list(dict.fromkeys(passages)), facets={"kind": [EDITION], "room": ["evidence"], "year": _years(made)}, quality=quality,
    )  # fmt: skip


def _title(made: Mapping[str, Any], lang: str) -> str:
    titles = made["edition"]["titles"]
    return str(titles.get(lang) or titles.get("en") or next(iter(titles.values()), made["edition"]["label"]))


def _prose(block: Mapping[str, Any]) -> Mapping[str, str]:
    """What a block says, without its figures: these have pages of their own."""
    texts = block["content"].get("texts", {})
    return {lang: replaced(text, dict.fromkeys(references(text), "")) for lang, text in texts.items()}


def _years(made: Mapping[str, Any]) -> list[str]:
    year = str(made["edition"]["date"])[:4]
    return [year] if year.isdigit() else []


def measure_documents(keys: Iterable[str] | None = None) -> Iterator[Document]:
    """What is counted, all or those with these keys, where a figure of it is public; leads to the comparison of countries."""
    areas: dict[Any, set[str]] = defaultdict(set)
    rows = public_observations().order_by()
    rows = rows if keys is None else rows.filter(series__indicator__concept__key__in=list(keys))
    for concept, area in rows.values_list("series__indicator__concept", "series__area").distinct():
        areas[concept].add(area)
    for counted in Concept.objects.filter(pk__in=areas).order_by("key"):
        titles = counted.names or {"en": counted.key.replace("_", " ").capitalize()}
        yield Document(
            kind=MEASURE, record_id=counted.key, address=f"/{{lang}}/evidence/compare/?concept={counted.key}", titles=titles,
            passages=[*_said(Part.TITLE, titles), *_said(Part.BODY, counted.definitions), *_places(areas[counted.pk])],
            summaries=counted.definitions, facets={"kind": [MEASURE], "room": ["evidence"]}, quality=_MEASURE,
        )  # fmt: skip


def _places(areas: Iterable[str]) -> Iterator[Passage]:
    """Countries that a concept is told of, a few of many."""
    few = sorted(areas)[:_MOST_PLACES]
    return (Passage(Part.BODY, lang, ", ".join(area_name(each, lang) for each in few)) for lang in LANGUAGES)


def source_documents(keys: Iterable[str] | None = None) -> Iterator[Document]:
    """Sources of public figures: all, or those with these keys."""
    wanted = None if keys is None else set(keys)
    for source in public_sources():
        if wanted is not None and source.key not in wanted:
            continue
        yield Document(
            kind=SOURCE, record_id=source.key, address=f"/{{lang}}/evidence/sources/{source.key}/", titles={"en": source.title},
            passages=[Passage(Part.TITLE, "en", source.title), *_makers(source)], facets={"kind": [SOURCE], "room": ["evidence"], "year": _issued(source)}, quality=_SOURCE,
        )  # fmt: skip


def _makers(source: Source) -> Iterator[Passage]:
    return (Passage(Part.NAME, "en", text) for text in (source.publisher, source.authors) if text)


def _issued(source: Source) -> list[str]:
    return [source.issued[:4]] if source.issued[:4].isdigit() else []


def _said(part: Part, texts: Mapping[str, str]) -> Iterator[Passage]:
    return (Passage(part, lang, text) for lang, text in texts.items() if text)
