"""What different spellings of one name have in common, as keys: two words are as near as the most exact keys that they share.

Keys are plain texts that start with a letter for their kind. Whoever has only a keyed hash of each can still tell how near two
words are, but not what they are.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntFlag

from hamroh.kernel.names import lexicon
from hamroh.kernel.names.sounds import squeezed

_VOWELS = str.maketrans("eyo", "iia", "'h")
_SKELETON = str.maketrans("g", "k", "aeiouy'")
_COARSE = str.maketrans("gpfzdjš", "kbvstčs", "aeiouyh'")
#: so many sounds at least must a form have that is also found with one of them missing
_LEAST = 3


class Kind(IntFlag):
    """What a key is made of; the sum of the kinds that two words share is how near they are."""

    ROOT = 1
    VOWELS = 2
    SKELETON = 4
    COARSE = 8
    VOWELS_NEAR = 16
    COARSE_NEAR = 32
    BARE = 64
    GROUP = 128
    COMPOUND = 256


_LETTERS = {
    Kind.ROOT: "r", Kind.VOWELS: "v", Kind.SKELETON: "s", Kind.COARSE: "c", Kind.VOWELS_NEAR: "w", Kind.COARSE_NEAR: "d",
    Kind.BARE: "b", Kind.GROUP: "g", Kind.COMPOUND: "t",
}  # fmt: skip
KINDS = {letter: int(kind) for kind, letter in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Keys:
    """The forms of a root, from near to far.

    ``vowels`` has a/o, e/i and y/i as one and no h; ``skeleton`` the consonants alone with g and k as one; ``coarse`` also takes
    voiced and voiceless consonants, s and š together and leaves out h; ``bare`` leaves out v, too, which Arabic letters write as
    they write u and o. A skeleton of fewer than two consonants says nothing: there it is ``vowels`` (``bare``: nothing).
    """

    root: str
    vowels: str
    skeleton: str
    coarse: str
    bare: str


@functools.lru_cache(maxsize=1 << 14)
def keys(root: str) -> Keys:
    """The forms of a root in sounds.

    >>> keys("rahmon").skeleton, keys("rahman").coarse, keys("ali").skeleton
    ('rhmn', 'rmn', 'ali')
    """
    return _forms(root)


def _forms(root: str) -> Keys:
    vowels, bones, rough = _vowels(root), squeezed(root.translate(_SKELETON)), squeezed(root.translate(_COARSE))
    bare = squeezed(rough.replace("v", ""))
    return Keys(root, vowels, _telling(bones) or vowels, _telling(rough) or vowels, _telling(bare))


def _vowels(root: str) -> str:
    return squeezed(root.translate(_VOWELS))


def _telling(bones: str) -> str:
    return bones if len(bones) > 1 else ""


@functools.lru_cache(maxsize=1 << 14)
def word_keys(roots: tuple[str, ...], by_lexicon: bool = True) -> frozenset[str]:
    """All keys of a word that may have these roots, from the tables of sounds and, unless `by_lexicon` is off, from the lexicon."""
    return frozenset(made_keys(roots, by_lexicon))


def made_keys(roots: tuple[str, ...], by_lexicon: bool = True) -> list[str]:
    """The same, each once, always in the same order: for those who make them once and need not keep them in mind."""
    return list(dict.fromkeys([key for root in roots for key in root_keys(root, by_lexicon)]))


def root_keys(root: str, by_lexicon: bool = True) -> list[str]:
    """The keys of one root, some perhaps twice."""
    return _of_root(root) + (list(_of_lexicon(root)) if by_lexicon else [])


def shared(a: frozenset[str], b: frozenset[str]) -> int:
    """The sum of the kinds of the keys that two words share."""
    found = 0
    for key in a & b:
        found |= KINDS[key[0]]
    return found


def _of_root(root: str) -> list[str]:
    form = _forms(root)
    exact = ["r" + root, "v" + form.vowels, "s" + form.skeleton, "c" + form.coarse]
    return exact + _near("w", form.vowels) + _near("d", form.coarse) + (["b" + form.bare] if form.bare else [])


def _of_lexicon(root: str) -> Iterator[str]:
    """Attested variants and short forms; what is left of a compound."""
    yield from ("g" + lexicon.key(group) for group in lexicon.groups(root))
    yield from ("t" + _vowels(whole) for whole in (root, *lexicon.tails(root)))


def _near(kind: str, form: str) -> list[str]:
    """Keys of the form, and of what is left without one of its sounds; where that brings two alike together, they are one."""
    if len(form) <= _LEAST:
        return [kind + form] if len(form) == _LEAST else []
    less = [form[:at] + form[at + 1 + (form[at - 1 : at] == form[at + 1 : at + 2]) :] for at in range(len(form))]
    return [kind + each for each in (form, *less)]
