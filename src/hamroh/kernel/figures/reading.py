"""Numbers as they are printed: their value, what is not a number, and slips of the pen."""

import re
from dataclasses import dataclass
from decimal import Decimal

_SPACES = "\u00a0\u2009\u202f "
_DASHES = "-\u2212\u2013\u2014"
#: by decimal sign: a number with the other sign, or spaces, between thousands
_NUMBERS = {
    ".": re.compile(rf"[{_DASHES}+]? ?(?:\d{{1,3}}(?:[,{_SPACES}]\d{{3}})+|\d+)(?:\.\d+)?"),
    ",": re.compile(rf"[{_DASHES}+]? ?(?:\d{{1,3}}(?:[.{_SPACES}]\d{{3}})+|\d+)(?:,\d+)?"),
}
#: slips: a dash that leads to the number or hangs on a word, a space within a number
_SLIPS = (
    ("dash", re.compile(rf"^\s*[{_DASHES}]+\s*(?=\d)")),
    ("fused", re.compile(rf"(?<=[^\W\d])[{_DASHES}](?=\d)")),
    ("space", re.compile(r"\d,\s+\d{3}\b")),
)


class NotANumber(ValueError):
    """What is printed cannot be read as a number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``value`` is None where a sign for "nothing" stands; ``slack`` is half a step of the last digit that is printed."""

    value: Decimal | None
    slack: Decimal = Decimal(0)


def read_cell(printed: str, decimal: str = ".", nil: str = "") -> Reading:
    """The number in a cell; ``nil`` is the table's sign for nothing. NotANumber where it is neither."""
    text = printed.strip().removesuffix("%").rstrip(_SPACES)
    if text == nil.strip() or not text:
        return Reading(None)
    if not _NUMBERS[decimal].fullmatch(text):
        raise NotANumber(f"{printed!r} is no number with the decimal sign {decimal!r}")
    return Reading(number(text, decimal), step(text, decimal) / 2)


def number(text: str, decimal: str = ".") -> Decimal:
    """The value of a printed number."""
    plain = "".join(each for each in text if each.isdigit() or each == decimal).replace(decimal, ".")
    return -Decimal(plain) if text[0] in _DASHES else Decimal(plain)


def step(text: str, decimal: str = ".") -> Decimal:
    """What one more in the last printed digit is worth; noughts at the end are taken as counted."""
    after = text.partition(decimal)[2]
    return Decimal(1).scaleb(-len(after))


def slips(printed: str) -> tuple[str, ...]:
    """Codes of what is wrong in how a number is written: ``dash``, ``fused``, ``space``."""
    return tuple(code for code, slip in _SLIPS if slip.search(printed))


def printed_slack(printed: str) -> Decimal:
    """Half a step of the last digit of the first number in a text; a number in words has none."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", printed)
    if found is None:
        return Decimal(0)
    half = step(found[0]) / 2
    return half * 10**6 if "million" in printed else half
