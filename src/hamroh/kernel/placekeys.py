"""Keys under which spellings of a place name meet: without the word for its kind, without marks, in one script."""

import functools
import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from hamroh.kernel.text import fold

#: words for a kind of place in the four languages, and the levels that they ask for
_KINDS = {
    "country davlat ölkə страна кишвар мамлакат": ("country",),
    "region oblast krai kray vilayəti vilayət viloyat viloyati область обл край республика": ("region",),
    "вилоят вилояти кишвари ҷумҳурии": ("region",),
    "city şəhəri şəhər shahri shahr город г шаҳр шаҳри ш": ("city",),
    "district rayon rayonu raion nohiya nohiyai район р-н ноҳия ноҳияи н": ("district", "city_district"),
    "town qəsəbə qəsəbəsi посёлок пгт шаҳрак шаҳраки": ("town", "city"),
}
_LEVELS = {fold(word): levels for words, levels in _KINDS.items() for word in words.split()}
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
#: sounds that the four languages write differently in their two alphabets, brought to one letter each
_PAIRS = {
    "дж": "c",
    "dzh": "c",
    "tch": "c",
    "zh": "c",
    "kh": "h",
    "gh": "k",
    "ch": "c",
    "sh": "s",
    "ts": "s",
    "iy": "i",
}
_LETTERS = str.maketrans("абвгдезийклмнопрстуфхцчшщыэюяжeyjxqgw", "abvkdiziiklmnoprstufhscssiiuaciichkkv", "ь-")


@dataclass(frozen=True, slots=True)
class Key:
    """A name from near to far: `exact` in small letters, `folded` without marks, `bare` its skeleton in Latin letters.

    `levels` are those that a word for a kind of place, left out of the rest, asks for.
    """

    exact: str
    folded: str
    bare: str
    levels: tuple[str, ...]


def place_keys(text: str, lang: str | None = None, *, typed: bool = False) -> list[Key]:
    """The key of a name, then the keys from each of its later words on; empty for no letters.

    Words for a kind of place are left out, but a name that is nothing else keeps them; `typed` forgives a typo in them.
    """
    words = _WORD.findall(text)
    kinds = [(_near_levels if typed else _LEVELS.get)(fold(word, lang)) for word in words]
    own = [word for word, kind in zip(words, kinds, strict=True) if not kind] or words
    levels = tuple(level for kind in kinds if kind for level in kind) if len(own) < len(words) else ()
    return [_key(" ".join(own[start:]), lang, levels) for start in range(len(own))]


@functools.lru_cache(maxsize=1024)
def _near_levels(word: str) -> tuple[str, ...] | None:
    """The levels that a folded word for a kind of place asks for, also with one typo in a long one."""
    near = (
        other for other in _LEVELS if min(len(word), len(other)) > 4 and OSA.distance(word, other, score_cutoff=1) < 2
    )
    return _LEVELS.get(word) or _LEVELS.get(next(near, ""))


def _key(name: str, lang: str | None, levels: tuple[str, ...]) -> Key:
    folded = fold(name, lang)
    return Key(name.casefold(), folded, _skeleton(folded), levels)


def _skeleton(folded: str) -> str:
    bare = folded
    for pair, letter in _PAIRS.items():
        bare = bare.replace(pair, letter)
    return re.sub(r"([^aiou])\1+", r"\1", "".join(bare.translate(_LETTERS).split()))
