"""What is known of a person besides the names: years of birth, home, sex, phone numbers and documents, as keys and as evidence."""

import functools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hamroh.kernel.datafiles import rows
from hamroh.kernel.linkage.people import Record
from hamroh.kernel.linkage.places import Place, PlaceLevel, PlaceMeeting, meet_places, read_place
from hamroh.kernel.names.weights import Grounds

REASONS = "names/facts.csv"
#: so many years between two births at most, and what that is called; more is against
_GAPS = ((0, "year/same"), (1, "year/one"), (3, "year/near"), (5, "year/far"))
FAR = _GAPS[-1][0]
#: years that a range of births may span
WIDEST = 40
#: letters that are read of a number
_LONGEST = 40
_NONE: frozenset[str] = frozenset()
_SEXES = {"f": "female", "female": "female", "m": "male", "male": "male"}


@dataclass(frozen=True, slots=True)
class Facts:
    """Years of birth from first to last (both in), home, sex (``female``, ``male`` or "") and exact keys such as ``phone 901234567``."""

    years: tuple[int, int] | None = None
    place: Place | None = None
    sex: str = ""
    exact: frozenset[str] = frozenset()

    @classmethod
    def of(cls, record: Record) -> "Facts":
        """The facts of a record; ValueError says what cannot be read."""
        place = record.get("place")
        return cls(
            years=years_of(record.get("year")),
            place=read_place(str(place)) if place else None,
            sex=_SEXES.get(str(record.get("sex") or "").casefold(), ""),
            exact=frozenset(_exact(record)) if record.get("phone") or record.get("document") else _NONE,
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """A fact of two records that speaks for or against, in bits; ``grounds`` are codes of the table of weights."""

    code: str
    bits: float
    grounds: Grounds
    words: Mapping[str, str]
    places: PlaceMeeting | None = None

    def said(self, lang: str = "en") -> str:
        """The reason in words, in ``en``, ``tg``, ``az`` or ``ru``."""
        return self.places.said(lang) if self.places else _reasons()[self.code][lang].format(**self.words)


def years_of(given: Any) -> tuple[int, int] | None:
    """Years of birth: a year (1984 or "1984"), or the first and last of a range ((1982, 1986) or "1982-1986"); None stays None."""
    if given is None or given == "":
        return None
    if type(given) is int and 1000 <= given <= 9999:  # as most are
        return (given, given)
    ends = given if isinstance(given, (list, tuple)) else str(given).split("-")
    try:
        first, last = int(ends[0]), int(ends[-1])
    except (ValueError, TypeError):
        first, last = 0, 0
    if len(ends) > 2 or not 1000 <= first <= last <= 9999:
        raise ValueError(f'a year of birth is a year as 1984 or a range as 1982-1986, not "{str(given)[:40]}"')
    return (first, last) if last - first < WIDEST else None


def year_code(gap: int) -> str:
    """The weight of so many years between two births.

    >>> [year_code(gap) for gap in (0, 1, 3, 5, 6)]
    ['year/same', 'year/one', 'year/near', 'year/far', 'year/against']
    """
    return next((code for most, code in _GAPS if gap <= most), "year/against")


def compare_facts(a: Facts, b: Facts, bits: Mapping[str, float]) -> list[Reason]:
    """What two records' facts say; what one of them does not know says nothing."""
    return [*_years(a, b, bits), *_places(a, b, bits), *_sexes(a, b, bits), *_exacts(a, b, bits)]


def _reason(code: str, grounds: Grounds, bits: Mapping[str, float], **more: Any) -> Reason:
    return Reason(code, sum(bits[each] * times for each, times in grounds), grounds, **{"words": {}, **more})


def _years(a: Facts, b: Facts, bits: Mapping[str, float]) -> Iterator[Reason]:
    if not (a.years and b.years):
        return
    gap = max(0, a.years[0] - b.years[1], b.years[0] - a.years[1])
    words = {"a": _written(a.years), "b": _written(b.years), "gap": str(gap)}
    grounds: Grounds = ((year_code(gap), 1.0),)
    if gap == 0:
        grounds += (("year/wide", width(a.years, b.years)),)
    yield _reason(year_code(gap), grounds, bits, words=words)


def width(*spans: tuple[int, int]) -> float:
    """How much less an overlap says for a wide range, in bits."""
    return math.log2(max(last - first + 1 for first, last in spans))


def _written(years: tuple[int, int]) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"


def _places(a: Facts, b: Facts, bits: Mapping[str, float]) -> Iterator[Reason]:
    if a.place and b.place:
        meeting = meet_places(a.place, b.place)
        code = place_code(meeting.level)
        yield _reason(code, ((code, 1.0),), bits, places=meeting)


def place_code(level: PlaceLevel) -> str:
    return f"place/{level.name.lower()}"


def _sexes(a: Facts, b: Facts, bits: Mapping[str, float]) -> Iterator[Reason]:
    if a.sex and b.sex and a.sex != b.sex:
        yield _reason("sex/other", (("sex/other", 1.0),), bits)


def _exacts(a: Facts, b: Facts, bits: Mapping[str, float]) -> Iterator[Reason]:
    for key in sorted(a.exact & b.exact):
        kind = key.split()[0]
        yield _reason(f"exact/{kind}", (("exact", 1.0),), bits)


def _exact(record: Record) -> Iterator[str]:
    """A phone by its last nine digits, a document by its letters and digits."""
    for number in _several(record.get("phone")):
        digits = "".join(filter(str.isdigit, number))
        if len(digits) >= 9:
            yield f"phone {digits[-9:]}"
    for number in _several(record.get("document")):
        kept = "".join(filter(str.isalnum, number)).casefold()
        if len(kept) >= 5:
            yield f"document {kept}"


def _several(given: Any) -> Iterable[str]:
    values: Sequence[Any] = given if isinstance(given, (list, tuple)) else (given,) if given else ()
    return [str(value)[:_LONGEST] for value in values if value]


@functools.cache
def _reasons() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows(REASONS)}
