"""What projects are told of groups: how many have a memorandum in force, and how many women were given what. Groups that are made up do not count."""

import datetime as dt

from hamroh.accounts.models import Organisation
from hamroh.groups.models import Group, Memorandum, Support, SupportKind
from hamroh.groups.selectors.work import standing_of

#: fewer women than this are not told of
SMALL = 5


def groups_with_memorandum(*, organisation: Organisation, on: dt.date) -> tuple[int, int]:
    """How many groups that are not closed have a memorandum in force on a day, and how many there are."""
    groups = Group.objects.filter(organisation=organisation, is_invented=False).exclude(state="closed")
    rows = Memorandum.objects.filter(group__in=groups)
    held = {row.group_id for row in rows if standing_of(row, on).holds}
    return len(held), groups.count()


def women_reached(*, organisation: Organisation) -> dict[str, int | None]:
    """How many women were given each kind of thing to earn with, and ``women`` in all, each counted once in her group.

    None where it is too few to be told. One small number withholds all kinds, as it could be worked out from the others.
    """
    rows = Support.objects.filter(organisation=organisation, group__is_invented=False, member__sex="f")
    pairs = set(rows.values_list("kind", "member"))
    of: dict[str, int] = {kind: sum(each == kind for each, _member in pairs) for kind in SupportKind.values}
    women = len({member for _kind, member in pairs})
    shown: dict[str, int | None] = dict(of)
    if any(0 < number < SMALL for number in of.values()):
        shown = dict.fromkeys(of)
    return {"women": None if 0 < women < SMALL else women, **shown}
