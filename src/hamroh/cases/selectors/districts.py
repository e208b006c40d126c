"""In which district a case is: what can be chosen in its country, what is chosen most, and what stands in the case."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

from hamroh.accounts.models import Organisation
from hamroh.cases.models import Case
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.kernel.text import sort_key
from hamroh.web.texts import pick

LEVELS, REGION = ("district", "city"), "region"
#: so many districts stand as buttons, by what the newest cases say
BUTTONS, LOOKED_AT = 5, 300

Choice = tuple[str, str]


def choices(*, country: str) -> list[tuple[str, list[Choice]]]:
    """The districts of a country by their regions, in the order of the reader's alphabet; what lies in no region first."""
    lang = get_language() or "en"
    units = AdminUnit.objects.filter(
        level__in=LEVELS, ancestry__ancestor__iso=country.upper(), ancestry__distance__gt=0
    )
    found: dict[str, list[Choice]] = {}
    for unit in units.select_related("parent").distinct():
        if unit.parent is None or unit.parent.level in LEVELS:
            continue
        region = _name(unit.parent, lang) if unit.parent.level == REGION else ""
        found.setdefault(region, []).append((unit.key, _name(unit, lang)))
    by_name = {region: sorted(each, key=lambda one: sort_key(one[1], lang)) for region, each in found.items()}
    return sorted(by_name.items(), key=lambda each: sort_key(each[0], lang))


def flat(grouped: Sequence[tuple[str, list[Choice]]]) -> dict[str, str]:
    return {key: name for _region, found in grouped for key, name in found}


def usual(*, organisation: Organisation) -> list[str]:
    """The districts of most of its newest cases, by their keys."""
    rows = Case.objects.filter(organisation=organisation).order_by("-changed_at").values_list("area", flat=True)
    counted = Counter(key for key in map(nearest, rows[:LOOKED_AT]) if key)
    return [key for key, _count in counted.most_common(BUTTONS)]


def nearest(area: str) -> str:
    """The key of the nearest unit of what a case keeps; empty where it keeps none."""
    return area.strip("/").rpartition("/")[2]


def named(area: str) -> str:
    """What a case keeps, in the reader's language; empty where it keeps nothing."""
    unit = AdminUnit.objects.filter(key=nearest(area)).first() if area else None
    return _name(unit, get_language() or "en") if unit else ""


def area_of(key: str, *, country: str) -> str:
    """What a case keeps of a district: its units from the country to itself, each between slashes; empty where it is none of this country."""
    rows = UnitAncestor.objects.filter(unit__key=key, unit__level__in=LEVELS).order_by("-distance")
    keys = list(rows.values_list("ancestor__key", "ancestor__iso"))
    if not keys or keys[0][1] != country.upper():
        return ""
    return f"/{'/'.join(found for found, _iso in keys)}/"


def _name(unit: Any, lang: str) -> str:
    return pick(unit.names, lang).text or str(unit.key)
