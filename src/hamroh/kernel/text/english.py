"""English stems: Snowball, mended for irregular plurals and verbs."""

from functools import cache
from typing import Any

from hamroh.kernel.text.lexicon import read_pairs


def stems(word: str) -> tuple[str, ...]:
    """Stem of an English word in small letters."""
    bare = word.removesuffix("'s").removesuffix("'")
    return (_snowball()(_irregular().get(bare, bare)),)


@cache
def _snowball() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english").stemWord


@cache
def _irregular() -> dict[str, str]:
    return {form: lemma for lemma, forms in read_pairs("en/irregular.txt") for form in forms}
