"""In which district a case is: what can be chosen in its country, what is chosen most, and what stands in the case."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases.models import Case
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.kernel.text import sort_key
from hamroh.web.texts import pick

LEVELS, REGION = ("district", "city"), "region"
#: so many districts stand as buttons, by what the newest cases say
BUTTONS, LOOKED_AT = 5, 300

Choice = tuple[str, str]


def choices(*, country: str, within: str = "") -> list[tuple[str, list[Choice]]]:
    """The districts of a country by their regions, in the order of the reader's alphabet; what lies in no region first.

    ``within`` is an area as a case keeps it: then those that it holds, and itself.
    """
    lang = get_language() or "en"
    units = AdminUnit.objects.filter(
        level__in=LEVELS, ancestry__ancestor__iso=country.upper(), ancestry__distance__gt=0
    )
    if within:
        units = units.filter(ancestry__ancestor__key=nearest(within))
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
    rows = UnitAncestor.objects.filter(unit__key=key, unit__level__in=LEVELS)
    return _path(rows) if rows.filter(ancestor__iso=country.upper()).exists() else ""


def reach_of(*, actor: Any, verb: str, organisation: Organisation) -> tuple[str, str]:
    """As far as somebody's role for a verb reaches in an organisation: team and area, each empty where it is not limited.

    Of several roles the one that reaches farthest; of several areas of a role the first.
    """
    roles = policy.VERBS[verb].roles
    held = [
        each for each in policy.standing(actor).held if each.organisation_id == organisation.pk and each.role in roles
    ]
    farthest = min(held, key=lambda each: (bool(each.area), bool(each.team), each.area, each.team), default=None)
    if farthest is None:
        return "", ""
    area = _path(UnitAncestor.objects.filter(unit__key=farthest.area[0])) if farthest.area else ""
    return farthest.team, area


def _path(rows: Any) -> str:
    """Units from the widest to the nearest, each between slashes."""
    keys = list(rows.order_by("-distance").values_list("ancestor__key", flat=True))
    return f"/{'/'.join(keys)}/" if keys else ""


def _name(unit: Any, lang: str) -> str:
    return pick(unit.names, lang).text or str(unit.key)
