"""Records of all rooms as one list, by pages that stay in place while records change."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from hamroh.site.oai.asking import Asked, Unanswerable
from hamroh.site.oai.tokens import Place, moment, place_of
from hamroh.web.oai import Offered, Shelf, Texts, Wanted

#: records of one answer
PAGE = 100


@dataclass(frozen=True)
class Listed:
    """One page: each record with its room, how many came before, how many there are, and where it goes on (None at the end)."""

    records: Sequence[tuple[str, Offered]]
    before: int
    total: int
    onward: Place | None
    resumed: bool


@cache
def shelves() -> tuple[Shelf, ...]:
    """What the rooms offer, in the order of the settings."""
    return tuple(import_string(each) for each in settings.OAI_PRODUCERS)


def sets() -> dict[str, Texts]:
    """Everything that may be asked for by name."""
    return {name: texts for shelf in shelves() for name, texts in shelf.sets().items()}


def earliest() -> dt.datetime | None:
    return min(filter(None, (shelf.earliest() for shelf in shelves())), default=None)


def single(identifier: str) -> tuple[str, Offered] | None:
    """The record that an identifier of ours names."""
    if not identifier.startswith(f"{_prefix()}:"):
        return None
    room, _stroke, key = identifier.removeprefix(f"{_prefix()}:").partition("/")
    shelf = next((each for each in shelves() if each.room == room), None)
    found = shelf.single(key) if shelf and key else None
    return (room, found) if found else None


def identifier_of(room: str, key: str) -> str:
    return f"{_prefix()}:{room}/{key}"


def _prefix() -> str:
    return f"oai:{domain()}"


def domain() -> str:
    """The name under which this installation gives out identifiers: that of its public address."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def listed(question: Asked, *, described: bool) -> Listed:
    """The page that a question asks for; raises Unanswerable where there is none."""
    place = place_of(question.token, question.verb) if question.token else None
    start = place or _start(question)
    wanted = Wanted(moment(start.since), moment(start.until), start.only_set, described=described)
    total = start.total if place else sum(shelf.counted(wanted) for shelf in shelves())
    records, more = _page(start, wanted)
    if not records and not place:
        raise Unanswerable("noRecordsMatch", "Nothing answers to that.")
    onward = _onward(replace(start, total=total), records) if more else None
    return Listed(records, start.given, total, onward, resumed=place is not None)


def _start(question: Asked) -> Place:
    since, until = (each.isoformat() if each else "" for each in (question.since, question.until))
    return Place(question.verb, question.prefix, "", "", "", 0, 0, since, until, question.only_set)


def _page(start: Place, wanted: Wanted) -> tuple[list[tuple[str, Offered]], bool]:
    """Records from the place on, through the rooms in turn, and whether there are more."""
    found: list[tuple[str, Offered]] = []
    names = [shelf.room for shelf in shelves()]
    begin = names.index(start.room) if start.room in names else 0
    for shelf in shelves()[begin:]:
        after = start.after if shelf.room == start.room else None
        rows = shelf.offered(replace(wanted, after=after, most=PAGE + 1 - len(found)))
        found += [(shelf.room, each) for each in rows]
        if len(found) > PAGE:
            return found[:PAGE], True
    return found, False


def _onward(start: Place, records: Sequence[tuple[str, Offered]]) -> Place:
    room, last = records[-1]
    return replace(start, room=room, stamp=last.stamp.isoformat(), key=last.key, given=start.given + len(records))
