"""Findings in words, and numbers as each language writes them."""

import functools
from decimal import Decimal
from typing import TYPE_CHECKING

from hamroh.kernel.datafiles import rows

if TYPE_CHECKING:
    from hamroh.kernel.figures.model import Finding

SENTENCES = "profile/findings.csv"
_AS_THEY_ARE = frozenset({"since", "years", "when", "issued", "note"})
#: between thousands, and before a fraction
_SIGNS = {"en": (",", "."), "ru": ("\u00a0", ","), "tg": ("\u00a0", ","), "az": (".", ",")}


def plain(value: Decimal) -> str:
    """A number without an exponent or noughts behind the point, for facts."""
    return format(value.normalize(), "f")


def written(value: str, lang: str) -> str:
    """A plain number as a language writes it; what is no number stays. Four digits stand together in ru, tg and az."""
    try:
        number = Decimal(value)
    except ArithmeticError:
        return value
    if not number.is_finite():
        return value
    between, before = _SIGNS[lang]
    whole, _point, part = format(abs(number), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", between) if len(whole) > 4 or lang == "en" else whole
    return ("\u2212" if number < 0 else "") + grouped + (before + part if part else "")


def said(finding: "Finding", lang: str = "en") -> str:
    """The finding as a sentence; facts that name a time or quote what is printed stay as they are."""
    facts = {key: value if key in _AS_THEY_ARE else written(value, lang) for key, value in finding.facts.items()}
    return _sentences()[finding.code][lang].format(**facts)


@functools.cache
def _sentences() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows(SENTENCES)}
