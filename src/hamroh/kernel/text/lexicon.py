"""Reading the word lists under `hamroh/data/text`."""

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parents[2] / "data" / "text"


def read_lines(name: str) -> Iterator[str]:
    """Lines of a list that are neither empty nor a remark."""
    with (_FOLDER / name).open(encoding="utf-8") as stream:
        for line in stream:
            text = line.partition("#")[0].strip()
            if text:
                yield text


def read_pairs(name: str) -> Iterator[tuple[str, list[str]]]:
    """Pairs of a head word and its forms, written `head: form form`."""
    for line in read_lines(name):
        head, _, rest = line.partition(":")
        yield head.strip(), rest.split()


def read_words(name: str) -> frozenset[str]:
    """All words of a list, several to a line."""
    return frozenset(word for line in read_lines(name) for word in line.split())
