"""What stands in a cell of statistics: a number, a range, a sign for nothing, marks of notes; and times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hamroh.kernel.figures.periods import Period
from hamroh.kernel.figures.reading import NotANumber, read_cell

#: signs for nothing, and what they mean where the file does not say
NOTHING: Mapping[str, str] = {
    "": "O", "..": "O", "…": "O", "...": "O", ":": "O", "n/a": "O", "na": "O", "n.a.": "O", "nan": "O", "null": "O", "none": "O",
    "-": "N", "–": "N", "—": "N", "*": "Q", "x": "M",
}  # fmt: skip
#: letters that statistics hang on a number (Eurostat's), as observation status
_LETTERS: Mapping[str, str] = {"b": "B", "c": "Q", "d": "D", "e": "E", "f": "F", "i": "I", "p": "P", "u": "U"}
_QUALIFIERS = (
    ("<=", re.compile(r"^(?:≤|<=|up to|at most|до|tədrən|max\.?)\s*", re.IGNORECASE)),
    (">=", re.compile(r"^(?:≥|>=|at least|from|не менее|min\.?)\s*", re.IGNORECASE)),
    ("<", re.compile(r"^(?:<|below|under|less than|менее)\s*", re.IGNORECASE)),
    (">", re.compile(r"^(?:>|above|over|more than|более|свыше)\s*", re.IGNORECASE)),
    ("~", re.compile(r"^(?:~|≈|about|around|circa|ca?\.|около|təxminən|тақрибан)\s*", re.IGNORECASE)),
)
_MARK = re.compile(r"(?<=[\d%])\s*(?:([*†‡]+|[¹²³⁰⁴-⁹]+)|\(?([a-z0-9]{1,2})\)|\[([a-z0-9]{1,2})\]|\s?([bcdefipu]))$")
_RANGE = re.compile(r"^([\d., \u00a0\u202f]*\d)\s*[-–—]\s*(\d[\d., \u00a0\u202f]*)$")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
#: the database keeps so many digits behind the point and before it
_STEP, _MOST = Decimal("0.000001"), Decimal(10) ** 17


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says; ``mark`` is the sign of a note beside the number."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: str = ""
    missing: str = ""
    flags: tuple[str, ...] = ()
    mark: str = ""


class Unreadable(ValueError):
    """It is neither a number nor a sign for nothing."""


def machine_value(text: str, nothing: Mapping[str, str]) -> Said:
    """The number of a file that a program wrote: a point before fractions, no thousands."""
    text = text.strip()
    if text.casefold() in nothing:
        return Said(missing=nothing[text.casefold()])
    if not _PLAIN.fullmatch(text):
        raise Unreadable(text)
    return Said(value=_fitting(text))


def printed_value(text: str, nothing: Mapping[str, str], decimal: str) -> Said:
    """The number of a table that people read: thousands apart, ranges, words such as *about*, marks of notes."""
    text = text.strip()
    if text.casefold() in nothing:
        return Said(missing=nothing[text.casefold()])
    bare, mark, flags = _unmarked(text)
    if found := _RANGE.match(bare):
        low, high = (_number(each, decimal) for each in found.groups())
        return Said(low=low, high=high, flags=flags, mark=mark)
    for code, pattern in _QUALIFIERS:
        if (found := pattern.match(bare)) and bare[found.end() :][:1].isdigit():
            return _qualified(code, _number(bare[found.end() :], decimal), flags, mark)
    return Said(value=_number(bare, decimal), flags=flags, mark=mark)


def _qualified(code: str, value: Decimal, flags: tuple[str, ...], mark: str) -> Said:
    return Said(value=value, qualifier=code, flags=flags, mark=mark)


def _unmarked(text: str) -> tuple[str, str, tuple[str, ...]]:
    found = _MARK.search(text)
    if not found:
        return text, "", ()
    letter = found[4] or (found[2] or found[3] or "")
    flags = (_LETTERS[letter],) if letter in _LETTERS else ()
    return text[: found.start()].rstrip(), found[0].strip(), flags


def _number(text: str, decimal: str) -> Decimal:
    try:
        found = read_cell(text, decimal).value
    except NotANumber:
        if _PLAIN.fullmatch(text.strip()) and decimal == ".":
            return _fitting(text.strip())
        raise Unreadable(text) from None
    if found is None:
        raise Unreadable(text)
    return _fitting(str(found))


def _fitting(text: str) -> Decimal:
    """The number as it is kept; what a binary fraction leaves behind the sixth digit is no part of it."""
    try:
        value = Decimal(text)
        if abs(value) >= _MOST:
            raise Unreadable(text)
        kept = value.quantize(_STEP)
    except InvalidOperation:
        raise Unreadable(text) from None
    return kept.normalize() + 0 if kept else Decimal(0)


def plain(value: Decimal) -> str:
    """A number without noughts behind its point and without powers."""
    return f"{value.normalize():f}" if value else "0"


def decimal_sign(texts: list[str]) -> str:
    """Which sign parts fractions in a table, by its numbers; a point where nothing tells."""
    commas = sum(bool(re.fullmatch(r"[+-]?[\d \u00a0\u202f.]*\d,(?:\d{1,2}|\d{4,})", each)) for each in texts)
    points = sum(bool(re.fullmatch(r"[+-]?[\d \u00a0\u202f,]*\d\.(?:\d{1,2}|\d{4,})", each)) for each in texts)
    return "," if commas > points else "."


_PERIODS = (
    (re.compile(r"(\d{4})(?:\.0+)?"), r"\1"),
    (re.compile(r"(?:YR|FY)?\s*(\d{4})\s*(?:\[YR\d{4}\])?"), r"\1"),
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?"), r"\1-\2-\3"),
    (re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})"), r"\3-\2-\1"),
    (re.compile(r"(\d{4})[-M](\d{2})"), r"\1-\2"),
    (re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})"), r"\1/\2"),
    (re.compile(r"(\d{4}(?:-\d{2}){0,2})/(\d{4}(?:-\d{2}){0,2})"), r"\1/\2"),
    (re.compile(r"(\.\.)/(\d{4}(?:-\d{2}){0,2})"), r"\1/\2"),
)
#: signs of notes behind a year
_RAISED = re.compile(r"\s*[*†‡¹²³⁰⁴-⁹]+$")
_QUARTER = re.compile(r"(\d{4})-?([QS])([1-4])")
_LENGTH = {"Q": 3, "S": 6}


def read_period(text: str) -> str | None:
    """A time as ISO text; None where the text is none. ``1990.0``, ``1990 [YR1990]``, ``2006-Q1``, ``31.12.2006`` are read."""
    text = _RAISED.sub("", text.strip())
    if found := _QUARTER.fullmatch(text):
        months = _LENGTH[found[2]]
        first = months * (int(found[3]) - 1) + 1
        return f"{found[1]}-{first:02}/{found[1]}-{first + months - 1:02}" if first <= 12 else None
    for pattern, form in _PERIODS:
        if found := pattern.fullmatch(text):
            return _valid("-".join(each.zfill(2) for each in found.expand(form).split("-")))
    return None


def _valid(text: str) -> str | None:
    try:
        period = Period.read(text)
    except ValueError:
        return None
    return text if 1500 <= period.year <= 2200 else None
