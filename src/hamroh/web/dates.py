"""Dates and numbers as each language writes them."""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date

NBSP = "\N{NO-BREAK SPACE}"
#: Babel knows no Tajik month; a month takes the izofat before a year or after a day: 12 ноябри 2026.
TAJIK_MONTHS = (
    *("январи", "феврали", "марти", "апрели", "майи", "июни"),
    *("июли", "августи", "сентябри", "октябри", "ноябри", "декабри"),
)
TAJIK_WEEKDAYS = ("душанбе", "сешанбе", "чоршанбе", "панҷшанбе", "ҷумъа", "шанбе", "якшанбе")


def day(value: date, lang: str) -> str:
    """12 November 2026, 12 noyabr 2026, 12 ноября 2026, 12 ноябри 2026."""
    return f"{day_month(value, lang)} {value.year}"


def day_month(value: date, lang: str) -> str:
    """12 November, for dates within the year that is meant."""
    if lang == "tg":
        return f"{value.day}{NBSP}{TAJIK_MONTHS[value.month - 1]}"
    return f"{value.day}{NBSP}{format_date(value, 'MMMM', lang)}"


def month(value: date, lang: str) -> str:
    """November 2026, for a date that is known to the month only."""
    if lang == "tg":
        return f"{TAJIK_MONTHS[value.month - 1]} {value.year}"
    return f"{format_date(value, 'LLLL', lang)} {value.year}"


def partial(value: str, lang: str) -> str:
    """A date that may be known to the year (``2019``), the month (``2019-04``) or the day (``2019-04-02``)."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    whole = date(*[*parts, 1][:3])
    return day(whole, lang) if len(parts) == 3 else month(whole, lang)


def weekday(number: int, lang: str) -> str:
    """The name of a weekday; Monday is 0."""
    if lang == "tg":
        return TAJIK_WEEKDAYS[number]
    return format_date(date(2024, 1, 1 + number), "cccc", lang)


def moment(value: datetime, lang: str) -> str:
    """A day with the time of the clock: 12 November 2026, 14:05."""
    return f"{day(value.date(), lang)}, {value:%H:%M}"


def number(value: float | Decimal, lang: str, places: int | None = None) -> str:
    """6,300.5 in English; 6 300,5 in the three others. ``places`` fixes the digits after the point."""
    plain = f"{value:,.{places}f}" if places is not None else f"{value:,}"
    return plain if lang == "en" else plain.replace(".", ";").replace(",", NBSP).replace(";", ",")
