"""Sets for lessons, and moments of history."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.archive.actions.common import ArchiveRefused
from hamroh.archive.models import Moment, SetLine, TeachingSet, Unit
from hamroh.archive.states import UnitStates
from hamroh.kernel.states import MoveRefused
from hamroh.vault import journal
from hamroh.web.codes import new_code


@transaction.atomic
def add_set(
    *, actor: Any, organisation: Organisation, titles: Mapping[str, str], abouts: Mapping[str, str] | None = None
) -> TeachingSet:
    """Begin a set."""
    made = TeachingSet(organisation=organisation, titles=dict(titles), abouts=dict(abouts or {}))
    policy.require(actor, "archive.edit", made)
    made.save()
    journal.record(actor=actor, verb="archive.add_set", about=made)
    return made


@transaction.atomic
def edit_set(
    *, actor: Any, teaching_set: TeachingSet, titles: Mapping[str, str], abouts: Mapping[str, str]
) -> TeachingSet:
    """Title a set and say what it is for."""
    policy.require(actor, "archive.edit", teaching_set)
    teaching_set.titles, teaching_set.abouts = dict(titles), dict(abouts)
    return _changed(actor, teaching_set)


@transaction.atomic
def add_line(
    *, actor: Any, teaching_set: TeachingSet, unit: Unit, start: int | None = None, end: int | None = None, questions: Mapping[str, str] | None = None
) -> SetLine:  # fmt: skip
    """Put an item, or a part of its recording, at the end of a set."""
    policy.require(actor, "archive.edit", teaching_set)
    policy.require(actor, "archive.see_draft", unit)
    if (start is None) != (end is None) or (start is not None and end is not None and end <= start):
        raise ArchiveRefused(_("A part has to end after it begins."))
    made = SetLine.objects.create(
        teaching_set=teaching_set, unit=unit, start=start, end=end, questions=dict(questions or {}), position=teaching_set.lines.count() + 1,
    )  # fmt: skip
    _changed(actor, teaching_set)
    return made


@transaction.atomic
def order_lines(*, actor: Any, teaching_set: TeachingSet, line: SetLine, by: int) -> None:
    """Move a line up or down; by 0 it is taken out."""
    policy.require(actor, "archive.edit", teaching_set)
    lines = list(teaching_set.lines.all())
    place = next(at for at, each in enumerate(lines) if each.pk == line.pk)
    moved = lines.pop(place)
    if by:
        lines.insert(max(0, place + by), moved)
    else:
        moved.delete()
    for number, each in enumerate(lines, start=1):
        each.position = number
    SetLine.objects.bulk_update(lines, ["position"])
    _changed(actor, teaching_set)


@transaction.atomic
def move_set(*, actor: Any, teaching_set: TeachingSet, state: str) -> TeachingSet:
    """Release a set, close it, or take it back to a draft; each of its lines is public as far as its narrators allow."""
    policy.require(actor, "archive.publish", teaching_set)
    try:
        UnitStates.check(teaching_set.state, state)
    except (MoveRefused, KeyError):
        raise ArchiveRefused(_("Somebody was quicker: it is in another state now.")) from None
    teaching_set.state = state
    return _changed(actor, teaching_set)


@transaction.atomic
def load_moments(*, actor: Any, organisation: Organisation, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write moments of history by their keys, each in place of what was known of it; how many."""
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - told below
        made = Moment(organisation=organisation, key=row["key"])
        policy.require(actor, "archive.edit", made)
        if not row.get("source"):
            raise ArchiveRefused(_("Name the printed source: nothing else stands in the timeline."))
        facts = {name: value for name, value in row.items() if name != "key"}
        stored, _made = Moment.objects.update_or_create(organisation=organisation, key=row["key"], defaults=facts)
        journal.record(actor=actor, verb="archive.write_moment", about=stored, facts={"key": stored.key})
    return count


@transaction.atomic
def write_moment(
    *, actor: Any, organisation: Organisation, facts: Mapping[str, Any], moment: Moment | None = None
) -> Moment:
    """A moment of the timeline by hand, new or in place of what was told of it; its printed source is named."""
    if moment is None:
        made = Moment(organisation=organisation, key=new_code())
        policy.require(actor, "archive.edit", made)
    else:
        policy.require(actor, "archive.edit", moment)
        made = Moment.objects.select_for_update().get(pk=moment.pk)
    if not facts.get("source"):
        raise ArchiveRefused(_("Name the printed source: nothing else stands in the timeline."))
    for name, value in facts.items():
        setattr(made, name, value)
    made.save()
    journal.record(actor=actor, verb="archive.write_moment", about=made, facts={"key": made.key})
    return made


@transaction.atomic
def remove_moment(*, actor: Any, moment: Moment) -> None:
    """Take a moment out of the timeline."""
    policy.require(actor, "archive.edit", moment)
    journal.record(actor=actor, verb="archive.remove_moment", about=moment, facts={"key": moment.key})
    moment.delete()


def _changed(actor: Any, teaching_set: TeachingSet) -> TeachingSet:
    teaching_set.changed_at = timezone.now()
    teaching_set.save()
    journal.record(actor=actor, verb="archive.edit_set", about=teaching_set)
    return teaching_set
