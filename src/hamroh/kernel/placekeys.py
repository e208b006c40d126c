"""Keys under which spellings of a place name meet: without the word for its kind, without marks, in one script."""

import functools
import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from hamroh.kernel.text import fold

#: words for a kind of place in their folded spelling, and the levels that they ask for
_KINDS = {
    ("country",): "country davlat ulke olke страна кишвар мамлакат",
    (
        "region",
    ): "region oblast krai kray кишвари вилоят вилояти область обл край республика ҷумҳурии vilayeti vilayet viloyat viloyati",
    ("city",): "city шахр шахри город г ш sehri seher seheri shahri shahr",
    ("district", "city_district"): "district rayon rayonu raion район р-н нохия нохияи nohiya nohiyai н",
    ("town", "city"): "town шахрак шахраки пгт поселок qesebe qesebesi",
}
_LEVELS = {fold(word): levels for levels, words in _KINDS.items() for word in words.split()}
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфхцчшщыэюяж",
        [*"abvkdizi", "i", *"klmnoprstufhs", "c", "s", "s", "i", "i", "u", "a", "c"],
        strict=True,
    )
)
_PAIRS = (
    ("dzh", "c"),
    ("tch", "c"),
    ("zh", "c"),
    ("kh", "h"),
    ("gh", "k"),
    ("ch", "c"),
    ("sh", "s"),
    ("ts", "s"),
    ("iy", "i"),
)
_SINGLE = str.maketrans(
    {**_CYRILLIC, "e": "i", "y": "i", "j": "c", "x": "h", "q": "k", "g": "k", "w": "v", "ь": "", "-": " "}
)


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
    for pair, letter in _PAIRS:
        bare = bare.replace(pair, letter)
    bare = bare.replace("дж", "c").translate(_SINGLE)
    return re.sub(r"([^aiou])\1+", r"\1", "".join(bare.split()))
