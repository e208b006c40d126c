"""What the public index is told of training: rounds that are announced, gatherings that are public."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.search.documents import Document, Part, Passage
from hamroh.training.models import Gathering, Recommendation, Round

ROUND, GATHERING, ROOM = "round", "gathering", "training"
_QUALITY = 0.5


def search_documents() -> Iterator[Document]:
    """Documents of all that is public here."""
    yield from round_documents()
    yield from gathering_documents()


def round_documents(codes: Iterable[str] | None = None) -> Iterator[Document]:
    """Rounds that are announced: all, or those with these codes."""
    rows = Round.objects.filter(state="announced").select_related("course", "place")
    rows = rows if codes is None else rows.filter(code__in=list(codes))
    for row in rows.order_by("pk"):
        course = row.course
        yield _document(
            ROUND, row.code, f"/{{lang}}/training/{row.code}/", titles=course.names, texts=course.objectives, place=row.place, day=row.starts,
            languages=[row.language] if row.language else course.languages, more=[],
        )  # fmt: skip


def gathering_documents(codes: Iterable[str] | None = None) -> Iterator[Document]:
    """Gatherings that are public: all, or those with these codes."""
    found = Gathering.objects.filter(is_public=True).select_related("place")
    rows = list((found if codes is None else found.filter(code__in=list(codes))).order_by("pk"))
    asked: dict[Any, list[Mapping[str, str]]] = {row.pk: [] for row in rows}
    for pk, texts in Recommendation.objects.filter(gathering__in=rows).values_list("gathering", "texts"):
        asked[pk].append(texts)
    for row in rows:
        address = f"/{{lang}}/training/meetings/{row.code}/"
        yield _document(
            GATHERING, row.code, address, titles=row.titles, texts=row.abouts, place=row.place, day=row.on_date, languages=list(row.titles),
            more=asked[row.pk],
        )  # fmt: skip


def _document(
    kind: str, code: str, address: str, *, titles: Mapping[str, str], texts: Mapping[str, str], place: AdminUnit | None, day: str,
    languages: Iterable[str], more: Iterable[Mapping[str, str]],
) -> Document:  # fmt: skip
    passages = [
        *_said(Part.TITLE, titles),
        *_said(Part.BODY, texts),
        *(each for one in more for each in _said(Part.BODY, one)),
        *(_said(Part.BODY, place.names) if place else ()),
    ]
    keys = UnitAncestor.objects.filter(unit=place).values_list("ancestor__key", flat=True) if place else ()
    facets = {
        "room": [ROOM], "kind": [kind], "place": sorted(keys), "year": [day[:4]] if day else [], "language": sorted(set(languages)),
    }  # fmt: skip
    return Document(
        kind=kind, record_id=code, address=address, titles=titles, passages=list(dict.fromkeys(passages)), summaries=texts,
        facets=facets, quality=_QUALITY,
    )  # fmt: skip


def _said(part: Part, texts: Mapping[str, str]) -> Iterator[Passage]:
    return (Passage(part, lang, text) for lang, text in texts.items() if text)
