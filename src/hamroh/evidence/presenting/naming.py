"""Times, numbers and units in the reader's language."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from hamroh.evidence.areas import area_name
from hamroh.evidence.models import Concept, Flag, Missing, Observation
from hamroh.web import dates
from hamroh.web.texts import Text, pick

#: what a release is called whose source tells no date
UNNAMED = "1"
_DASH = "\N{EN DASH}"
_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}")


def number_words(value: Decimal | int | None, lang: str, least: int = 0) -> str:
    """A number as the language writes it, with ``least`` digits behind its point and more where it has them; a true minus before it."""
    if value is None:
        return ""
    whole = Decimal(value).normalize()
    return dates.number(whole, lang, max(least, places(whole))).replace("-", "\N{MINUS SIGN}")


def places(value: Decimal) -> int:
    """How many digits a number has behind its point, noughts at its end left out."""
    return max(0, -int(value.normalize().as_tuple().exponent))


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


def release_words(label: str, lang: str) -> str:
    """A release is mostly called by its date."""
    return "" if label == UNNAMED else _moment(label, lang)


def _moment(text: str, lang: str) -> str:
    return dates.partial(text, lang) if _PARTIAL.fullmatch(text) else text


def unit_words(unit: str, lang: str = "") -> str:
    """What is counted, in words: ``persons``, ``USD``, ``per 1000``."""
    with override(lang or get_language() or "en"):
        return _UNITS[unit]() if unit in _UNITS else unit


_UNITS: dict[str, Callable[[], str]] = {
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
    "index": lambda: "",
    "marriages": lambda: _("marriages"),
    "families": lambda: _("families"),
    "groups": lambda: _("groups"),
    "places": lambda: _("places"),
    "organisations": lambda: _("organisations"),
    "years": lambda: _("years"),
}


def dims_words(dims: Mapping[str, str], lang: str) -> str:
    """What of the whole a figure counts: ``from Estonia, women``; empty where it counts the whole."""
    with override(lang):
        return ", ".join(_dimension(name, value, lang) for name, value in sorted(dims.items()) if value)


def _dimension(name: str, value: str, lang: str) -> str:
    if name in _WAYS:
        return _WAYS[name]() % {"place": area_name(value, lang)}
    if name == "sex" and value in _SEXES:
        return _SEXES[value]()
    return value


_WAYS: dict[str, Callable[[], str]] = {
    "origin": lambda: _("from: %(place)s"),
    "destination": lambda: _("to: %(place)s"),
    "nationality": lambda: _("citizens of: %(place)s"),
}
_SEXES: dict[str, Callable[[], str]] = {"F": lambda: _("women"), "M": lambda: _("men"), "T": lambda: _("both sexes")}


def concept_name(concept: Concept, lang: str) -> Text:
    """What is counted, in the language or its fallback; the key in words where nobody has named it."""
    found = pick(concept.names, lang)
    return found if found.text else Text(concept.key.replace("_", " ").capitalize(), "en")


def flag_words(flags: Iterable[str], lang: str) -> list[str]:
    """Flags in words; that a figure is as usual is not said."""
    with override(lang):
        return [str(Flag(each).label) for each in flags if each in Flag.values and each != Flag.NORMAL]


def amount(figure: Observation, lang: str) -> str:
    """What a figure says, in words of the language: a number, from a number to another, above or below one, or why there is none."""
    low, high = figure.low, figure.high
    with override(lang):
        if figure.value is not None:
            return _qualified(figure.qualifier, number_words(figure.value, lang))
        if low is not None and high is not None:
            return f"{number_words(low, lang)}{_DASH}{number_words(high, lang)}"
        if low is not None or high is not None:
            return _qualified(">=" if low is not None else "<=", number_words(high if low is None else low, lang))
        return str(Missing(figure.missing).label)


def _qualified(qualifier: str, number: str) -> str:
    said = {
        "~": pgettext("a figure", "about %s"), "<": pgettext("a figure", "below %s"), ">": pgettext("a figure", "above %s"),
        "<=": pgettext("a figure", "up to %s"), ">=": pgettext("a figure", "at least %s"),
    }  # fmt: skip
    return said[qualifier] % number if qualifier in said else number
