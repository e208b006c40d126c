"""Plain text with times before what is said: ``[00:01:12] Zarina: words``, the times in brackets or bare."""

import re

from hamroh.kernel.cues import LONGEST, MOST_SIGNS, CuesRefused, Said, checked

_LINE = re.compile(r"\[?(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)(?:[.,](\d{1,3}))?\]?[ \t]*(.*)")
_SPEAKER = re.compile(r"([^\W\d_][^:\n]{0,40}):[ \t]+(\S.*)", re.DOTALL)
#: how long the last words last, where nothing tells it
LAST = 5_000


def read(text: str, duration: int = 0) -> list[Said]:
    """The cues of a text; each lasts until the next begins, the last one until ``duration``."""
    if len(text) > MOST_SIGNS or "\0" in text:
        raise CuesRefused("long" if len(text) > MOST_SIGNS else "signs")
    begun: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        found = _LINE.fullmatch(line.strip())
        if found:
            begun.append((_begin(found, begun, number), [found.group(5)]))
        elif line.strip() and not begun:
            raise CuesRefused("times", number)
        elif line.strip():
            begun[-1][1].append(line.strip())
    if not begun:
        raise CuesRefused("empty")
    ends = [*(start for start, _words in begun[1:]), max(duration, begun[-1][0] + LAST)]
    return checked([each for (start, words), end in zip(begun, ends, strict=True) for each in _said(start, end, words)])


def _begin(found: re.Match[str], begun: list[tuple[int, list[str]]], number: int) -> int:
    hours, minutes, seconds = (int(found.group(at) or 0) for at in (1, 2, 3))
    start = ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((found.group(4) or "0").ljust(3, "0"))
    if (begun and start <= begun[-1][0]) or start > LONGEST:
        raise CuesRefused("order" if start <= LONGEST else "late", number)
    return start


def _said(start: int, end: int, words: list[str]) -> list[Said]:
    text = " ".join(" ".join(words).split())
    spoken = _SPEAKER.fullmatch(text)
    if not text:
        return []
    return [Said(start, end, spoken.group(2), spoken.group(1)) if spoken else Said(start, end, text)]
