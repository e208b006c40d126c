"""Names and facts as numbers, by which they are found and compared without being known.

A key becomes a number by a hash. Where the hash takes a secret, whoever holds the index but not the secret cannot read it.
"""

import functools
import hashlib
import struct
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from hamroh.kernel.linkage.facts import Facts
from hamroh.kernel.linkage.people import Record, names_of
from hamroh.kernel.linkage.places import Place
from hamroh.kernel.names.comparing import MOST
from hamroh.kernel.names.keys import KINDS, Kind, root_keys
from hamroh.kernel.names.reading import Name, Part, hearing
from hamroh.kernel.names.weights import Shape

#: a key as a number below 2 ** 64, the same for the same key; one that is quicker with many at once has them by ``many`` as well
Hashing = Callable[[str], int]
SEXES = ("", "female", "male")
#: words, homes and spans of years that are kept in mind between searches
_LATELY = 1 << 12
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: a number of its own, the code of its shape, its keys and the kind of each."""

    number: int
    shape: int
    keys: "array[int]"
    kinds: "array[int]"

    @property
    def skeletons(self) -> list[int]:
        """The keys by which its rarity is counted."""
        return [key for key, kind in zip(self.keys, self.kinds, strict=True) if kind == Kind.SKELETON]


@dataclass(frozen=True, slots=True)
class FactKeys:
    """The facts of one person: a number for each year of birth, texts ``kind:number`` of the home, the sex, a number for each exact key."""

    years: tuple[int, ...]
    place: frozenset[str]
    sex: int
    exact: tuple[int, ...]


class _Open:
    """The number of a key that anybody may work out."""

    def __call__(self, key: str) -> int:
        return self.many((key,))[0]

    def many(self, keys: Sequence[str]) -> tuple[int, ...]:
        digests = [hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest() for key in keys]
        return struct.unpack(f">{len(keys)}Q", b"".join(digests))


open_hash = _Open()


class Kept(dict[K, V]):
    """What was made of each key, made when it is first asked for; all is let go of when there are `most`."""

    def __init__(self, make: Callable[[K], V], most: int | None) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, key: K) -> V:
        if self._most and len(self) >= self._most:
            self.clear()
        made = self[key] = self._make(key)
        return made


class Keying:
    """Makes numbers of names and facts, each word and home once as long as it keeps them: the `most` of each, or all."""

    def __init__(self, hashing: Hashing = open_hash, lexicon: bool = True, most: int | None = _LATELY) -> None:
        self.hashing = hashing
        self.lexicon = lexicon
        self.hear = hearing(most)
        of_root = Kept(functools.partial(_keys_of_root, hashing, lexicon), most)
        keys = Kept(functools.partial(_keys_of, of_root), most)
        self._words = Kept(functools.partial(_word_of, hashing, keys), most)
        self._homes = Kept(functools.partial(_home_of, hashing), most)
        self._years = Kept(functools.partial(_years_of, hashing), most)

    def for_many(self) -> "Keying":
        """One that makes the same and keeps all of it, for as long as there are records to read."""
        return Keying(self.hashing, self.lexicon, most=None)

    def names(self, record: Record) -> list[Name]:
        """The names of a record, as `names_of` reads them."""
        return names_of(record, self.hear)

    def words(self, name: Name) -> tuple[Word, ...]:
        return tuple([self._words[part] for part in name.parts[:MOST]])

    def facts(self, facts: Facts) -> FactKeys:
        exact = tuple([self.hashing(key) for key in sorted(facts.exact)]) if facts.exact else ()
        return FactKeys(self._years[facts.years], self._homes[facts.place], SEXES.index(facts.sex), exact)

    def skeleton(self, skeleton: str) -> int:
        """The key under which words of this skeleton are counted."""
        return self.hashing(f"s{skeleton}")

    def year(self, year: int) -> int:
        return _year_of(self.hashing, year)


#: the keys of roots, and the kind of each
_Keyed = tuple["array[int]", "array[int]"]


def _keys_of_root(hashing: Hashing, lexicon: bool, root: str) -> dict[int, int]:
    """The kind of each key of a root."""
    keys = root_keys(root, lexicon)
    many: Callable[[Sequence[str]], Sequence[int]] | None = getattr(hashing, "many", None)
    numbers = many(keys) if many else [hashing(key) for key in keys]
    return dict(zip(numbers, [KINDS[key[0]] for key in keys], strict=True))


def _keys_of(of_root: Mapping[str, dict[int, int]], roots: tuple[str, ...]) -> _Keyed:
    kinds = of_root[roots[0]]
    for root in roots[1:]:
        kinds = kinds | of_root[root]
    return array("Q", kinds), array("H", kinds.values())


def _word_of(hashing: Hashing, keys: Mapping[tuple[str, ...], _Keyed], part: Part) -> Word:
    """Words of the same roots have one and the same arrays."""
    shape = Shape.of(part).code
    return Word(hashing(f"{shape} {' '.join(part.roots)}"), shape, *keys[part.roots])


def _year_of(hashing: Hashing, year: int) -> int:
    return hashing(f"born {year}")


def _years_of(hashing: Hashing, years: tuple[int, int] | None) -> tuple[int, ...]:
    first, last = years or (0, -1)
    return tuple([_year_of(hashing, year) for year in range(first, last + 1)])


def _home_of(hashing: Hashing, place: Place | None) -> frozenset[str]:
    """The letter of the kind stays in front, for the index goes by it."""
    return frozenset(f"{key[:2]}{hashing(key[2:]):x}" for key in (place.keys if place else ()))
