"""What concepts are called: one query for many, the nearest layer and language first."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from hamroh.kernel.text import sort_key
from hamroh.kernel.vocabulary import READ
from hamroh.thesaurus.models import Concept, Label, LabelKind, Layer
from hamroh.web.texts import FALLBACK

_RANK: dict[str, int] = {Layer.ORGANISATION: 0, Layer.NATIONAL: 1, Layer.BASE: 2}


@dataclass(frozen=True)
class Name:
    """A preferred label; ``lang`` differs from the asked one where the concept has none in it."""

    text: str
    lang: str
    certainty: str


@dataclass(frozen=True)
class ConceptLine:
    """A concept in a list. ``layer`` is the scheme's title where it is another scheme than the list's own."""

    id: UUID
    key: str
    scheme: str
    name: Name
    layer: str = ""
    narrower: int = 0
    status: str = ""
    way: str = ""
    below: "tuple[ConceptLine, ...]" = ()


def names(concept_ids: Iterable[UUID], lang: str) -> dict[UUID, Name]:
    """The preferred label of each concept in ``lang``, else in the language its readers most likely read."""
    best: dict[UUID, tuple[tuple[int, int, str], Name]] = {}
    for part in _parts(list(concept_ids)):
        rows = Label.objects.filter(concept__in=part, kind=LabelKind.PREFERRED)
        for pk, its, text, certainty, layer in rows.values_list(
            "concept_id", "lang", "text", "certainty", "scheme__layer"
        ):
            rank = (language_rank(its, lang), _RANK[layer], text)
            if pk not in best or rank < best[pk][0]:
                best[pk] = (rank, Name(text, its, certainty))
    return {pk: name for pk, (_, name) in best.items()}


def lines(concepts: Iterable[Concept], lang: str, *, scheme_id: UUID | None = None) -> list[ConceptLine]:
    """Concepts (with their scheme loaded) as a list in the order of the language's alphabet."""
    rows = list(concepts)
    called = names([row.pk for row in rows], lang)
    found = [
        ConceptLine(
            row.pk,
            row.key,
            row.scheme.code,
            called.get(row.pk, Name(row.key, "", "")),
            title(row.scheme.titles, lang) if scheme_id and row.scheme_id != scheme_id else "",
            getattr(row, "narrower", 0),
            row.status,
        )
        for row in rows
    ]
    return sorted(found, key=lambda line: (sort_key(line.name.text, lang), line.key))


def language_rank(its: str, lang: str) -> int:
    """How near a label's language is to the asked one, 0 the same."""
    order = (lang, *FALLBACK.get(lang, READ), "")
    return order.index(its) if its in order else len(order)


def title(texts: dict[str, str], lang: str) -> str:
    """A scheme's or group's title in the nearest language."""
    return min(texts.items(), key=lambda item: (language_rank(item[0], lang), item[0]), default=("", ""))[1]


def _parts(ids: list[UUID], size: int = 500) -> Iterable[list[UUID]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
