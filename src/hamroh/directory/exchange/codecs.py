"""How cells are read and written: each codec turns a text into a value and the value back into the same text."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override as speaking

from hamroh.directory.actions import ScheduleFacts
from hamroh.directory.exchange.lookups import CellRefused, concept_key, unit_key
from hamroh.web.texts import LANGUAGES

YES = {"yes", "y", "1", "true", "да", "ҳа", "бале", "bəli", "hə"}
NO = {"", "no", "n", "0", "false", "нет", "не", "xeyr", "yox"}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = re.compile(r"\s*[|;]\s*")
DAY_FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
WHEN = re.compile(
    r"(?P<days>[A-Z]{2}(?:\s*[-,]\s*[A-Z]{2})*)?(?P<date>\d{4}-\d\d-\d\d)?"
    r"(?:\s+(?P<opens>\d{1,2}:\d\d)\s*-\s*(?P<closes>\d{1,2}:\d\d))?"
    r"(?:\s+in\s+(?P<unit>[^@]+?))?(?:\s+at\s+(?P<location>\S+))?"
)


@dataclass(frozen=True)
class Codec:
    """``read`` raises CellRefused; ``show`` of what it read is the cell that an export writes.

    An empty cell takes the value away where ``clears``, and leaves a closed choice as it is.
    """

    read: Callable[[str], Any]
    show: Callable[[Any], str]
    clears: bool = True


def _number(text: str) -> int | None:
    if text and not (text.isdecimal() and len(text) < 10):
        raise CellRefused(_("Write a whole number."))
    return int(text) if text else None


def _yes(text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise CellRefused(_("Write yes or no."))
    return text.casefold() in YES


def _day(text: str) -> dt.date | None:
    for form in DAY_FORMS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    if text:
        raise CellRefused(_("Write a day as 2026-11-22."))
    return None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in PARTS.split(text.strip()) if part)


def _joined(values: Iterable[str]) -> str:
    return " | ".join(values)


def _each(read: Callable[[str], str], text: str) -> tuple[str, ...]:
    return tuple(map(read, _parts(text)))


TEXT = Codec(str.strip, str)
NUMBER = Codec(_number, lambda value: "" if value is None else str(value))
YES_NO = Codec(_yes, lambda value: "yes" if value else "no")
DAY = Codec(_day, lambda value: value.isoformat() if value else "")
LIST = Codec(_parts, _joined)
UNIT = Codec(unit_key, str)
UNITS = Codec(partial(_each, unit_key), _joined)
CONCEPTS = Codec(partial(_each, concept_key), _joined)


def choice(options: Any) -> Codec:
    """One of a closed list, by its value or its label in any language of the site."""

    def read(text: str) -> str:
        value = meant(options, text)
        if value is None:
            raise CellRefused(_("This is not one of the choices: %(all)s.") % {"all": ", ".join(options.values)})
        return value

    return Codec(read, str, clears=False)


def choices(options: Any) -> Codec:
    """Several of a closed list."""
    return Codec(partial(_each, choice(options).read), _joined)


def meant(options: Any, text: str) -> str | None:
    """The value of a choice that a text names by value or label; None for no choice."""
    typed = " ".join(text.casefold().split())
    if typed in options.values:
        return typed
    for lang in LANGUAGES:
        with speaking(lang):
            labels = {str(each.label).casefold(): str(each.value) for each in options}
        if typed in labels:
            return labels[typed]
    return None


def _schedules(text: str) -> tuple[ScheduleFacts, ...]:
    return tuple(map(_schedule, _parts(text)))


def _schedule(text: str) -> ScheduleFacts:
    found = WHEN.fullmatch(text.strip())
    if not found or not (found["days"] or found["date"]):
        raise CellRefused(_("Write opening hours as MO-FR 09:00-17:00 | 2026-12-01 10:00-12:00 in tj-kt-vakhsh."))
    try:
        return ScheduleFacts(
            days=_days(found["days"] or ""),
            date=dt.date.fromisoformat(found["date"]) if found["date"] else None,
            opens_at=_clock(found["opens"]),
            closes_at=_clock(found["closes"]),
            unit=unit_key(found["unit"] or ""),
            location=found["location"] or "",
        )
    except CellRefused:
        raise
    except ValueError:
        raise CellRefused(_("There is no such day or hour.")) from None


def _clock(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text.zfill(5)) if text else None


def _days(text: str) -> tuple[str, ...]:
    named: list[str] = []
    for part in text.replace(" ", "").split(","):
        first, _dash, last = part.partition("-")
        named += DAYS[DAYS.index(first) : DAYS.index(last or first) + 1] if first else ()
    return tuple(day for day in DAYS if day in named)


def _shown_schedules(rows: Iterable[ScheduleFacts]) -> str:
    return _joined(map(_shown_schedule, rows))


def _shown_schedule(row: ScheduleFacts) -> str:
    when = row.date.isoformat() if row.date else ",".join(row.days)
    hours = f"{row.opens_at:%H:%M}-{row.closes_at:%H:%M}" if row.opens_at and row.closes_at else ""
    where = [f"in {row.unit}" if row.unit else "", f"at {row.location}" if row.location else ""]
    return " ".join(filter(None, (when, hours, *where)))


SCHEDULES = Codec(_schedules, _shown_schedules)
