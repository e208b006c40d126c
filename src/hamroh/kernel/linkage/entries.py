"""What an index keeps of a person: names and facts as numbers, which can be put away and need not be worked out again.

Where the hash takes a secret, an entry tells nothing to those who do not have it: the record itself is wanted only when somebody
may read it.
"""

import itertools
import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hamroh.kernel.linkage.facts import Facts
from hamroh.kernel.linkage.keying import FactKeys, Keying, Word
from hamroh.kernel.linkage.people import Record, checked_name
from hamroh.kernel.names.reading import read

#: the first byte of a packed entry
_FORM = 1
_WORD, _SIDE = struct.Struct("<QBH"), struct.Struct("<BHBH")


@dataclass(frozen=True, slots=True)
class Entry:
    """A person in an index: the words of each name, at least one (which may have no words), and the facts."""

    id: str
    names: tuple[tuple[Word, ...], ...]
    facts: FactKeys

    def packed(self) -> bytes:
        """The entry without its id as bytes, some 200 a word."""
        names = b"".join(bytes([len(name)]) + b"".join(map(_word_packed, name)) for name in self.names)
        facts = self.facts
        place = sorted(facts.place)
        sizes = _SIDE.pack(facts.sex, len(facts.years), len(place), len(facts.exact))
        homes = (int(key[2:], 16) for key in place)  # noqa: FURB166 - what is cut off is a kind, no 0x
        numbers = [*facts.years, *homes, *facts.exact]
        kinds = "".join(key[:2] for key in place).encode("ascii")
        return bytes([_FORM, len(self.names)]) + names + sizes + kinds + struct.pack(f"<{len(numbers)}Q", *numbers)

    @classmethod
    def unpacked(cls, of: str, packed: bytes) -> "Entry":
        """The entry that was packed; ValueError where the bytes are of another form."""
        if packed[:1] != bytes([_FORM]):
            raise ValueError("an entry of another form: make it anew from its record")
        names, at = [], 2
        for _name in range(packed[1]):
            words = []
            for _word in range(packed[(at := at + 1) - 1]):
                word, at = _word_unpacked(packed, at)
                words.append(word)
            names.append(tuple(words))
        return cls(of, tuple(names), _facts_unpacked(packed, at))


def _word_packed(word: Word) -> bytes:
    count = len(word.keys)
    kinds = bytes(kind.bit_length() for kind in word.kinds)
    return _WORD.pack(word.number, word.shape, count) + kinds + struct.pack(f"<{count}Q", *word.keys)


def _word_unpacked(packed: bytes, at: int) -> tuple[Word, int]:
    number, shape, count = _WORD.unpack_from(packed, at)
    at += _WORD.size
    kinds = array("H", (1 << each - 1 for each in packed[at : at + count]))
    keys = array("Q", struct.unpack_from(f"<{count}Q", packed, at + count))
    return Word(number, shape, keys, kinds), at + 9 * count


def _facts_unpacked(packed: bytes, at: int) -> FactKeys:
    sex, years, places, exact = _SIDE.unpack_from(packed, at)
    at += _SIDE.size
    kinds = packed[at : at + 2 * places].decode("ascii")
    numbers = struct.unpack_from(f"<{years + places + exact}Q", packed, at + 2 * places)
    homes = (f"{kinds[2 * i : 2 * i + 2]}{number:x}" for i, number in enumerate(numbers[years : years + places]))
    return FactKeys(numbers[:years], frozenset(homes), sex, numbers[years + places :])


def entry_of(record: Record, keying: Keying) -> Entry:
    """The entry of one record; ValueError says what cannot be read."""
    checked_name(record)
    facts = keying.facts(Facts.of(record))
    return Entry(str(record["id"]), tuple(map(keying.words, keying.names(record) or [read("")])), facts)


def entries_of(records: Iterable[Record], keying: Keying) -> Iterator[tuple[Record, Entry]]:
    """The records, each with its entry; ValueError says which has no id of its own, no name, or facts that cannot be read."""
    for at, of, record in identified(records):
        try:
            yield record, entry_of(record, keying)
        except ValueError as fault:
            raise ValueError(f"record {at} (id {of!r}): {fault}") from fault


def identified(records: Iterable[Record], numbers: Iterable[int] | None = None) -> Iterator[tuple[int, str, Record]]:
    """The records, each with its number (its place in the list) and its id; ValueError says which has none of its own."""
    seen: set[str] = set()
    for at, record in zip(itertools.count(1) if numbers is None else numbers, records, strict=False):
        of = str(record.get("id") or "")
        if not of or of in seen:
            raise ValueError(f"record {at}: {f'the id {of!r} is there already' if of else 'it needs an id'}")
        seen.add(of)
        yield at, of, record


def bare(of: str) -> Mapping[str, Any]:
    """All that an index without records keeps of one."""
    return {"id": of}
