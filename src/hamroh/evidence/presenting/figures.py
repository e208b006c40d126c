"""A figure of a manifest in the reader's words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from hamroh.evidence.models import Flag, Missing
from hamroh.evidence.presenting.naming import number_words, unit_words
from hamroh.evidence.presenting.page import Number

_DASH = "\N{EN DASH}"
#: what stands where no number does
_SIGNS = {"O": "…", "L": "…", "M": "×", "Q": "c"}
#: flags that need no words
_PLAIN = ("A",)
_PER_CENT = {"en": "%", "az": "%", "ru": "\N{NO-BREAK SPACE}%", "tg": "\N{NO-BREAK SPACE}%"}
Figure = Mapping[str, Any]


def in_table(code: str, figure: Figure, lang: str, scale: int, least: int = 0) -> Number:
    """A cell: the bare number on the scale of its table with as many digits behind the point as its neighbours, a sign where there is none."""
    return _number(code, figure, lang, _bare(figure, lang, scale, least) or _sign(figure), 0)


def in_prose(code: str, figure: Figure, lang: str, note: int = 0) -> Number:
    """A figure within a sentence: millions in words, a percentage with its sign, no other unit; that is for the sentence to say."""
    scale = int(figure.get("thousands") or 0)
    scale = scale if scale >= 6 else 0
    text = _bare(figure, lang, scale)
    if text and figure["unit"] == "%":
        text += _PER_CENT[lang]
    return _number(code, figure, lang, text + _power(scale, lang) if text else _sign(figure), note)


def alone(code: str, figure: Figure, lang: str, note: int = 0) -> Number:
    """A figure by itself, with its unit."""
    said = in_prose(code, figure, lang, note)
    unit = unit_words(figure["unit"], lang) if figure["unit"] not in ("", "%") and not said.missing else ""
    return _number(code, figure, lang, f"{said.text} {unit}".strip(), note)


def amount(figure: Figure, name: str = "value") -> Decimal | None:
    """A number of a figure."""
    return None if figure[name] is None else Decimal(figure[name])


def _number(code: str, figure: Figure, lang: str, text: str, note: int) -> Number:
    flags = tuple(each for each in figure["flags"] if each not in _PLAIN)
    with override(lang):
        marks = tuple(_word(Flag(each).label) for each in flags if each in Flag.values)
        missing = _word(Missing(figure["missing"]).label) if figure["missing"] else ""
    return Number(code, text, note, flags, marks, missing)


def _word(label: str | Promise) -> str:
    return str(label)


def _bare(figure: Figure, lang: str, scale: int, least: int = 0) -> str:
    """The number, or from the least to the most, without a unit."""
    value, low, high = (amount(figure, name) for name in ("value", "low", "high"))
    if value is not None:
        return _qualified(figure["qualifier"], number_words(value.scaleb(-scale), lang, least), lang)
    if low is not None and high is not None:
        return f"{number_words(low.scaleb(-scale), lang, least)}{_DASH}{number_words(high.scaleb(-scale), lang, least)}"
    one = low if low is not None else high
    if one is None:
        return ""
    return _qualified(">=" if low is not None else "<=", number_words(one.scaleb(-scale), lang, least), lang)


def _qualified(qualifier: str, number: str, lang: str) -> str:
    if not qualifier:
        return number
    with override(lang):
        said = {
            "~": pgettext("a figure", "about %s"), "<": pgettext("a figure", "below %s"), ">": pgettext("a figure", "above %s"),
            "<=": pgettext("a figure", "up to %s"), ">=": pgettext("a figure", "at least %s"),
        }  # fmt: skip
        return said[qualifier] % number if qualifier in said else number


def _power(scale: int, lang: str) -> str:
    with override(lang):
        words = {6: _("million"), 9: _("billion")}
        return f"\N{NO-BREAK SPACE}{words[scale]}" if scale in words else ""


def _sign(figure: Figure) -> str:
    return _SIGNS.get(figure["missing"]) or figure["printed"].strip() or _DASH
