"""Rows of lists are made and changed by what is filled. The last word stands, and who spoke without knowing of the other is told apart."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh import vault
from hamroh.fieldwork.answers import Change
from hamroh.fieldwork.models import Entity, EntityChange, EntityList, FormVersion, Submission
from hamroh.fieldwork.trees import bare
from hamroh.vault import journal
from hamroh.vault.decisions import Upkeep

#: columns that one row may carry, and signs of one value
COLUMNS, SIGNS = 60, 2000


@transaction.atomic
def apply_changes(*, submission: Submission, version: FormVersion, changes: Sequence[Change]) -> int:
    """Make and change the rows that a filled form names; how many. What names no list or no row is let go."""
    return sum(_apply(submission, version, each) for each in changes if each.dataset and 0 < len(each.id) <= 120)


def _apply(submission: Submission, version: FormVersion, change: Change) -> bool:
    said = _said(version, change)
    held = _list(submission, change.dataset[:120], said)
    row = Entity.objects.select_for_update(of=("self",)).filter(of_list=held, entity_id=change.id).first()
    if row is None:
        return change.creates and _made(submission, held, change, said)
    return change.updates and _changed(submission, row, change, said)


def _list(submission: Submission, name: str, said: dict[str, str]) -> EntityList:
    held, _new = EntityList.objects.get_or_create(organisation_id=submission.organisation_id, name=name)
    held.columns = [*held.columns, *(each for each in said if each not in held.columns)][:COLUMNS]
    held.changed_at = timezone.now()
    held.save(update_fields=["columns", "changed_at"])
    return held


def _made(submission: Submission, held: EntityList, change: Change, said: dict[str, str]) -> bool:
    row = Entity(
        organisation_id=submission.organisation_id, of_list=held, entity_id=change.id, label=change.label[:SIGNS] or change.id,
        values=said,
    )  # fmt: skip
    row.save()
    _write(submission, row, change, said)
    return True


def _changed(submission: Submission, row: Entity, change: Change, said: dict[str, str]) -> bool:
    decision = Upkeep((row._meta.label_lower, str(row.pk)), actor_id=submission.sent_by_id, verb="entity.change")  # noqa: SLF001
    before = vault.open(row, "values", decision=decision, purpose="a filled form changes it")
    row.values = {**before, **said}
    if change.label:
        row.label = change.label[:SIGNS]
    row.conflicts = row.conflicts or (change.base is not None and change.base != row.version)
    row.version, row.changed_at = row.version + 1, timezone.now()
    row.save()
    _write(submission, row, change, said)
    return True


def _write(submission: Submission, row: Entity, change: Change, said: dict[str, str]) -> None:
    EntityChange(
        organisation_id=row.organisation_id, entity=row, submission=submission, base=change.base, version=row.version,
        conflicts=row.conflicts, values=said,
    ).save()  # fmt: skip
    facts = {"version": row.version, "conflicts": row.conflicts}
    journal.record(actor=submission.sent_by, verb="entity.change", about=row, facts=facts)


def _said(version: FormVersion, change: Change) -> dict[str, str]:
    """What the form saves of what stands beside the row's name, by column."""
    columns = {each["path"]: each["saves"].rpartition("#")[2] for each in version.questions if each.get("saves")}
    found: dict[str, str] = {}
    _walk(change.element, change.path, columns, found)
    return found


def _walk(element: Any, path: str, columns: dict[str, str], into: dict[str, str]) -> None:
    for each in element:
        here = f"{path}/{bare(each.tag)}"
        if here in columns:
            into[columns[here]] = (each.text or "").strip()[:SIGNS]
        _walk(each, here, columns, into)
