"""People as rows of plain columns, for linking whole lists by a method that knows columns alone.

What is in the columns is the engine's: a name is read in any script, what is left without its ending becomes sounds, and a place
becomes the units that it may mean. A record that has several names becomes several rows, and so does a name that may be read in
both orders.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from hamroh.kernel.linkage.facts import Facts
from hamroh.kernel.linkage.people import Record, names_of
from hamroh.kernel.names.keys import keys, word_keys
from hamroh.kernel.names.reading import Hearing, Name, Part

#: kinds of keys by which words that are spelt far apart are still alike
_ALIKE = "scg"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word of a name: its skeleton, its sounds, and the keys by which a word of another spelling may meet it."""

    skeleton: str | None = None
    roman: str | None = None
    keys: tuple[str, ...] = ()

    @classmethod
    def of(cls, part: Part | None) -> "Spoken":
        if part is None:
            return cls()
        alike = sorted(key for key in word_keys(part.roots) if key[0] in _ALIKE)
        return cls(keys(part.root).skeleton, part.root, tuple(alike))


@dataclass(frozen=True, slots=True)
class Row:
    """One name of a record with the record's facts; what is not known is None, and empty where it is a list.

    ``units`` are the places that the home may be, ``around`` those that it lies in, ``exact`` telephones and documents.
    """

    of: str
    given: Spoken
    surname: Spoken
    father: Spoken
    years: tuple[int, int] | None
    sex: str
    units: tuple[str, ...]
    around: tuple[str, ...]
    exact: tuple[str, ...]

    def columns(self) -> dict[str, Any]:
        """The row by the names of its columns: texts, years as numbers, lists of texts."""
        words = {"given": self.given, "surname": self.surname, "father": self.father}
        first, last = self.years or (None, None)
        return {
            "of": self.of, **{name: word.skeleton for name, word in words.items()},
            **{f"{name}_roman": word.roman for name, word in words.items()},
            **{f"{name}_keys": list(word.keys) for name, word in words.items()}, "first": first, "last": last,
            "sex": self.sex or None, "units": list(self.units), "around": list(self.around), "exact": list(self.exact),
        }  # fmt: skip


def rows_of(record: Record, hear: Hearing | None = None) -> Iterator[Row]:
    """The rows of a record, none where no name has letters; ValueError says what cannot be read."""
    facts = Facts.of(record)
    for name in names_of(record, hear):
        for roles in roles_of(name):
            yield _row(str(record["id"]), roles, facts)


@dataclass(frozen=True, slots=True)
class Roles:
    """Which word of a name is what, as far as there is one."""

    given: Part | None
    surname: Part | None = None
    father: Part | None = None


def roles_of(name: Name) -> Iterator[Roles]:
    """What the words of a name are, by their endings and then by their order; both orders where the endings do not say which is the surname."""
    if not name.parts:
        return
    father = next((part for part in name.parts if part.role == "patronymic"), None)
    left = [part for part in name.parts if part.role != "patronymic"]
    surnames = [part for part in left if part.role == "surname"]
    surname = surnames[0] if surnames and len(left) > 1 else None
    more = [part for part in left if part is not surname]
    given = more.pop(0) if more else None
    if surname is None and more:
        surname = more.pop(0)
    found = Roles(given, surname, father or (more[0] if more else None))
    yield found
    if surname is not None and len(surnames) != 1:
        yield replace(found, given=surname, surname=given)


def _row(of: str, roles: Roles, facts: Facts) -> Row:
    place = facts.place
    return Row(
        of, Spoken.of(roles.given), Spoken.of(roles.surname), Spoken.of(roles.father), facts.years, facts.sex,
        units=tuple(sorted(place.units or place.sounds)) if place else (),
        around=tuple(sorted(place.around)) if place else (), exact=tuple(sorted(facts.exact)),
    )  # fmt: skip
