"""Two states of a block, line by line: what was taken out and what came in."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any


def lines_of(content: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """What a content says, one line a word, text or figure, each with where it stands: ``rows 2 label``."""
    if isinstance(content, Mapping):
        for name, value in content.items():
            yield from lines_of(value, f"{where} {name}".strip())
    elif isinstance(content, list):
        for at, value in enumerate(content, 1):
            yield from lines_of(value, f"{where} {at}".strip())
    elif content not in (None, ""):
        yield from ((where, line) for line in str(content).split("\n") if line.strip())


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Lines that differ: ``-`` or ``+``, where, and what is said there."""
    old, new = list(lines_of(before)), list(lines_of(after))
    found = list[tuple[str, str, str]]()
    for kind, start, end, to_start, to_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found += [("-", *line) for line in old[start:end]] + [("+", *line) for line in new[to_start:to_end]]
    return found
