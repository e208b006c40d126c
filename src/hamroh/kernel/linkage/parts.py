"""Records that came into an index together: what was given, and their names and facts as arrays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hamroh.kernel.linkage.columns import FactColumns
from hamroh.kernel.linkage.facts import Facts
from hamroh.kernel.linkage.keying import Keying, Word
from hamroh.kernel.linkage.lists import Ints
from hamroh.kernel.linkage.people import Record, checked_name, names_of
from hamroh.kernel.linkage.segment import Counting, Segment, build
from hamroh.kernel.linkage.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Part:
    """The names are rows of the segment, ``owners`` says whose each is; ``there`` turns false for rows that are withdrawn."""

    shelf: Shelf
    segment: Segment
    facts: FactColumns
    owners: Ints
    there: npt.NDArray[np.bool_]

    def withdraw(self, of: str) -> None:
        for number in self.shelf.numbers(of):
            self.there[self.owners == number] = False

    def left(self) -> Iterator[Record]:
        """The records that are still there."""
        return (self.shelf[int(number)] for number in np.unique(self.owners[self.there]))


def made(records: Iterable[Record], keying: Keying, elsewhere: Counting) -> Part:
    """A part of these records; ValueError says which of them cannot be read. `elsewhere` counts in the parts that stand already."""
    shelf = Shelf(checked(records))
    owners: list[int] = []

    def words() -> Iterator[tuple[Word, ...]]:
        for number, record in enumerate(shelf):
            for name in names_of(record):
                owners.append(number)
                yield keying.words(name)

    segment = build(words(), elsewhere)
    keys = [keying.facts(Facts.of(shelf[number])) for number in range(len(shelf))]
    facts = FactColumns.of(keys[owner] for owner in owners)
    return Part(shelf, segment, facts, np.array(owners, np.int32), np.ones(len(owners), bool))


def checked(records: Iterable[Record]) -> Iterator[Record]:
    """The records, each with an id of its own, a name and facts that can be read."""
    seen: set[str] = set()
    for at, record in enumerate(records):
        of = str(record.get("id") or "")
        if not of or of in seen:
            raise ValueError(f"record {at + 1}: {f'the id {of!r} is there already' if of else 'it needs an id'}")
        seen.add(of)
        try:
            checked_name(record)
            Facts.of(record)
        except ValueError as fault:
            raise ValueError(f"record {at + 1} (id {of!r}): {fault}") from fault
        yield record
