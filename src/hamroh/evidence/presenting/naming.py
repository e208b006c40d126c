"""Places, times, numbers and units in the reader's language."""

import re
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import format_decimal
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from hamroh.web import dates

_DASH = "\N{EN DASH}"
_FORM = "#,##0.######"
_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}")


@cache
def area_name(code: str, lang: str) -> str:
    """A country by its ISO 3166 alpha-3 code, the world by ``WLD``; another code stays as it is."""
    if code == "WLD":
        with override(lang):
            return _("The world")
    short = get_global("territory_aliases").get(code, [code])[0]
    return str(Locale.parse(lang).territories.get(short, code))


def number_words(value: Decimal | int | None, lang: str) -> str:
    """A number as the language writes it, without noughts behind its point; a true minus before it."""
    return "" if value is None else format_decimal(value, _FORM, locale=lang).replace("-", "\N{MINUS SIGN}")


def period_words(text: str, lang: str) -> str:
    """``2006``, ``2006-12-31``, ``2004/2007`` or ``../2005`` in words; what is empty says that no time was told."""
    with override(lang):
        if not text:
            return _("no time is told")
        start, slash, end = text.partition("/")
        if start == "..":
            return _("until %(end)s") % {"end": _moment(end, lang)}
        return (
            f"{_moment(start, lang)}{_DASH if len(start) == 4 else f' {_DASH} '}{_moment(end, lang)}"
            if slash
            else _moment(start, lang)
        )


def _moment(text: str, lang: str) -> str:
    return dates.partial(text, lang) if _PARTIAL.fullmatch(text) else text


def unit_words(unit: str, lang: str = "") -> str:
    """What is counted, in words: ``persons``, ``USD``, ``per 1000``."""
    with override(lang or get_language() or "en"):
        return _UNITS[unit]() if unit in _UNITS else unit


_UNITS = {
    "persons": lambda: _("persons"),
    "cases": lambda: _("cases"),
    "applications": lambda: _("applications"),
    "posts": lambda: _("posts"),
    "jobs": lambda: _("jobs"),
    "USD": lambda: _("US dollars"),
    "%": lambda: "%",
    "per 1000": lambda: _("per 1,000 inhabitants"),
    "km2": lambda: _("square kilometres"),
    "rank": lambda: _("place in the ranking"),
    "ratio": lambda: _("times"),
}
