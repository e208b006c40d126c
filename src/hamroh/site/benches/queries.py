"""The committed corpus and query sets of search, and how good a list of hits is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from hamroh.kernel import terms
from hamroh.search.documents import Document, Part, Passage

LANGUAGES = ("az", "tg", "ru", "en")
#: The share of relevant records that must be among the first 20 hits.
BARS = {"az": 0.95, "tg": 0.95, "ru": 0.97, "en": 0.97}
_FACETS = ("place", "country", "year")
_DATA = files("hamroh.data") / "search"


@dataclass(frozen=True)
class Judged:
    """A query with the records that answer it."""

    text: str
    trait: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Quality:
    """Means over a query set; ``missed`` tells which records were not found."""

    recall: float
    precision: float
    missed: tuple[tuple[Judged, frozenset[str]], ...]


def corpus() -> list[Document]:
    """The committed records as documents."""
    return [_document(row) for row in _read("corpus.yml")]


def queries(lang: str) -> list[Judged]:
    """The committed query set of a language."""
    rows = _read(f"queries.{lang}.yml")
    return [Judged(row["q"], row["trait"], frozenset(row["relevant"].split())) for row in rows]


def quality(asked: Sequence[Judged], search: Callable[[str], Sequence[str]]) -> Quality:
    """Recall of the first 20 and precision of the first 10 of ``search``, which gives ids in order.

    Precision counts against what could be there: a query with three relevant records is whole with those three first.
    """
    found = [(judged, list(search(judged.text))) for judged in asked]
    recalls = [len(judged.relevant & set(hits[:20])) / min(20, len(judged.relevant)) for judged, hits in found]
    precisions = [len(judged.relevant & set(hits[:10])) / min(10, len(judged.relevant)) for judged, hits in found]
    missed = tuple((judged, lost) for judged, hits in found if (lost := judged.relevant - set(hits[:20])))
    return Quality(round(sum(recalls) / len(found), 4), round(sum(precisions) / len(found), 4), missed)


def _read(name: str) -> Iterator[dict[str, Any]]:
    yield from yaml.safe_load((_DATA / name).read_text(encoding="utf-8"))


def _document(row: dict[str, Any]) -> Document:
    names = terms.load().preferred_labels()
    texts = {lang: row[lang] for lang in LANGUAGES if lang in row}
    return Document(
        kind=row["kind"],
        record_id=row["id"],
        address=f"/{{lang}}/d/{row['id']}",
        titles={lang: title for lang, (title, _) in texts.items()},
        passages=[Passage(Part.SUBJECT, lang, names[key, lang]) for key in row["subjects"] for lang in LANGUAGES],
        summaries={lang: text for lang, (_, text) in texts.items()},
        facets={name: [str(row[name])] for name in _FACETS if name in row} | {"subject": row["subjects"]},
    )
