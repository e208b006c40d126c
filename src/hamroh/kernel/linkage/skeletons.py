"""What of somebody who is sought may be shown where his name may not: bones of the names, a band of years, district, sex, year of the news.

A search from a skeleton is made of nothing else, so that whoever may search with it learns from it nothing about him that it does not
show already, whatever records she tries it on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hamroh.kernel import gazetteer
from hamroh.kernel.linkage.facts import years_of
from hamroh.kernel.linkage.people import Record, names_of
from hamroh.kernel.linkage.places import read_place
from hamroh.kernel.names.bones import Bone, bones

#: years of birth are told by bands of so many
BAND = 5
#: names of one person, and districts that a home may mean
MOST_NAMES, MOST_HOMES = 4, 3
#: units that are no nearer than a district
_COARSE = ("district", "city", "region", "country")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``names`` are the bones of each name, ``years`` a band of births, ``homes`` ids of districts, ``news`` the year of the last news."""

    names: tuple[tuple[Bone, ...], ...]
    years: tuple[int, int] | None = None
    sex: str = ""
    homes: tuple[str, ...] = ()
    news: int | None = None

    @classmethod
    def of(cls, record: Record, news: int | None = None) -> "Skeleton":
        """The skeleton of a record of the engine; ``news`` is the year of the last news."""
        names = dict.fromkeys(filter(None, (bones(name) for name in names_of(record))))
        home = str(record.get("place") or "")
        return cls(
            tuple(names)[:MOST_NAMES], _banded(years_of(record.get("year"))), str(record.get("sex") or ""),
            _homes(home), news,
        )  # fmt: skip

    @property
    def told(self) -> tuple[str, ...]:
        """What it says, by the names of its parts."""
        return tuple(name for name in ("names", "years", "sex", "homes", "news") if getattr(self, name))

    def query(self, lang: str = "en") -> dict[str, Any]:
        """A record of the engine that knows what the skeleton shows, and nothing else; reasons name the district in the language."""
        found = {
            "name": "", "bones": [[bone.plain() for bone in name] for name in self.names], "year": self.years,
            "sex": self.sex, "place": _understood(self.homes[0], lang) if self.homes else "",
        }  # fmt: skip
        return {key: value for key, value in found.items() if value}

    def plain(self) -> dict[str, Any]:
        return {
            "names": [[bone.plain() for bone in name] for name in self.names],
            "years": list(self.years) if self.years else None, "sex": self.sex, "homes": list(self.homes), "news": self.news,
        }  # fmt: skip

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Skeleton":
        """The skeleton that was made plain."""
        names = tuple(tuple(map(Bone.of, name)) for name in plain["names"])
        years = plain.get("years")
        return cls(names, years_of(years), plain.get("sex", ""), tuple(plain.get("homes") or ()), plain.get("news"))


def _banded(years: tuple[int, int] | None) -> tuple[int, int] | None:
    """Whole bands that hold all the years.

    >>> _banded((1986, 1989)), _banded((1989, 1991))
    ((1985, 1989), (1985, 1994))
    """
    return (years[0] // BAND * BAND, years[1] // BAND * BAND + BAND - 1) if years else None


def _homes(text: str) -> tuple[str, ...]:
    """Districts that a home may mean: never a village. Where only what lies round it is known, the districts among that."""
    place = read_place(text) if text else None
    if place is None:
        return ()
    meant = _districts(place.units) or [each for each in _districts(place.around) if _level(each) in _COARSE[:2]]
    return tuple(meant[:MOST_HOMES])


def _districts(units: Iterable[str]) -> list[str]:
    known = gazetteer.load().units
    found = {coarse for unit in units if unit in known and (coarse := _coarse(unit))}
    return sorted(found, key=lambda unit: (_COARSE.index(_level(unit)), unit))


def _level(unit: str) -> str:
    return gazetteer.load().units[unit].level


def _coarse(unit: str) -> str | None:
    """The unit, or the nearest one about it that is no smaller than a district."""
    about = (unit, *gazetteer.load().ancestors(unit))
    return next((each for each in about if _level(each) in _COARSE), None)


def _understood(unit: str, lang: str) -> str:
    """What a district is called in a language; in English where the engine would not know it again by that."""
    named = place_of(unit, lang)
    place = read_place(named)
    return named if place and unit in place.units else place_of(unit)


def place_of(unit: str, lang: str = "en") -> str:
    """A district with what it lies in, but the country.

    >>> place_of("tj-kt-kulob")
    'Kulob, Khatlon region'
    """
    names = gazetteer.load().breadcrumb(unit, lang)
    return ", ".join(names[:-1] or names)
