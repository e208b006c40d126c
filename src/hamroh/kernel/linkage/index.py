"""The index: people by names and facts, in any spelling, with reasons. It never says that two records are one person's."""

import functools
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from hamroh.kernel.linkage.beside import Reasons, reasons
from hamroh.kernel.linkage.building import built, uncounted
from hamroh.kernel.linkage.entries import Entry, bare, entries_of, entry_of
from hamroh.kernel.linkage.facts import Facts, Reason
from hamroh.kernel.linkage.keying import Hashing, Keying, open_hash
from hamroh.kernel.linkage.lists import Ints
from hamroh.kernel.linkage.parts import Part, joined, made
from hamroh.kernel.linkage.people import Record, names_of
from hamroh.kernel.linkage.probability import Band, Calibration, shipped_calibration
from hamroh.kernel.linkage.ranking import Pool, Sought, Tables, rank
from hamroh.kernel.linkage.segment import Floats, Hashes
from hamroh.kernel.names.comparing import Meeting, Scales
from hamroh.kernel.names.reading import Name
from hamroh.kernel.names.weights import Weights, shipped

#: rows of a segment that are weighed, candidates that are judged beside each other, and records that are compared word by word:
#: so many at least, and so many beside those asked for
WEIGHED, JUDGED, COMPARED, MORE = 300, 40, 13, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be of the person sought: the reasons' bits add up to ``bits``.

    ``probability`` is beside the other candidates and beside nobody being there; ``record`` is what the index was given.
    """

    id: str
    bits: float
    probability: float
    band: Band
    reasons: tuple[Meeting | Reason, ...]
    record: Record


@dataclass(frozen=True, slots=True)
class _Compared:
    bits: float
    record: Record
    reasons: tuple[Meeting | Reason, ...]


class Opener(Protocol):
    """Where an index gets records that it does not keep itself: those alone of which whoever searches may know."""

    def known(self, ids: Sequence[str]) -> Collection[str]:
        """The ids among these of records that may be shown; the others are passed over as if they were not there."""

    def opened(self, ids: Sequence[str]) -> Mapping[str, Record]:
        """The records with these ids, to be compared and shown."""


def _admitted(near: Sequence[tuple[float, Part, int]], opener: Opener | None) -> list[tuple[float, Record]]:
    """What the index keeps of the likeliest records, as far as whoever searches may know of them."""
    found: list[tuple[float, Record]] = [(bits, part.shelf[number]) for bits, part, number in near]
    if opener is None or not found:
        return found
    known = opener.known([str(record["id"]) for _bits, record in found])
    return [(bits, record) for bits, record in found if str(record["id"]) in known]


def _opened(found: Sequence[Record], opener: Opener | None) -> list[Record]:
    if opener is None or not found:
        return list(found)
    ids = [str(record["id"]) for record in found]
    records = opener.opened(ids)
    return [{**records[of], "id": of} for of in ids if of in records]


def _counted(parts: Sequence[Part], keys: Hashes) -> Ints:
    return sum((part.segment.count(keys) for part in parts), np.zeros(len(keys), np.int32))


def _compared(record: Record, found: Reasons) -> _Compared:
    return _Compared(sum(reason.bits for reason in found), record, found)


def _order(compared: _Compared) -> tuple[float, int]:
    """The heaviest first; among equals neither the first nor the last to come is preferred."""
    return -round(compared.bits, 6), open_hash(str(compared.record["id"]))


class Index:
    """A pool of people that is searched by names and facts.

    One thread at a time may add and withdraw, while others search: whoever is there is found at every moment. It keeps the records that
    it is given, or, where it `keeps_records` not, only their numbers by `hashing`.

    >>> pool = [{"id": "1", "name": "Раҳмонов Ҷамшед", "year": 1984, "place": "Кӯлоб"}, {"id": "2", "name": "Саид Каримов"}]
    >>> (first, *_) = Index.from_records(pool).search({"name": "Jamshed Rahmon", "year": 1985, "place": "Kulyab"})
    >>> first.id, [reason.said() for reason in first.reasons][0]
    ('1', 'jamshed = ҷамшед: the same name')
    """

    def __init__(
        self,
        hashing: Hashing = open_hash,
        weights: Weights | None = None,
        calibration: Calibration | None = None,
        lexicon: bool = True,
        keeps_records: bool = True,
    ) -> None:
        self._keying = Keying(hashing, lexicon)
        self._keeps_records = keeps_records
        self._tables = Tables(weights or shipped())
        self._calibration = calibration or shipped_calibration()
        self._parts: tuple[Part, ...] = ()
        #: what was noted when it was written into its folder
        self.note: Mapping[str, Any] = {}

    @classmethod
    def from_records(cls, records: Iterable[Record], processes: int = 1, **options: Any) -> "Index":
        """The index of records with ``id`` and ``name``, and as far as known ``year``, ``place``, ``sex``, ``father``, ``maiden``,
        ``names``, ``phone`` and ``document``. ValueError says which record cannot be read.

        Many records are read in so many `processes`; a script that asks for several starts under ``if __name__ == "__main__"``."""
        index = cls(**options)
        keying = index._keying
        part = built(
            records, processes, hashing=keying.hashing, lexicon=keying.lexicon, keeps_records=index._keeps_records
        )
        index._parts = (part,)
        return index

    def __len__(self) -> int:
        return sum(int(np.unique(part.owners[part.there]).size) for part in self._parts)

    def add(self, records: Iterable[Record]) -> None:
        """Put more people in; who has the id of a record that is there takes its place."""
        people = entries_of(records, self._keying.for_many())
        self._take((record if self._keeps_records else bare(entry.id), entry) for record, entry in people)

    def add_entries(self, entries: Iterable[Entry]) -> None:
        """The same for entries that were made before, into an index whose records are kept elsewhere."""
        self._take((bare(entry.id), entry) for entry in entries)

    def withdraw(self, ids: Iterable[str]) -> None:
        """Take people out; ids that are not there are passed over."""
        gone = list(ids)
        self._parts = tuple(part.without(gone) for part in self._parts)

    def search(self, query: Record, limit: int = 10, opener: Opener | None = None) -> list[Candidate]:
        """The likeliest candidates, best first: at most `limit`, none where the query has nothing to go by.

        An index that keeps no records has those opened by the `opener` that it compares.
        """
        names, facts = names_of(query), Facts.of(query)
        deep = max(COMPARED, limit + MORE)
        near = _admitted(self._nearest(names, facts, max(JUDGED, deep)), opener)
        scales = Scales(functools.cache(self.frequency), self._tables.weights, lexicon=self._keying.lexicon)
        found = _opened([record for _bits, record in near[:deep]], opener)
        compared = [_compared(record, reasons(names, facts, record, scales)) for record in found]
        others = [bits for bits, _record in near[deep:]]
        return self._judged(sorted(compared, key=_order), others)[:limit]

    def frequency(self, skeleton: str) -> float:
        """The share of names that have a word of this skeleton."""
        key = np.array([self._keying.skeleton(skeleton)], np.uint64)
        return max(1, int(self._count(key)[0])) / max(1, self._rows())

    def entry(self, record: Record) -> Entry:
        """What the index would keep of a record; ValueError says what cannot be read."""
        return entry_of(record, self._keying)

    def save(self, folder: Path, note: Mapping[str, Any] | None = None) -> None:
        """Write the whole index into a folder, with a note of plain JSON.

        Whoever has it open there keeps what they have, and a kill leaves what was there.
        """
        if len(self._parts) != 1 or not self._parts[0].there.all():
            self._parts = (joined(self._parts, uncounted) if self._parts else made((), uncounted),)
        self.note = note or {}
        self._parts[0].save(folder, self._made_with(), self.note)

    @classmethod
    def opened(cls, folder: Path, **options: Any) -> "Index":
        """The index that a folder holds, mapped into memory. files.Unreadable where it holds none that these options can read: they are
        those that it was made with."""
        index = cls(**options)
        part, index.note = Part.opened(folder, index._made_with())
        index._parts = (part,)
        return index

    def _made_with(self) -> list[object]:
        """What keys depend on; a secret shows itself by what it makes of a text that is no key."""
        return [self._keying.lexicon, f"{self._keying.hashing('made with')}", self._keeps_records]

    def _rows(self) -> int:
        return sum(len(part.segment) for part in self._parts)

    def _count(self, keys: Hashes) -> Ints:
        """How many rows have a word with each of these keys."""
        return _counted(self._parts, keys)

    def _take(self, people: Iterable[tuple[Record, Entry]]) -> None:
        """Put people in as a part of their own, then make one of small parts, so that there are few."""
        older = self._parts
        part = made(people, functools.partial(_counted, older))
        ids = [str(record["id"]) for record in part.shelf] if older else []
        parts = [*(each.without(ids) for each in older), part]
        while len(parts) > 1 and len(parts[-2].segment) <= 2 * len(parts[-1].segment):
            *parts, one, other = parts
            parts.append(joined((one, other), functools.partial(_counted, parts)))
        self._parts = tuple(parts)

    def _nearest(self, names: Sequence[Name], facts: Facts, count: int) -> list[tuple[float, Part, int]]:
        """The likeliest records of all parts with their bits, best first."""
        parts = self._parts
        found: list[tuple[float, int, int]] = []
        for at, part in enumerate(parts):
            pool = self._pool(part, facts)
            for rows, weighed in self._ranked(part, pool, names):
                owners = part.owners[rows[:count]].tolist()
                found += zip((-weighed[:count]).tolist(), itertools.repeat(at), owners)
        nearest: dict[tuple[int, int], float] = {}
        for bits, at, owner in sorted(found):
            nearest.setdefault((at, owner), -bits)
        return [(bits, parts[at], owner) for (at, owner), bits in itertools.islice(nearest.items(), count)]

    def _pool(self, part: Part, facts: Facts) -> Pool:
        bits = self._tables.weights.bits
        anyway = part.facts.with_exact(self._keying.facts(facts).exact)
        return Pool(part.there, anyway, part.facts.weighing(facts, self._keying, bits))

    def _ranked(self, part: Part, pool: Pool, names: Sequence[Name]) -> Iterator[tuple[Ints, Floats]]:
        for name in names:
            yield rank(part.segment, self._sought(name), self._tables, pool, WEIGHED)
        anyway = pool.anyway[pool.there[pool.anyway]]
        yield anyway, pool.facts(anyway)

    def _sought(self, name: Name) -> Sought:
        words = self._keying.words(name)
        kin = [int(self._count(np.array(word.skeletons, np.uint64)).max(initial=0)) for word in words]
        return Sought(words, kin, self._rows())

    def _judged(self, compared: Sequence[_Compared], others: Sequence[float]) -> list[Candidate]:
        chances = self._calibration.probabilities([*(each.bits for each in compared), *others], self._rows())
        return [self._candidate(one, chance) for one, chance in zip(compared, chances, strict=False)]

    def _candidate(self, of: _Compared, chance: float) -> Candidate:
        codes = {code for reason in of.reasons for code, _times in reason.grounds}
        kept = chance * self._calibration.kept(codes)
        return Candidate(str(of.record["id"]), of.bits, kept, self._calibration.band(kept), of.reasons, of.record)
