"""Emergency and crisis routes of countries, as the package brings them: none is verified before an editor has done so."""

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass

from hamroh.kernel.datafiles import document


@dataclass(frozen=True, slots=True)
class Route:
    """A number for danger now; `country` is a unit's id, `names` by language, certainty A is sure, B to be checked first."""

    key: str
    country: str
    kind: str
    number: str
    rank: int
    certainty: str
    source: str
    date: dt.date
    names: Mapping[str, str]


@functools.cache
def load() -> tuple[Route, ...]:
    """The routes of the package, by country and rank."""
    content = document("places/emergency.yml")
    facts = ({key: value for key, value in entry.items() if key != "verified"} for entry in content["routes"])
    return tuple(Route(**fact, names=content["kinds"][fact["kind"]]) for fact in facts)
