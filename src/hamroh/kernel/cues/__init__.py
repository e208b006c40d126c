"""Words in time: reading and writing what says them, and nothing else."""

from dataclasses import dataclass


class CuesRefused(ValueError):
    """The text is not in the form; ``line`` is where, counted from 1, ``fault`` a short key that says what is wrong."""

    def __init__(self, fault: str, line: int = 0) -> None:
        self.fault, self.line = fault, line
        super().__init__(f"{fault} in line {line}" if line else fault)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said from one moment to another, in milliseconds; ``end`` is 0 where the form tells none."""

    start: int
    end: int
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a recording with what it is about; ``other`` texts are those of the second language of the form."""

    start: int
    title: str = ""
    synopsis: str = ""
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    partial: str = ""
    other_title: str = ""
    other_synopsis: str = ""
    other_keywords: tuple[str, ...] = ()


#: nothing that people say is longer
MOST_CUES, MOST_SIGNS, LONGEST = 20_000, 4_000_000, 24 * 3600 * 1000


def checked(said: list[Said]) -> list[Said]:
    """Cues within the limits, in order."""
    if len(said) > MOST_CUES:
        raise CuesRefused("many")
    if not said:
        raise CuesRefused("empty")
    return sorted(said, key=lambda each: (each.start, each.end))


def clock(milliseconds: int) -> str:
    """``00:01:02.500``, as WebVTT writes it."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
