"""Recovery papers: a key on three of them (SLIP-39), and one as people type it from the sheet, told which word is wrong."""

import re
from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORDLIST

NEEDED, PAPERS, WORDS = 2, 3, 33
#: so many letters tell a word from every other one of the list
_TELLING = 4
_BY_BEGINNING = {word[:_TELLING]: word for word in WORDLIST}
_WORD = re.compile(r"[^\W\d_]+")


class PaperRefused(ValueError):
    """A paper that cannot be read: ``count`` words were typed, ``wrong`` are the places of those that no paper has."""

    def __init__(self, count: int, wrong: Sequence[int] = ()) -> None:
        super().__init__("a paper has 33 words of one list")
        self.count, self.wrong = count, list(wrong)


def split(secret: bytes) -> list[str]:
    """Three papers, of which two bring the secret back and one tells nothing."""
    papers: list[str] = generate_mnemonics(1, [(NEEDED, PAPERS)], secret)[0]
    return papers


def read(typed: str) -> str:
    """A paper as it was printed, from what somebody typed: numbers and commas between words, capitals, first four letters.

    PaperRefused tells what cannot be; where every word is of the list and they do not hold together, ``wrong`` is empty.
    """
    words = _WORD.findall(typed.casefold())
    found = [_BY_BEGINNING.get(word[:_TELLING], "") for word in words]
    wrong = [at for at, (word, full) in enumerate(zip(words, found, strict=True), 1) if not _fits(word, full)]
    if wrong or len(words) != WORDS:
        raise PaperRefused(len(words), wrong)
    try:
        Share.from_mnemonic(" ".join(found))
    except MnemonicError:
        raise PaperRefused(WORDS) from None
    return " ".join(found)


def _fits(word: str, full: str) -> bool:
    return bool(full) and (word == full or (len(word) >= _TELLING and full.startswith(word)))


def are_of_one_set(first: str, second: str) -> bool:
    """Whether two papers that were read are two different ones of one printing."""
    one, other = Share.from_mnemonic(first), Share.from_mnemonic(second)
    return bool(one.identifier == other.identifier and one.index != other.index)


def together(papers: Sequence[str]) -> bytes:
    """What two papers bring back; ValueError for one alone, a wrong word, or papers of two sets."""
    try:
        secret: bytes = combine_mnemonics([paper.strip().lower() for paper in papers])
    except (MnemonicError, TypeError) as fault:
        raise ValueError("two papers of one set are needed") from fault
    return secret
