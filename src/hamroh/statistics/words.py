"""How a released table reads, whichever room counted it: its title, its unit, its variables and its categories."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.cases import figuresets
from hamroh.directory.models import AdminUnit
from hamroh.kernel.disclosure import ALL, Shape
from hamroh.statistics import facts
from hamroh.statistics.facts import DISTRICT, NONE, SEVERAL, UNKNOWN
from hamroh.statistics.wishes import Wish
from hamroh.web.texts import pick


@dataclass(frozen=True)
class Told:
    """What a table counts, and whom."""

    title: str
    unit: str


def told(register: str, asked: Mapping[str, Any]) -> Told:
    """The title and unit of a table by what was asked; only its register where no room knows it any more."""
    source = facts.of(asked.get("facts", ""))
    if source is not None:
        return Told(Wish.of(asked).title, str(source.unit))
    found = figuresets.of(register) if register else None
    if found is not None and "facts" not in asked:
        return Told(found.wish_of(asked).title, str(found.unit))
    return Told(register, "")


def variable(register: str, name: str) -> str:
    """How a variable of the audit reads."""
    for source in facts.sources():
        if source.register == register:
            if source.time == name:
                return pgettext("statistics", "Quarter")
            for each in source.variables:
                if each.audited == name:
                    return str(each.title)
    found = figuresets.of(register)
    return found.variable(name) if found else name


def categories(register: str, shape: Shape, lang: str) -> dict[str, dict[str, str]]:
    """How the categories of each variable read."""
    found = figuresets.of(register) if register else None
    sets = dict(found.words(shape, lang)) if found else {}
    return {each.name: {**sets, **_fixed(), **_of(register, each, lang)} for each in shape.dimensions}


def _fixed() -> dict[str, str]:
    return {ALL: _("All"), UNKNOWN: _("Not known"), NONE: _("Not one"), SEVERAL: _("Several")}


def _of(register: str, dimension: Any, lang: str) -> dict[str, str]:
    if dimension.name == DISTRICT:
        return places(dimension.categories, lang)
    known: dict[str, str] = {}
    for source in facts.sources():
        if source.register == register and source.time == dimension.name:
            known |= {code: quarter_words(code) for code in dimension.categories}
        for each in source.variables if source.register == register else ():
            if each.audited == dimension.name:
                known |= {code: str(label) for code, label in (*each.choices, *each.group_words.items())}
    return known


def places(keys: Any, lang: str) -> dict[str, str]:
    """Names of places by their keys. One query."""
    rows = AdminUnit.objects.filter(key__in=list(keys)).values_list("key", "names")
    return {key: pick(names, lang).text for key, names in rows}


def quarter_words(code: str) -> str:
    """A quarter or a half-year as it reads; a code of anything else as it is."""
    year, _sign, part = code.partition("-")
    if part[:1] == "q":
        return pgettext("statistics", "%(year)s, quarter %(part)s") % {"year": year, "part": part[1:]}
    if part[:1] == "h":
        return pgettext("statistics", "%(year)s, half %(part)s") % {"year": year, "part": part[1:]}
    return _("All") if code == ALL else code
