"""Records that came into an index together: what was given, and their names and facts as arrays."""

import functools
import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from hamroh.kernel.datafiles import DATA
from hamroh.kernel.linkage import files
from hamroh.kernel.linkage.columns import FactColumns, Filing
from hamroh.kernel.linkage.columns import joined as joined_facts
from hamroh.kernel.linkage.entries import Entry
from hamroh.kernel.linkage.keying import Word
from hamroh.kernel.linkage.lists import Ints
from hamroh.kernel.linkage.people import Record
from hamroh.kernel.linkage.segment import Counting, Segment, build
from hamroh.kernel.linkage.segment import joined as joined_segment
from hamroh.kernel.linkage.shelf import Shelf, Shelving
from hamroh.kernel.linkage.shelf import joined as joined_shelf

#: the form of the files; another one is not opened
FORM = 2


@dataclass(frozen=True, slots=True)
class Part:
    """The names are rows of the segment, ``owners`` says whose each is; ``there`` is false for rows that were withdrawn."""

    shelf: Shelf
    segment: Segment
    facts: FactColumns
    owners: Ints
    there: npt.NDArray[np.bool_]

    def without(self, ids: Iterable[str]) -> "Part":
        """The part without these people; itself where it has none of them."""
        numbers = self.shelf.numbers(list(ids))
        if not numbers:
            return self
        there = self.there.copy()
        for first, last in np.searchsorted(self.owners, [(number, number + 1) for number in numbers]):
            there[first:last] = False
        return replace(self, there=there)

    def save(self, folder: Path, made_with: Sequence[object], note: Mapping[str, Any]) -> None:
        """Write it into a folder, as the part that is opened from then on."""
        arrays = {**self.shelf.arrays(), **self.segment.arrays(), **self.facts.arrays(), "owners": self.owners}
        told = {"form": [FORM, tables()], "made_with": list(made_with), "note": dict(note)}
        files.write(folder, arrays, told | self.facts.lists())

    @classmethod
    def opened(cls, folder: Path, made_with: Sequence[object]) -> "tuple[Part, Mapping[str, Any]]":
        """The part that a folder holds, mapped into memory, and its note; files.Unreadable where none was made with the same."""
        arrays, lists = files.read(folder)
        if lists.get("form") != [FORM, tables()]:
            raise files.Unreadable(f"{folder.name}: the index is of another release; make it anew")
        if lists.get("made_with") != list(made_with):
            raise files.Unreadable(f"{folder.name}: the index was made with another secret or other options")
        facts = FactColumns.opened(arrays, lists)
        owners = arrays["owners"]
        part = cls(Shelf.opened(arrays), Segment.opened(arrays), facts, owners, np.ones(len(owners), bool))
        return part, lists["note"]

    def left(self) -> Ints:
        """The numbers of the records that are still there."""
        return np.unique(self.owners[self.there])


@functools.cache
def tables() -> str:
    """What the tables of letters, names and places are, for keys that were made by others meet none of ours."""
    paths = sorted(path for folder in ("names", "places") for path in (DATA / folder).glob("*.csv"))
    return hashlib.blake2b(b"".join(path.read_bytes() for path in paths), digest_size=8).hexdigest()


def made(people: Iterable[tuple[Record, Entry]], elsewhere: Counting) -> Part:
    """A part of records and their entries; `elsewhere` counts in the parts that stand already."""
    shelving, filing, owners = Shelving(), Filing(), array("i")

    def rows() -> Iterator[tuple[Word, ...]]:
        for record, entry in people:
            number = shelving.add(record)
            for name in entry.names:
                owners.append(number)
                filing.add(entry.facts)
                yield name

    segment = build(rows(), elsewhere)
    there = np.ones(len(owners), np.bool_)
    return Part(shelving.shelf(), segment, filing.columns(), np.array(owners, np.int32), there)


def joined(parts: Sequence[Part], elsewhere: Counting) -> Part:
    """One part of all who are still there in several; nothing is worked out anew."""
    rows = [np.flatnonzero(part.there).astype(np.int32) for part in parts]
    left = [part.left() for part in parts]
    firsts = np.cumsum([0, *map(len, left)])
    owners = [
        np.searchsorted(numbers, part.owners[kept]) + first
        for part, numbers, kept, first in zip(parts, left, rows, firsts, strict=False)
    ]
    return Part(
        shelf=joined_shelf([(part.shelf, numbers) for part, numbers in zip(parts, left, strict=True)]),
        segment=joined_segment([(part.segment, kept) for part, kept in zip(parts, rows, strict=True)], elsewhere),
        facts=joined_facts([(part.facts, kept) for part, kept in zip(parts, rows, strict=True)]),
        owners=np.concatenate(owners).astype(np.int32),
        there=np.ones(sum(map(len, rows)), np.bool_),
    )
