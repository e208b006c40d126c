"""What different spellings of one name have in common: its sounds, its sounds with vowels brought together, its consonants."""

import functools
from dataclasses import dataclass

from hamroh.kernel.names.sounds import squeezed

_VOWELS = str.maketrans("eyo", "iia", "'h")
_SKELETON = str.maketrans("g", "k", "aeiouy'")
_COARSE = str.maketrans("gpfzdjš", "kbvstčs", "aeiouyh'")


@dataclass(frozen=True, slots=True)
class Keys:
    """The forms of a root, from near to far.

    ``vowels`` has a/o, e/i and y/i as one and no h; ``skeleton`` the consonants alone with g and k as one; ``coarse`` also takes
    voiced and voiceless consonants, s and š together and leaves out h.
    """

    root: str
    vowels: str
    skeleton: str
    coarse: str


@functools.lru_cache(maxsize=1 << 18)
def keys(root: str) -> Keys:
    """The keys of a root in sounds.

    >>> keys("rahmon").skeleton, keys("rahman").coarse
    ('rhmn', 'rmn')
    """
    return Keys(
        root,
        squeezed(root.translate(_VOWELS)),
        squeezed(root.translate(_SKELETON)),
        squeezed(root.translate(_COARSE)),
    )
