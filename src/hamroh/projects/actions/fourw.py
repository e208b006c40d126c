"""Activities from a workbook: all of its rows or none."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.db import transaction

from hamroh.accounts.models import Organisation
from hamroh.projects.actions import activities
from hamroh.projects.models import Activity, Reach
from hamroh.vault import journal


class Brought(Protocol):
    """A row that was read: what it becomes, and what stands in it."""

    kind: str
    told: dict[str, Any]
    reach: list[dict[str, Any]] | None
    row: Activity | None
    seen: Any


@transaction.atomic
def bring_activities(*, actor: Any, organisation: Organisation, rows: Iterable[Brought]) -> dict[str, int]:
    """New rows are written, changed ones changed; how many of each. NotNow where one was changed here meanwhile."""
    counts = {"new": 0, "changed": 0}
    for each in rows:
        if each.kind == "new":
            row = activities.make(actor=actor, organisation=organisation, what="activity", told=each.told)
        elif each.kind == "changed" and each.row is not None:
            row = each.row
            activities.change(actor=actor, row=row, what="activity", told=each.told, seen=each.seen)
        else:
            continue
        counts[each.kind] += 1
        if each.reach is not None:
            _reach(row, each.reach)
    journal.record(actor=actor, verb="project.bring_activities", about=organisation, facts=counts)
    return counts


def _reach(row: Activity, told: Iterable[Mapping[str, Any]]) -> None:
    """For whom it was, as the workbook has it now."""
    Reach.objects.filter(activity=row).delete()
    for each in told:
        Reach.objects.create(organisation_id=row.organisation_id, activity=row, **each)
