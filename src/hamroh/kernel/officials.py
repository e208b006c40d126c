"""Whether words name an official: the police, the mahalla or the municipality, a religious leader, by a list of their words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hamroh.kernel.datafiles import document

FILE = "safety/officials.yml"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Words:
    """Beginnings of words (or of several words), and whole short words, in small letters."""

    begins: tuple[str, ...]
    words: frozenset[str]

    def name(self, said: str) -> bool:
        found = _WORD.findall(said)
        line = f" {' '.join(found)}"
        return any(f" {start}" in line for start in self.begins) or not self.words.isdisjoint(found)


@cache
def lists() -> Mapping[str, Words]:
    """The words by kind of official."""
    return {kind: Words(tuple(row["begins"]), frozenset(row["words"])) for kind, row in document(FILE).items()}


def named_in(said: str) -> frozenset[str]:
    """Kinds of officials that words name. It misses who goes by another word: a reminder for who writes, not a guard."""
    small = said.replace("İ", "i").replace("I", "ı" if "ə" in said.lower() else "i").lower()
    return frozenset(kind for kind, words in lists().items() if words.name(small))
