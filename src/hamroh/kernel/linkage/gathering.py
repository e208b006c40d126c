"""Many records read at once into one part: each distinct word, year and home is worked out once and is a number from then on.

Most records have a name, a year and a home and nothing else: of these nothing is made but numbers. Whatever else a record says is read
as `entries` reads it.
"""

from array import array
from collections.abc import Iterable

import numpy as np

from hamroh.kernel.linkage.columns import Filing
from hamroh.kernel.linkage.entries import bare, entry_of, identified
from hamroh.kernel.linkage.facts import Facts, years_of
from hamroh.kernel.linkage.keying import Kept, Keying
from hamroh.kernel.linkage.parts import Part
from hamroh.kernel.linkage.people import Record
from hamroh.kernel.linkage.places import read_place
from hamroh.kernel.linkage.segment import Making
from hamroh.kernel.linkage.shelf import Shelving
from hamroh.kernel.names.comparing import MOST
from hamroh.kernel.names.reading import LONGEST_NAME, Name

#: what a record may have besides
_MORE = frozenset(("bones", "names", "father", "maiden", "sex", "phone", "document"))
#: stands for a word that cannot be read without those beside it
_BESIDE = -1


def gathered(records: Iterable[Record], keying: Keying, *, keeps_records: bool) -> Part:
    """The part of these records; ValueError says which cannot be read."""
    gathering = Gathering(keying, keeps_records=keeps_records)
    gathering.take(records)
    return gathering.part()


class Gathering:
    """Records that come one by one, and the part of them when all are there."""

    def __init__(self, keying: Keying, *, keeps_records: bool) -> None:
        self._keying, self._keeps_records = keying, keeps_records
        self._shelving, self._filing, self._making = Shelving(), Filing(), Making()
        self._owners = array("i")
        self._pieces = Kept(self._piece, None)
        self._years = Kept(self._year, None)
        self._homes = Kept(self._home, None)

    def take(self, records: Iterable[Record], numbers: Iterable[int] | None = None) -> None:
        """Take records in; ValueError says which cannot be read, by its number."""
        for at, of, record in identified(records, numbers):
            try:
                self._add(of, record)
            except ValueError as fault:
                raise ValueError(f"record {at} (id {of!r}): {fault}") from fault

    def _add(self, of: str, record: Record) -> None:
        words, year, home = self._words(record), record.get("year"), record.get("place")
        if words and (year is None or type(year) is int) and (home is None or type(home) is str):
            self._filing.add_known(self._years[year], self._homes[home])
            self._making.add(words)
            self._owners.append(self._put(of, record))
        else:
            self._read(of, record)

    def part(self) -> Part:
        owners = np.array(self._owners, np.int32)
        there = np.ones(len(owners), np.bool_)
        return Part(self._shelving.shelf(), self._making.segment(), self._filing.columns(), owners, there)

    def _words(self, record: Record) -> list[int]:
        """The numbers of the words of its one name; none where it must be read as a whole."""
        name = record.get("name")
        if type(name) is not str or not _MORE.isdisjoint(record):
            return []
        words: list[int] = []
        for piece in name[:LONGEST_NAME].split():
            words += self._pieces[piece]
        return words if len(words) <= MOST and _BESIDE not in words else []

    def _read(self, of: str, record: Record) -> None:
        entry = entry_of(record, self._keying)
        number = self._put(of, record)
        for name in entry.names:
            self._filing.add(entry.facts)
            self._making.add(list(map(self._making.place, name)))
            self._owners.append(number)

    def _put(self, of: str, record: Record) -> int:
        return self._shelving.add(record if self._keeps_records else bare(of), of)

    def _piece(self, piece: str) -> tuple[int, ...]:
        heard = self._keying.hear(piece)
        if any(kin or not part.root for part, kin in heard):
            return (_BESIDE,)
        words = self._keying.words(Name(piece, tuple(part for part, _kin in heard)))
        return tuple(map(self._making.place, words)) if len(heard) <= MOST else (_BESIDE,)

    def _year(self, year: int | None) -> int:
        return self._filing.span(self._keying.facts(Facts(years=years_of(year))).years)

    def _home(self, home: str | None) -> int:
        return self._filing.home(self._keying.facts(Facts(place=read_place(home) if home else None)).place)
