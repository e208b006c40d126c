"""Names and facts as numbers, by which they are found and compared without being known.

A key becomes a number by a hash. Where the hash takes a secret, whoever holds the index but not the secret cannot read it.
"""

import functools
import hashlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass

from hamroh.kernel.linkage.facts import Facts
from hamroh.kernel.linkage.places import Place
from hamroh.kernel.names.comparing import MOST
from hamroh.kernel.names.keys import KINDS, Kind, word_keys
from hamroh.kernel.names.reading import Name, Part
from hamroh.kernel.names.weights import Shape

#: a key as a number below 2 ** 64, the same for the same key
Hashing = Callable[[str], int]
SEXES = ("", "female", "male")


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


def open_hash(key: str) -> int:
    """The number of a key that anybody may work out."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest())


class Keying:
    """Makes numbers of names and facts, each word and place once."""

    def __init__(self, hashing: Hashing = open_hash, lexicon: bool = True) -> None:
        self.hashing = hashing
        self.lexicon = lexicon
        self._words: dict[tuple[str, str, str], Word] = {}
        self._home = functools.cache(self._keys_of_home)
        self._years = functools.cache(self._keys_of_years)

    def words(self, name: Name) -> tuple[Word, ...]:
        return tuple(map(self._word, name.parts[:MOST]))

    def facts(self, facts: Facts) -> FactKeys:
        exact = tuple(map(self.hashing, sorted(facts.exact)))
        return FactKeys(self._years(facts.years), self._home(facts.place), SEXES.index(facts.sex), exact)

    def forget(self) -> None:
        """Let go of the words made so far; they would be made again."""
        self._words.clear()

    def skeleton(self, skeleton: str) -> int:
        """The key under which words of this skeleton are counted."""
        return self.hashing(f"s{skeleton}")

    def year(self, year: int) -> int:
        return self.hashing(f"born {year}")

    def _word(self, part: Part) -> Word:
        known = (part.written, part.role, part.ending)
        word = self._words.get(known)  # another thread may forget them all between a question and an answer
        if word is None:
            word = self._words[known] = self._made(part)
        return word

    def _made(self, part: Part) -> Word:
        shape, ours = Shape.of(part).code, sorted(word_keys(part.roots, self.lexicon))
        number = self.hashing(f"{shape} {' '.join(part.roots)}")
        return Word(number, shape, array("Q", map(self.hashing, ours)), array("H", (KINDS[key[0]] for key in ours)))

    def _keys_of_years(self, years: tuple[int, int] | None) -> tuple[int, ...]:
        first, last = years or (0, -1)
        return tuple(map(self.year, range(first, last + 1)))

    def _keys_of_home(self, place: Place | None) -> frozenset[str]:
        """The letter of the kind stays in front, for the index goes by it."""
        return frozenset(f"{key[:2]}{self.hashing(key[2:]):x}" for key in (place.keys if place else ()))
