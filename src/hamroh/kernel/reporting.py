"""Reports that are frozen: their bytes and digest, what one says otherwise than the last one and why, and what keeps one from being approved.

A report is plain data. Every figure in it has a key that names what is counted (an indicator in a period, money in a currency), the
record that it was read from and a source; two reports are compared by those keys and by nothing else.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

#: a number of people below it is not told apart from others
SMALL = 5
Figure = Mapping[str, Any]


class Why(StrEnum):
    """Why a figure is another one than in the last report."""

    NEW_PERIOD = "new_period"
    LATE = "late"
    CORRECTED = "corrected"
    RECOUNTED = "recounted"
    TARGET = "target"
    WITHHELD = "withheld"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One figure as the last report said it and as this one does; empty where one of them does not have it."""

    key: str
    before: str
    after: str
    why: Why


class Flaw(StrEnum):
    """What a check finds."""

    NO_ACTUAL = "no_actual"
    NO_SOURCE = "no_source"
    NOT_RELEASED = "not_released"
    NOT_CONFIRMED = "not_confirmed"
    NO_WORDS = "no_words"
    NO_CONSENT = "no_consent"


#: with these nobody approves; the others are said aloud in the report
STOPS = frozenset({Flaw.NO_SOURCE, Flaw.NOT_RELEASED, Flaw.NO_WORDS, Flaw.NO_CONSENT})


@dataclass(frozen=True)
class Finding:
    """A flaw, at a figure by its key or in a section by its code; ``lang`` where words lack in one language."""

    flaw: Flaw
    about: str
    lang: str = ""

    @property
    def stops(self) -> bool:
        return self.flaw in STOPS


# -- bytes -----------------------------------------------------------------------------------------------------------


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way in which a content is written, whatever the order in which its parts were gathered."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    """The SHA-256 of the bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


# -- what changed ----------------------------------------------------------------------------------------------------


def difference(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Change]:
    """What a content says otherwise than the one before it, figure by figure, in the order of their keys; nothing without one before."""
    if before is None:
        return []
    old, new = before["figures"], after["figures"]
    until = str(before["period"]["ends"])
    return [
        change for key in sorted(old.keys() | new.keys()) for change in _changes(key, old.get(key), new.get(key), until)
    ]


def _changes(key: str, old: Figure | None, new: Figure | None, until: str) -> Iterator[Change]:
    if new is None:
        yield Change(key, said(old or {}), "", Why.GONE)
    elif old is None:
        if said(new):
            yield Change(key, "", said(new), Why.LATE if _ended(new, until) else Why.NEW_PERIOD)
    else:
        if said(old) != said(new):
            yield Change(key, said(old), said(new), _why(old, new, until))
        if plain(old.get("target")) != plain(new.get("target")) and not _goes_on(new, until):
            yield Change(key, plain(old.get("target")), plain(new.get("target")), Why.TARGET)


def _why(old: Figure, new: Figure, until: str) -> Why:
    if bool(old.get("withheld")) != bool(new.get("withheld")):
        return Why.WITHHELD
    if not said(old):
        return Why.LATE if _ended(new, until) else Why.NEW_PERIOD
    if _goes_on(new, until):
        return Why.NEW_PERIOD
    return Why.CORRECTED if old.get("record") != new.get("record") else Why.RECOUNTED


def _goes_on(figure: Figure, until: str) -> bool:
    """Whether a figure runs from the beginning on, and now further than in the last report."""
    return bool(figure.get("running")) and not _ended(figure, until)


def _ended(figure: Figure, until: str) -> bool:
    """Whether the figure is of a time that the last report had covered already; a month or year ends with its last day."""
    ends = str(figure.get("ends") or "")
    return bool(ends) and last_day(ends) <= last_day(until)


def last_day(partial: str) -> str:
    """A partial date so that texts compare as their ends do: a year is over after its last month."""
    return (partial + "-99-99")[:10] if len(partial) < 10 else partial


def first_day(partial: str) -> str:
    """The same for beginnings."""
    return (partial + "-00-00")[:10] if len(partial) < 10 else partial


def meet(starts: str, ends: str, first: str, last: str) -> bool:
    """Whether two times that may be known to the year or month meet; one without a beginning or end is open there."""
    return (not ends or last_day(ends) >= first_day(first)) and (not starts or first_day(starts) <= last_day(last))


def lies_within(starts: str, ends: str, first: str, last: str) -> bool:
    """Whether a time lies wholly in another one."""
    return bool(starts and ends) and first_day(starts) >= first_day(first) and last_day(ends) <= last_day(last)


def said(figure: Figure) -> str:
    """What a figure says, in one way: a number, or words; empty where nothing is known or told."""
    if figure.get("withheld"):
        return "*"
    return plain(figure.get("value")) or str(figure.get("words") or "")


def plain(value: Any) -> str:
    """A number in one way, whoever wrote it: ``9500.00`` and ``9500`` are one."""
    text = "" if value is None else str(value)
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text


# -- small numbers ---------------------------------------------------------------------------------------------------


def tells_parts(numbers: Iterable[Decimal | int | None], threshold: int = SMALL) -> bool:
    """Whether the parts of a whole may be told: not where any of them is small, since the whole would give it away.

    All of them are then withheld together. Nought is not small: nobody is in it.
    """
    return all(number is None or number == 0 or number >= threshold for number in numbers)


# -- checks ----------------------------------------------------------------------------------------------------------


def findings(content: Mapping[str, Any], *, needs_words: Sequence[str], today: str) -> list[Finding]:
    """What stands between a draft and its approval, and what the report has to say aloud.

    ``needs_words`` are codes of sections that need words in every language of the report; ``today`` tells which periods are over.
    """
    return [
        *_of_figures(content["figures"], today),
        *_of_words(content, needs_words),
        *(Finding(Flaw.NO_CONSENT, code) for code in content.get("not_allowed", ())),
    ]


def _of_figures(figures: Mapping[str, Figure], today: str) -> Iterator[Finding]:
    for key, figure in sorted(figures.items()):
        if not said(figure):
            if figure.get("awaited") and last_day(str(figure.get("ends") or "")) < today:
                yield Finding(Flaw.NO_ACTUAL, key)
            continue
        if figure.get("unreleased"):
            yield Finding(Flaw.NOT_RELEASED, key)
        if not figure.get("source"):
            yield Finding(Flaw.NO_SOURCE, key)
        if figure.get("confirmed") is False:
            yield Finding(Flaw.NOT_CONFIRMED, key)


def _of_words(content: Mapping[str, Any], needs_words: Sequence[str]) -> Iterator[Finding]:
    """Sections without words: those that need them in every language, the others in the languages that they miss once one has them."""
    for section in content["sections"]:
        words = {lang for lang, text in section["words"].items() if text.strip()}
        if section["code"] in needs_words or words:
            yield from (
                Finding(Flaw.NO_WORDS, section["code"], lang) for lang in content["languages"] if lang not in words
            )
