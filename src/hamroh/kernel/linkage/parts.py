"""Records that came into an index together: what was given, and their names and facts as arrays."""

import functools
import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hamroh.kernel.datafiles import DATA
from hamroh.kernel.linkage import files
from hamroh.kernel.linkage.columns import FactColumns
from hamroh.kernel.linkage.facts import Facts
from hamroh.kernel.linkage.keying import FactKeys, Keying, Word
from hamroh.kernel.linkage.lists import Ints
from hamroh.kernel.linkage.people import Record, checked_name, names_of
from hamroh.kernel.linkage.segment import Counting, Segment, build
from hamroh.kernel.linkage.shelf import Shelf, Shelving
from hamroh.kernel.names.reading import read

#: the form of the files; another one is not opened
FORM = 1


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
        numbers = [number for of in ids for number in self.shelf.numbers(of)]
        if not numbers:
            return self
        there = self.there.copy()
        for first, last in np.searchsorted(self.owners, [(number, number + 1) for number in numbers]):
            there[first:last] = False
        return replace(self, there=there)

    def save(self, folder: Path) -> None:
        """Write it into a folder, as the part that is opened from then on."""
        arrays = {**self.shelf.arrays(), **self.segment.arrays(), **self.facts.arrays(), "owners": self.owners}
        files.write(folder, arrays, {"form": [FORM, tables()], **self.facts.lists()})

    @classmethod
    def opened(cls, folder: Path) -> "Part":
        """The part that a folder holds, mapped into memory; files.Unreadable where it holds none."""
        arrays, lists = files.read(folder)
        if lists.get("form") != [FORM, tables()]:
            raise files.Unreadable(f"{folder.name}: the index is of another release; make it anew")
        facts = FactColumns.opened(arrays, lists)
        owners = arrays["owners"]
        return cls(Shelf.opened(arrays), Segment.opened(arrays), facts, owners, np.ones(len(owners), bool))

    def left(self) -> Iterator[Record]:
        """The records that are still there."""
        return (self.shelf[int(number)] for number in np.unique(self.owners[self.there]))


@functools.cache
def tables() -> str:
    """What the tables of letters, names and places are, for keys that were made by others meet none of ours."""
    paths = sorted(path for folder in ("names", "places") for path in (DATA / folder).glob("*.csv"))
    return hashlib.blake2b(b"".join(path.read_bytes() for path in paths), digest_size=8).hexdigest()


def made(records: Iterable[Record], keying: Keying, elsewhere: Counting) -> Part:
    """A part of these records; ValueError says which of them cannot be read. `elsewhere` counts in the parts that stand already."""
    shelving, owners, keys = Shelving(), array("i"), list[FactKeys]()

    def words() -> Iterator[tuple[Word, ...]]:
        for record, facts in checked(records):
            number, known = shelving.add(record), keying.facts(facts)
            for name in names_of(record) or [read("")]:
                owners.append(number)
                keys.append(known)
                yield keying.words(name)

    segment = build(words(), elsewhere)
    return Part(
        shelving.shelf(), segment, FactColumns.of(keys), np.array(owners, np.int32), np.ones(len(owners), np.bool_)
    )


def checked(records: Iterable[Record]) -> Iterator[tuple[Record, Facts]]:
    """The records, each with an id of its own, a name and facts that can be read; the facts."""
    seen: set[str] = set()
    for at, record in enumerate(records):
        of = str(record.get("id") or "")
        if not of or of in seen:
            raise ValueError(f"record {at + 1}: {f'the id {of!r} is there already' if of else 'it needs an id'}")
        seen.add(of)
        try:
            checked_name(record)
            facts = Facts.of(record)
        except ValueError as fault:
            raise ValueError(f"record {at + 1} (id {of!r}): {fault}") from fault
        yield record, facts
