"""What the stock methods on strings have in common: names in plain Latin letters, and what birth year and place add to a likeness."""

import functools
from collections.abc import Iterable
from typing import Any

from rapidfuzz import fuzz
from unidecode import unidecode

Record = dict[str, Any]
#: so many candidates by name are looked at for their facts
LOOKED_AT = 500
#: points of a hundred by how far birth years are apart
_YEARS = {0: 12, 1: 8, 2: 3, 3: 3}
_YEAR_AGAINST, _PLACE, _PLACE_AGAINST, _PLACE_ALIKE = -12, 10, -4, 80


@functools.lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """Small Latin letters of a text in any script."""
    return " ".join(unidecode(text).lower().split())


def sorted_words(text: str) -> str:
    """The same with its words in the order of letters, so that their order does not count."""
    return " ".join(sorted(plain(text).replace("'", "").split()))


def facts(query: Record, found: Record) -> float:
    """What year and place add to a likeness of 0 to 100; chosen by hand on the made-up pairs, the same for all stock methods."""
    points = 0.0
    if query["year"] is not None and found["year"] is not None:
        points += _YEARS.get(abs(query["year"] - found["year"]), _YEAR_AGAINST)
    if query["place"] and found["place"]:
        alike = fuzz.ratio(plain(query["place"]), plain(found["place"])) >= _PLACE_ALIKE
        points += _PLACE if alike else _PLACE_AGAINST
    return points


def ranked(query: Record, liked: Iterable[tuple[Record, float]], limit: int) -> list[tuple[str, float, str]]:
    """The best of candidates by likeness and facts."""
    scored = [(record["id"], likeness + facts(query, record), "") for record, likeness in liked]
    return sorted(scored, key=lambda found: -found[1])[:limit]


def wanted(query: Record, limit: int) -> int:
    """How many candidates by name are needed."""
    return limit if query["year"] is None and not query["place"] else LOOKED_AT
