"""Search over all rooms: the public index asked with what the thesaurus adds to a query."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hamroh.kernel.vocabulary import Expansion
from hamroh.search import selectors
from hamroh.search.selectors import SCRIPT, Asked, Results
from hamroh.thesaurus.selectors.queries import expansions

Newest = tuple[selectors.Arrival, ...]


@dataclass(frozen=True)
class Found:
    """``results``, and the expansions that were searched too and that the reader left out."""

    results: Results
    expansions: tuple[Expansion, ...]
    left_out: tuple[Expansion, ...]


def find(
    query: str,
    *,
    language: str,
    facets: Mapping[str, Sequence[str]] | None = None,
    leave_out: Collection[str] = (),
    page: int = 1,
    per_page: int = 20,
) -> Found:
    """Search for a query, for its other readings and for what the vocabulary says instead; ``leave_out`` are texts not wanted."""
    asked = selectors.ask(query)
    known = expanded(asked, language)
    kept = tuple(one for one in known if one.text not in leave_out)
    results = selectors.results(
        query=asked, language=language, expansions=kept, facets=facets, page=page, per_page=per_page
    )
    return Found(results, kept, tuple(one for one in known if one.text in leave_out))


def newest(
    query: str,
    *,
    language: str,
    facets: Mapping[str, Sequence[str]] | None = None,
    leave_out: Collection[str] = (),
    limit: int = 30,
) -> Newest:
    """What came last of all that such a search finds."""
    asked = selectors.ask(query)
    kept = [one for one in expanded(asked, language) if one.text not in leave_out]
    return selectors.newest(query=asked, language=language, expansions=kept, facets=facets, limit=limit)


def expanded(asked: Asked, language: str) -> list[Expansion]:
    """Expansions of a query and of what it may have been meant as; of another script only where the typed one gives none."""
    found = expansions(asked.query.text, language)
    for reading in selectors.readings(asked):
        if reading.why != SCRIPT or not found:
            found += expansions(reading.text, language)
    return list(dict.fromkeys(found))
