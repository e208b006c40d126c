"""What rules say in numbers and codes: the types of parameters, and reading them from a table.

A cell is ``name=value; name=value``; ``?`` is a value that the law has and nobody saw, read as None.
"""

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from hamroh.kernel.datafiles import rows
from hamroh.kernel.law.dates import PartialDate

TABLE = "law/parameters.csv"
UNKNOWN = "?"
#: units of parameters from which a day can be counted, and how many months they are; 0 counts days
PERIODS = {"days": 0, "months": 1, "years": 12}
#: no law has a longer period; what is longer was mistyped
LONGEST = {"days": 36_600, "months": 1_200, "years": 100}
#: no law names a larger whole number, or a larger sum, or one that is finer
MOST, MOST_DIGITS, FINEST = 10_000_000, 13, -6
_CODE = re.compile(r"[A-Za-z0-9_]+")
_STATE = re.compile(r"[A-Z]{2}")

Value = (
    None
    | bool
    | int
    | str
    | Decimal
    | Fraction
    | PartialDate
    | dt.date
    | tuple[str, ...]
    | tuple[int, ...]
    | tuple[dt.date, ...]
    | dict[str, dt.date]
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A parameter: its type, the unit in which it counts and what it means, in English."""

    name: str
    type: str
    unit: str
    means: str


@functools.cache
def kinds() -> Mapping[str, Kind]:
    """The parameters that a rule may have, by name."""
    return {row["name"]: Kind(**row) for row in rows(TABLE)}


def read_parameters(cell: str) -> dict[str, Value]:
    """The parameters of a cell; ValueError says which one cannot be read and why."""
    found: dict[str, Value] = {}
    for part in filter(None, (each.strip() for each in cell.split(";"))):
        name, equals, text = part.partition("=")
        if not equals or name not in kinds():
            raise ValueError(f"parameter {part!r} is none of {TABLE}")
        if name in found:
            raise ValueError(f"parameter {name} stands twice")
        found[name] = _read(kinds()[name], text.strip())
    return found


def _read(kind: Kind, text: str) -> Value:
    if text == UNKNOWN:
        return None
    try:
        return _bounded(_READERS[kind.type](text), LONGEST.get(kind.unit, MOST))
    except (ValueError, InvalidOperation, ZeroDivisionError) as fault:
        raise ValueError(f"parameter {kind.name}: {text!r} is no {kind.type}") from fault


def _bounded(value: Value, most: int) -> Value:
    if isinstance(value, int) and value > most:
        raise ValueError(value)
    return value


def _share(text: str) -> Fraction:
    share = Fraction(text)
    if not 0 < share <= 1:
        raise ValueError(text)
    return share


def _amount(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite() or amount < 0 or amount.adjusted() >= MOST_DIGITS:
        raise ValueError(text)
    if int(amount.as_tuple().exponent) < FINEST:
        raise ValueError(text)
    return amount


def _percent(text: str) -> Decimal:
    percent = _amount(text)
    if percent > 100:
        raise ValueError(text)
    return percent


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _range(text: str) -> tuple[int, ...]:
    bounds = tuple(map(_number, text.split()))
    if len(bounds) not in (1, 2) or bounds[0] > bounds[-1]:
        raise ValueError(text)
    return bounds


def _dates(text: str) -> tuple[dt.date, ...]:
    first, last = map(dt.date.fromisoformat, text.split())
    if first > last:
        raise ValueError(text)
    return first, last


def _flag(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(text)
    return text == "yes"


def _words(pattern: re.Pattern[str]) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        return tuple(_word(pattern)(word) for word in text.split() or [""])

    return read


def _word(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return text

    return read


def _by_state(text: str) -> dict[str, dt.date]:
    pairs = (each.split(":", 1) for each in text.split())
    return {_word(_STATE)(state): dt.date.fromisoformat(day) for state, day in pairs}


_READERS: Mapping[str, Callable[[str], Value]] = {
    "share": _share,
    "percent": _percent,
    "amount": _amount,
    "number": _number,
    "range": _range,
    "date": dt.date.fromisoformat,
    "partial": PartialDate.of,
    "dates": _dates,
    "by_state": _by_state,
    "code": _word(_CODE),
    "codes": _words(_CODE),
    "state": _word(_STATE),
    "states": _words(_STATE),
    "flag": _flag,
    "text": str,
}
