"""Reading what was typed: chunks, phrases, words to leave out; nothing typed ever becomes the syntax of a database."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hamroh.kernel import text as analysis

LONGEST = 300  # characters that are read
MOST = 12  # chunks that are searched
_QUOTES = str.maketrans("«»“”„‟＂", '"""""""')
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<chunk>[^\s"]+))')
_STOP = (
    "a an and are as at by can do does for from how i if in is it me my of on or our the to what when where who with",
    "bir bu da de ne necə üçün ilə mən mənim və ya ki hansı harada nə",
    "а без бы в во для до и из или к как какие какой кто ли мне мой моя на не о об от по при с со что это где у",
    "аз ба бо барои бе ва дар ё ин ки ман кадом кӣ то чӣ чи чист кист кучо куҷо ҳам мекунам тавр хел",
)
#: Folded words that say nothing by themselves.
SMALL_WORDS = frozenset(analysis.fold(word) for line in _STOP for word in line.split())


@dataclass(frozen=True)
class Query:
    """``chunks`` were parted by spaces; ``phrases`` are folded words that must stand together; ``without`` must be absent."""

    text: str
    chunks: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.chunks)


def read(text: str) -> Query:
    """Read a query; of a giant one the beginning."""
    plain = "".join(char if char.isprintable() else " " for char in text[: 4 * LONGEST]).translate(_QUOTES)[:LONGEST]
    chunks: list[str] = []
    phrases: list[tuple[str, ...]] = []
    without: list[str] = []
    for piece in _PIECE.finditer(plain):
        found = piece["phrase"] if piece["phrase"] is not None else piece["chunk"]
        words = tuple(analysis.folded(found, "en"))
        if piece["minus"] and words:
            without.append(found)
        elif piece["phrase"] is not None and words:
            phrases.append(words)
            chunks += found.split()
        elif words:
            chunks.append(found)
    return Query(plain.strip(), _telling(chunks), tuple(phrases), tuple(without))


def _telling(chunks: list[str]) -> tuple[str, ...]:
    """Chunks without small words, unless nothing else was typed; each once."""
    known = dict.fromkeys(part for chunk in chunks for part in _parts(chunk))
    telling = [chunk for chunk in known if " ".join(analysis.folded(chunk, "en")) not in SMALL_WORDS]
    return tuple((telling or list(known))[:MOST])


def _parts(chunk: str) -> list[str]:
    """The words of a chunk, or the whole of it where another keyboard has letters in the place of its signs."""
    words = [chunk[word.start : word.end] for word in analysis.tokens(chunk, "en")]
    return [chunk] if words != [chunk] and chunk.isascii() and alternates(chunk) else words


@lru_cache(maxsize=4096)
def alternates(chunk: str) -> tuple[tuple[str, str], ...]:
    """Other readings of a chunk as (language, text)."""
    return tuple(analysis.alternates(chunk))
