"""Who is sought among whom: sets of judged queries, and the pools that their people lie in.

Ids say nothing and the sought lie anywhere in a pool, so that no order by id or by place in the file helps anybody.
"""

import gzip
import itertools
import json
import os
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hamroh.site.benches.names.people import Person, households
from hamroh.site.benches.names.writing import CONVENTIONS, record

Record = dict[str, Any]
OWN_PAIRS = "HAMROH_BENCH_NAMES"
_SOUGHT_SEED, _POOL_SEED = 20_261_122, 7_041_991
_SOUGHT = 2000
#: of married women (12 % of all), those of whom one of the two records has the maiden name
_MAIDEN = 0.27
_FOUND_MARRIED = 0.5
_ENGLISH = {"en", "ruen", "adhoc"}


@dataclass(frozen=True, slots=True)
class Query:
    """A judged query: what is asked, the id of the record sought, and the parts of its set that it belongs to."""

    name: str
    year: int | None
    place: str | None
    true: str
    parts: frozenset[str]

    def asked(self, *, facts: bool) -> Record:
        """What an engine is given."""
        return {"name": self.name, "year": self.year if facts else None, "place": self.place if facts else None}


@dataclass(frozen=True, slots=True)
class Set:
    """Queries, the records they seek, and others that belong in any pool with them (their brothers and sisters)."""

    name: str
    queries: tuple[Query, ...]
    sought: tuple[Record, ...]
    others: tuple[Record, ...]
    people: frozenset[tuple[str, str, str]] = frozenset()

    @property
    def ids(self) -> list[str]:
        """Of the records sought."""
        return [record["id"] for record in self.sought]

    def without(self, numbers: Sequence[int]) -> "Set":
        """The same set whose sought people of these numbers are in no pool."""
        away = set(numbers)
        return replace(self, sought=tuple(one for number, one in enumerate(self.sought) if number not in away))


def made(count: int = _SOUGHT) -> Set:
    """Made-up people: one child of each household is sought, the others are in the pool."""
    chance = random.Random(_SOUGHT_SEED)
    queries, sought, others = [], [], []
    people: set[tuple[str, str, str]] = set()
    for number, children in enumerate(itertools.islice(households(_SOUGHT_SEED), count)):
        person = children[0]
        people.update(child.identity for child in children)
        query, found = _pair(f"m{number}", person, chance)
        queries.append(query)
        sought.append(found)
        others += [_in_pool(f"m{number}-{rank}", child, chance) for rank, child in enumerate(children[1:])]
    return Set("made", tuple(queries), tuple(sought), tuple(others), frozenset(people))


def dev(folder: Path | None = None) -> Set | None:
    """Pairs of one's own from the folder that ``HAMROH_BENCH_NAMES`` names; None without one."""
    folder = folder or (Path(os.environ[OWN_PAIRS]) if os.environ.get(OWN_PAIRS) else None)
    if folder is None:
        return None
    queries = tuple(_own_query(row) for row in _lines(folder / "dev_queries.jsonl"))
    sought = {row["id"]: _own_record(row) for row in _lines(folder / "dev_truth.jsonl")}
    others = tuple(map(_own_record, _lines(folder / "dev_pool_100k.jsonl.gz")))
    return Set("dev", queries, tuple(sought[query.true] for query in queries), others)


def pool(one: Set, size: int) -> Iterator[Record]:
    """Those sought and ``size`` others: the set's own, then made-up people with the three names of nobody of the set."""
    chance = random.Random(_POOL_SEED)
    own, whole = [*one.sought, *one.others[:size]], len(one.sought) + size
    places: dict[int, Record] = {}
    for each in own:
        while (at := int(chance.random() * whole)) in places:
            pass
        places[at] = each
    others = crowd(one.people)
    return (places[at] if at in places else next(others) for at in range(whole))


def opaque(records: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    """Each record with an id that says nothing; what it was called before stays in it."""
    for number, each in enumerate(records):
        yield f"{(number * 2_654_435_761 + 97) % 2**32:08x}", each


def crowd(without: frozenset[tuple[str, str, str]] = frozenset(), seed: int = _POOL_SEED) -> Iterator[Record]:
    """Made-up people without end, none of whom has these three names; another seed makes others."""
    chance = random.Random(seed + 1)
    for number, children in enumerate(households(seed)):
        for rank, person in enumerate(children):
            if person.identity not in without:
                yield _in_pool(f"c{number}-{rank}", person, chance)


def _pair(name: str, person: Person, chance: random.Random) -> tuple[Query, Record]:
    draw = CONVENTIONS[person.people]
    asked_in, found_in = draw(chance), draw(chance)
    is_maiden = person.married is not None and chance.random() < _MAIDEN
    asked_married = chance.random() < _FOUND_MARRIED
    asked = record(person, asked_in, chance, married=asked_married)
    found = record(person, found_in, chance, married=asked_married != is_maiden)
    parts = _parts(person.people, asked_in, found_in, is_maiden=is_maiden)
    return Query(asked["name"], asked["year"], asked["place"], name, parts), {"id": name, **found}


def _in_pool(name: str, person: Person, chance: random.Random) -> Record:
    return {
        "id": name,
        **record(person, CONVENTIONS[person.people](chance), chance, married=chance.random() < _FOUND_MARRIED),
    }


def _parts(people: str, *conventions: str, is_maiden: bool) -> frozenset[str]:
    tests: dict[str, Callable[[], bool]] = {
        people: lambda: True,
        "persian": lambda: "fa" in conventions,
        "english": lambda: not _ENGLISH.isdisjoint(conventions),
        "maiden": lambda: is_maiden,
    }
    return frozenset(part for part, holds in tests.items() if holds())


def _own_query(row: Record) -> Query:
    """A query of one's own; ``sub`` is ``tg:adhoc>fa maiden``, ``Arab>Latn`` or a country."""
    conventions, _space, rest = row["sub"].partition(" ")
    ways = conventions.partition(":")[2].split(">")
    parts = {row["set"]}
    if row["set"] == "rule":
        parts |= _parts(row["set"], *ways, is_maiden=rest == "maiden")
    elif "Arab" in row["sub"]:
        parts.add("arabic")
    return Query(row["name"], row["year"], row["place"], row["true"], frozenset(parts))


def _own_record(row: Record) -> Record:
    return {key: row[key] for key in ("id", "name", "year", "place")}


def _lines(path: Path) -> Iterator[Record]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as packed:
            yield from map(json.loads, packed)
    else:
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)
