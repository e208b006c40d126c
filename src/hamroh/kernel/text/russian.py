"""Russian stems: dictionary forms from the OpenCorpora dictionary (package pymorphy3-dicts-ru), Snowball for words it lacks.

The package's files are read directly: their reader pymorphy3 also loads tags and tables of guesses, which take four times the
memory and ten times the time that the stems need.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_YO = str.maketrans("ё", "е")


class _Dictionary(NamedTuple):
    words: Any  # dawg.RecordDAWG: word -> [(paradigm, place)]
    with_yo: Any  # the letters that may stand for one another
    paradigms: list[Sequence[int]]  # of each: endings, tags, beginnings, as many as it has forms
    endings: list[str]
    beginnings: list[str]

    def lemmas(self, word: str) -> Iterator[str]:
        for known, places in self.words.similar_items(word, self.with_yo):
            for paradigm, place in places:
                yield self._lemma(known, self.paradigms[paradigm], place)

    def _lemma(self, word: str, paradigm: Sequence[int], place: int) -> str:
        if place == 0:
            return word
        size = len(paradigm) // 3
        beginning, ending = self.beginnings[paradigm[2 * size + place]], self.endings[paradigm[place]]
        stem = word[len(beginning) : len(word) - len(ending)]
        return self.beginnings[paradigm[2 * size]] + stem + self.endings[paradigm[0]]


def stems(word: str) -> tuple[str, ...]:
    """Dictionary forms of a Russian word in small letters, with е for ё."""
    lemmas = {lemma.translate(_YO) for lemma in _dictionary().lemmas(word)}
    return tuple(sorted(lemmas)) or (_snowball()(word.translate(_YO)),)


def knows(word: str) -> bool:
    """Whether the dictionary has a word in small letters as a form."""
    return any(True for _ in _dictionary().lemmas(word))


@cache
def _dictionary() -> _Dictionary:
    import dawg
    import pymorphy3_dicts_ru

    folder = Path(pymorphy3_dicts_ru.get_path())
    meta = dict(json.loads((folder / "meta.json").read_text(encoding="utf-8")))
    return _Dictionary(
        words=dawg.RecordDAWG(">HH").load(str(folder / "words.dawg")),
        with_yo=dawg.RecordDAWG.compile_replaces({"е": "ё"}),
        paradigms=list(_read_paradigms(folder / "paradigms.array")),
        endings=json.loads((folder / "suffixes.json").read_text(encoding="utf-8")),
        beginnings=meta["compile_options"]["paradigm_prefixes"],
    )


def _read_paradigms(path: Path) -> Iterator[Sequence[int]]:
    numbers = array("H", path.read_bytes())
    start = 1
    for _ in range(numbers[0]):
        end = start + 1 + numbers[start]
        yield numbers[start + 1 : end]
        start = end


@cache
def _snowball() -> Any:
    import Stemmer

    return Stemmer.Stemmer("russian").stemWord
