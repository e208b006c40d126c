"""Numbers as they are printed: their value, what is not a number, and slips of the pen."""

import re
from dataclasses import dataclass
from decimal import Decimal

_SPACES = "\u00a0\u2009\u202f "
_DASHES = "-\u2212\u2013\u2014"
_MARKS = "'\u2019"
#: by decimal sign: a number with the other sign, spaces or marks between thousands
_NUMBERS = {
    ".": re.compile(rf"[{_DASHES}+]? ?(?:\d{{1,3}}(?:[,{_MARKS}{_SPACES}]\d{{3}})+|\d+)(?:\.\d+)?"),
    ",": re.compile(rf"[{_DASHES}+]? ?(?:\d{{1,3}}(?:[.{_MARKS}{_SPACES}]\d{{3}})+|\d+)(?:,\d+)?"),
}
#: slips: a dash that leads to the number or hangs on a word (no year, no time of a year), a space within a number
_SLIPS = (
    ("dash", re.compile(rf"^\s*[{_DASHES}]+\s*(?=\d)")),
    ("fused", re.compile(rf"(?<=[^\W\d])[{_DASHES}](?=\d)(?!(?:19|20)\d\d\b)")),
    ("space", re.compile(r"\d[.,]\s+\d{3}\b")),
)
#: what stands in a cell where there is no number
NOTHING = frozenset({
    "-", "\u2212", "\u2013", "\u2014", "--", "\u2026", "...", "..", ".", ":", "x", "\u0445", "n/a", "na", "n.a.", "n/d", "nd", "n.d.",
    "н/д", "н.д.", "нет", "нет данны\u0445", "м/н", "нест", "yoxdur", "m/y",
})  # fmt: skip
#: marks behind a number that lead to a note or say what it is
_BEHIND = re.compile(r"(?:\s*(?:[*\u2020\u2021\u00b9\u00b2\u00b3\u2070-\u2079]+|\([a-z*\d]{1,2}\)|\[\d{1,3}\]|[ep]))+$")
_ABOUT = re.compile(r"^(?:~|≈|ca\.?|ок\.)\s*")
_RANGE = re.compile(r"^(.*\d)\s*[\u2013\u2014-]\s*(\d.*)$")
_WORDS_ABOUT = re.compile(
    r"~|≈|\b(?:about|around|approximately|some|nearly|almost|close to|an estimated|more than|over|up to|as high as|roughly|ca"
    r"|около|примерно|порядка|почти|свыше|более|до"
    r"|təxminən|təqribən|yaxın|qədər|тақрибан|қариб|наздик|зиёда)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(rf"\d(?:[\d.,{_MARKS}{_SPACES}]*\d)?")
#: what is said to be about so many is within this of it
ABOUT = Decimal("0.05")
#: one, thousands, millions, milliards: what a printed number may be in
_SCALES = (0, 3, 6, 9)


class NotANumber(ValueError):
    """What is printed cannot be read as a number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``value`` is None where a sign for "nothing" stands; ``slack`` is half a step of the last digit that is printed."""

    value: Decimal | None
    slack: Decimal = Decimal(0)
    low: Decimal | None = None
    high: Decimal | None = None


def read_cell(printed: str, decimal: str = ".", nil: str = "") -> Reading:
    """The number in a cell; ``nil`` is the table's sign for nothing. NotANumber where it is neither."""
    text = printed.strip().removesuffix("%").rstrip(_SPACES)
    if text == nil.strip() or not text:
        return Reading(None)
    if not _NUMBERS[decimal].fullmatch(text):
        raise NotANumber(f"{printed!r} is no number with the decimal sign {decimal!r}")
    return Reading(number(text, decimal), step(text, decimal) / 2)


def read_loosely(printed: str, decimal: str = ".", nil: str = "") -> Reading:
    """A cell as an analyst reads it: signs for nothing that the table does not declare, marks of notes, *about* so many, a range."""
    try:
        return read_cell(printed, decimal, nil)
    except NotANumber:
        if printed.strip().casefold() in NOTHING:
            return Reading(None)
    text = _ABOUT.sub("", _BEHIND.sub("", printed.strip()))
    if ends := _RANGE.match(text):
        low, high = (read_cell(each, decimal).value for each in ends.groups())
        return Reading(None, low=low, high=high)
    return read_cell(text, decimal, nil)


def number(text: str, decimal: str = ".") -> Decimal:
    """The value of a printed number."""
    plain = "".join(each for each in text if each.isdecimal() or each == decimal).replace(decimal, ".")
    return -Decimal(plain) if text[0] in _DASHES else Decimal(plain)


def step(text: str, decimal: str = ".") -> Decimal:
    """What one more in the last printed digit is worth; noughts at the end are taken as counted."""
    after = text.partition(decimal)[2]
    return Decimal(1).scaleb(-len(after))


def slips(printed: str) -> tuple[str, ...]:
    """Codes of what is wrong in how a number is written: ``dash``, ``fused``, ``space``."""
    return tuple(code for code, slip in _SLIPS if slip.search(printed))


def printed_slack(printed: str, value: Decimal | None = None) -> Decimal:
    """Half a step of the last digit in which a text says ``value``, in whatever unit and with whatever signs; a number in words has none.

    What is said to be *about* so many is rounded to its last digit that is no nought.
    """
    about = bool(_WORDS_ABOUT.search(printed))
    for token in _TOKEN.findall(printed):
        for text, decimal in ((token, "."), (token, ",")):
            if (half := _half_step(text, decimal, value, about)) is not None:
                return half
    return Decimal(0)


def _half_step(text: str, decimal: str, value: Decimal | None, about: bool) -> Decimal | None:
    """Half a step where the text is the value in some unit."""
    if not _NUMBERS[decimal].fullmatch(text):
        return None
    said, half = number(text, decimal), step(text, decimal) / 2
    if value is None:
        return half
    scale = next((each for each in _SCALES if said.scaleb(each) == abs(value)), None)
    if scale is None:
        return None
    if about and value and value == value.to_integral():
        noughts = len(str(abs(int(value)))) - len(str(abs(int(value))).rstrip("0"))
        return max(half.scaleb(scale), min(Decimal(10) ** noughts / 2, ABOUT * abs(value)))
    return half.scaleb(scale)
