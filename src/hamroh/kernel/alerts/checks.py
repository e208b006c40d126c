"""What is wrong with an alert: what the standard says and its schema cannot, and what readers of feeds rely on."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import pairwise

from hamroh.kernel.alerts.facts import (
    CATEGORIES,
    CERTAINTIES,
    MESSAGE_TYPES,
    RESPONSES,
    SCOPES,
    SEVERITIES,
    STATUSES,
    URGENCIES,
    Area,
    Info,
    Message,
    reference,
)

#: not for a headline on a telephone beyond this
LONG_HEADLINE = 160
#: points of a polygon and messages that one refers to: more is a mistake or an attack
MOST_POINTS, MOST_REFERENCES = 5_000, 50
#: half way round the earth, in km
WIDEST = 20_037.0
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d", re.ASCII)
_NAME = re.compile(r"[^\s,<&]+")
_LANG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
_UNSAYABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WEB = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: by code, where (an element, with the language of its block), and whether it must be put right."""

    code: str
    where: str
    must: bool = True


def check(message: Message, now: dt.datetime | None = None) -> list[Fault]:
    """Everything that is wrong with a message; with ``now`` also whether it is over already."""
    found = [*_envelope(message), *_references(message), *_infos(message)]
    for at, info in enumerate(message.infos):
        name = info.lang or str(at + 1)
        found += [Fault(each.code, f"{each.where} ({name})", each.must) for each in _info(info, message, now)]
    return found


def moment_of(text: str) -> dt.datetime | None:
    """The moment that a text of the standard's form says; None for any other text."""
    if not _TIME.fullmatch(text):
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _envelope(message: Message) -> Iterator[Fault]:
    for name in ("identifier", "sender"):
        value = getattr(message, name)
        if not value:
            yield Fault("missing", name)
        elif not _NAME.fullmatch(value):
            yield Fault("name", name)
    yield from _time(message.sent, "sent", needed=True)
    yield from _known(message.status, STATUSES, "status")
    yield from _known(message.kind, MESSAGE_TYPES, "msgType")
    yield from _known(message.scope, SCOPES, "scope")
    if message.scope == "Restricted" and not message.restriction:
        yield Fault("missing", "restriction")
    if message.scope == "Private" and not message.addresses:
        yield Fault("missing", "addresses")
    if message.status == "Exercise" and not message.note:
        yield Fault("exercise_note", "note")
    yield from _sayable(message)


def _references(message: Message) -> Iterator[Fault]:
    if message.kind in ("Update", "Cancel", "Ack", "Error") and not message.references:
        yield Fault("refers_to_nothing", "references")
    if len(message.references) > MOST_REFERENCES:
        yield Fault("too_many", "references")
    for each in message.references:
        parts = each.split(",")
        if len(parts) != 3 or not all(map(_NAME.fullmatch, parts[:2])) or moment_of(parts[2]) is None:
            yield Fault("reference", "references")
        elif each == reference(message) or parts[1] == message.identifier:
            yield Fault("refers_to_itself", "references")
        elif (sent := moment_of(message.sent)) and (then := moment_of(parts[2])) and then > sent:
            yield Fault("refers_ahead", "references")


def _infos(message: Message) -> Iterator[Fault]:
    if not message.infos and message.kind in ("Alert", "Update"):
        yield Fault("no_info", "info")
    langs = [info.lang.casefold() for info in message.infos]
    for lang in sorted({each for each in langs if langs.count(each) > 1}):
        yield Fault("language_twice", f"language ({lang})")
    for name in ("categories", "urgency", "severity", "certainty", "expires"):
        if len({getattr(info, name) for info in message.infos}) > 1:
            yield Fault("languages_differ", {"categories": "category"}.get(name, name))


def _info(info: Info, message: Message, now: dt.datetime | None) -> Iterator[Fault]:
    if not _LANG.fullmatch(info.lang):
        yield Fault("language", "language")
    if not info.categories:
        yield Fault("missing", "category")
    for each in info.categories:
        yield from _known(each, CATEGORIES, "category")
    for each in info.responses:
        yield from _known(each, RESPONSES, "responseType")
    for name, known in (("urgency", URGENCIES), ("severity", SEVERITIES), ("certainty", CERTAINTIES)):
        yield from _known(getattr(info, name), known, name)
    yield from _texts(info, message)
    yield from _sayable(info)
    yield from _times(info, message, now)
    yield from _areas(info, message)


def _texts(info: Info, message: Message) -> Iterator[Fault]:
    if not info.event.strip():
        yield Fault("missing", "event")
    for name in ("headline", "description") if message.kind != "Cancel" else ("headline",):
        if not getattr(info, name).strip():
            yield Fault("missing", name, must=False)
    if len(info.headline) > LONG_HEADLINE:
        yield Fault("long", "headline", must=False)
    if info.web and not _WEB.fullmatch(info.web):
        yield Fault("web", "web")


def _times(info: Info, message: Message, now: dt.datetime | None) -> Iterator[Fault]:
    for name in ("effective", "onset", "expires"):
        yield from _time(getattr(info, name), name)
    if not info.expires:
        yield Fault("no_end", "expires")
        return
    begins, ends = moment_of(info.effective or message.sent), moment_of(info.expires)
    sent, onset = moment_of(message.sent), moment_of(info.onset)
    if ends is None:
        return
    if any(each is not None and ends <= each for each in (begins, sent)):
        yield Fault("ends_early", "expires")
    if onset is not None and onset > ends:
        yield Fault("ends_before_onset", "onset")
    if now is not None and ends <= now:
        yield Fault("over", "expires")


def _areas(info: Info, message: Message) -> Iterator[Fault]:
    if not info.areas and message.kind in ("Alert", "Update"):
        yield Fault("no_area", "area")
    for area in info.areas:
        yield from _area(area)


def _area(area: Area) -> Iterator[Fault]:
    if not area.words.strip():
        yield Fault("area_words", "areaDesc")
    for polygon in area.polygons:
        yield from _polygon(polygon)
    for circle in area.circles:
        yield from _circle(circle)
    if any(not name.strip() or not value.strip() for name, value in area.codes):
        yield Fault("code", "geocode")
    yield from _sayable(area)


def _polygon(text: str) -> Iterator[Fault]:
    points = text.split()
    read = [_point(each) for each in points]
    if any(each is None for each in read):
        yield Fault("polygon_form" if not all(map(_pair, points)) else "coordinate", "polygon")
    elif len(points) < 4:
        yield Fault("polygon_short", "polygon")
    elif len(points) > MOST_POINTS:
        yield Fault("too_many", "polygon")
    elif read[0] != read[-1]:
        yield Fault("polygon_open", "polygon")
    elif len(set(read)) < 3 or all(one == other for one, other in pairwise(read)):
        yield Fault("polygon_short", "polygon")


def _circle(text: str) -> Iterator[Fault]:
    parts = text.split(" ")
    if len(parts) != 2 or not _pair(parts[0]) or not _NUMBER.fullmatch(parts[1]):
        yield Fault("circle_form", "circle")
    elif _point(parts[0]) is None:
        yield Fault("coordinate", "circle")
    elif not 0 <= float(parts[1]) <= WIDEST:
        yield Fault("radius", "circle")


def _pair(text: str) -> bool:
    parts = text.split(",")
    return len(parts) == 2 and all(map(_NUMBER.fullmatch, parts))


def _point(text: str) -> tuple[float, float] | None:
    """A point on the earth; None for any other text."""
    if not _pair(text):
        return None
    latitude, longitude = map(float, text.split(","))
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _known(value: str, known: tuple[str, ...], where: str) -> Iterator[Fault]:
    if not value:
        yield Fault("missing", where)
    elif value not in known:
        yield Fault("unknown", where)


def _time(text: str, where: str, *, needed: bool = False) -> Iterator[Fault]:
    if not text:
        if needed:
            yield Fault("missing", where)
    elif text.endswith("Z"):
        yield Fault("time_z", where)
    elif moment_of(text) is None:
        yield Fault("time", where)


def _sayable(of: Message | Info | Area) -> Iterator[Fault]:
    """Signs that XML cannot say."""
    for each in fields(of):
        value = getattr(of, each.name)
        if isinstance(value, str) and _UNSAYABLE.search(value):
            yield Fault("unsayable", each.name)
