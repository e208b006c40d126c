"""Signs that somebody searches to learn who is sought, and not to help: read from when she searched for whom. No clock.

A sign stops her until a supervisor has looked. It proves nothing: who works through a list in one evening shows one, too.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """What a supervisor is told."""

    AGAIN = "again"
    SILENT = "silent"
    RUSH = "rush"
    HOURS = "hours"


#: the same request so often within the span, answered or not
AGAIN = 4
#: so many requests within the span that she searched with and never answered
SILENT = 8
#: so many searches within a few minutes
RUSH, MINUTES = 6, dt.timedelta(minutes=10)
#: so many searches within the span at hours when nobody is expected at a desk
HOURS = 3
SPAN = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Looked:
    """One search of a person: for which request, when, whether outside hours, and whether she answered the request since."""

    about: str
    at: dt.datetime
    outside: bool = False
    answered: bool = False


def signs(searches: Sequence[Looked], now: dt.datetime) -> tuple[Sign, ...]:
    """The signs in somebody's searches, the one that she begins now among them; what a supervisor looked at already is left out by who asks.

    >>> at = dt.datetime(2026, 11, 23, 10)
    >>> signs([Looked("a", at)], at), signs([Looked("a", at)] * 4, at)
    ((), (<Sign.AGAIN: 'again'>,))
    """
    recent = [each for each in searches if each.at > now - SPAN]
    found = {
        Sign.AGAIN: max(Counter(each.about for each in recent).values(), default=0) >= AGAIN,
        Sign.SILENT: len({each.about for each in recent if not each.answered}) >= SILENT,
        Sign.RUSH: sum(each.at > now - MINUTES for each in recent) >= RUSH,
        Sign.HOURS: sum(each.outside for each in recent) >= HOURS,
    }
    return tuple(sign for sign, shows in found.items() if shows)
