"""The timeline of a case: each part of the room tells its moments, and they are read as one story."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from hamroh.accounts.policy import Decision
from hamroh.cases.models import Case


@dataclass(frozen=True)
class Moment:
    """Something that happened: when, in a sentence, with words that were opened for it where it has any."""

    on: dt.date
    said: str
    words: str = ""
    href: str = ""


Teller = Callable[[Any, Case, Decision], Iterable[Moment]]
_tellers: list[Teller] = []


def declare(teller: Teller) -> None:
    """Called when the room is loaded."""
    if teller not in _tellers:
        _tellers.append(teller)


def of(actor: Any, case: Case, decision: Decision) -> list[Moment]:
    """Everything that happened in a case, the newest first."""
    told = [moment for teller in _tellers for moment in teller(actor, case, decision)]
    return sorted(told, key=lambda moment: moment.on, reverse=True)
