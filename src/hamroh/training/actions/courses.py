"""Courses are written down, rounds of them planned, moved on, borne by organisations, and grown out of other rounds."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.directory.models import AdminUnit, Party
from hamroh.training.actions.frame import MEANWHILE, NotNow, held, of_round
from hamroh.training.actions.indexing import index_round
from hamroh.training.models import Borne, Counted, Course, Grown, Material, Round
from hamroh.training.states import RoundLife
from hamroh.vault import journal


@dataclass(frozen=True)
class CourseTold:
    """What is known of a course."""

    kind: str
    names: Mapping[str, str]
    objectives: Mapping[str, str] = field(default_factory=dict)
    outline: Sequence[Mapping[str, Any]] = ()
    hours: int | None = None
    languages: Sequence[str] = ()


@dataclass(frozen=True)
class RoundTold:
    """What is known of a round; days may be known to the year or month only."""

    number: int | None = None
    of_number: int | None = None
    place: AdminUnit | None = None
    spot: str = ""
    starts: str = ""
    ends: str = ""
    language: str = ""
    places: int | None = None
    takes_sign_ups: bool = False
    source: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def make_course(*, actor: Any, organisation: Organisation, told: CourseTold) -> Course:
    """A course that the organisation holds."""
    row = Course(organisation=organisation, made_by=actor)
    _tell(row, told)
    policy.require(actor, "course.edit", row)
    row.save()
    journal.record(actor=actor, verb="course.make", about=row, facts={"kind": told.kind})
    return row


@transaction.atomic
def change_course(*, actor: Any, course: Course, told: CourseTold, seen: dt.datetime | None) -> None:
    """What is taught now. NotNow where somebody changed it after ``seen``."""
    row = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    policy.require(actor, "course.edit", row)
    if row.changed_at != seen:
        raise NotNow(MEANWHILE)
    _tell(row, told)
    row.changed_at = timezone.now()
    row.save()
    journal.record(actor=actor, verb="course.change", about=row)
    for each in Round.objects.filter(course=row, state="announced"):
        index_round(each)


def _tell(row: Course, told: CourseTold) -> None:
    row.kind, row.hours, row.languages = told.kind, told.hours, list(told.languages)
    row.names, row.objectives, row.outline = (
        dict(told.names),
        dict(told.objectives),
        [dict(each) for each in told.outline],
    )


# -- rounds ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def plan_round(*, actor: Any, course: Course, told: RoundTold) -> Round:
    """One more time that a course is held."""
    row = Round(organisation_id=course.organisation_id, course=course, made_by=actor)
    _checked(row, told)
    policy.require(actor, "round.plan", row)
    row.save()
    journal.record(actor=actor, verb="round.plan", about=row)
    return row


@transaction.atomic
def change_round(*, actor: Any, round: Round, told: RoundTold, seen: dt.datetime | None) -> None:  # noqa: A002 - the field's word
    """What is known of a round now. NotNow where somebody changed it after ``seen``."""
    row = held(actor, round, "round.edit")
    if row.changed_at != seen:
        raise NotNow(MEANWHILE)
    _checked(row, told)
    row.changed_at = timezone.now()
    row.save()
    journal.record(actor=actor, verb="round.change", about=row)
    index_round(row)


def _checked(row: Round, told: RoundTold) -> None:
    if told.number and told.of_number and told.number > told.of_number:
        raise NotNow(_("This is the 6th of 12, never the 12th of 6."), "number")
    if told.ends and told.starts and told.ends < told.starts[: len(told.ends)]:
        raise NotNow(_("It ends before it begins."), "ends")
    same = Round.objects.filter(course=row.course, number=told.number).exclude(pk=row.pk)
    if told.number and same.exists():
        raise NotNow(_("The course has a round of this number already."), "number")
    for name, value in asdict(RoundTold()).items():
        del value
        setattr(row, name, getattr(told, name))
    row.remarks = dict(told.remarks)


@transaction.atomic
def move_round(*, actor: Any, round: Round, after: str, before: str) -> None:  # noqa: A002
    """A round goes on. Who only trains in it makes it neither known nor called off."""
    row = Round.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=round.pk)
    policy.require(
        actor,
        "round.edit"
        if {after, row.state} <= {"running", "held", "announced"} and after != "announced"
        else "round.plan",
        row,
    )
    if row.state != before:
        raise NotNow(MEANWHILE)
    RoundLife.check(row.state, after)
    if after == "announced" and not row.starts:
        raise NotNow(_("Say when it begins before you make it known."))
    row.state, row.changed_at = after, timezone.now()
    row.closed_date = local_date(timezone.now(), row.organisation) if row.is_over else None
    row.save()
    journal.record(actor=actor, verb="round.move", about=row, facts={"before": before, "after": after})
    index_round(row)


@transaction.atomic
def note_bearing(*, actor: Any, round: Round, party: Party, bearing: str) -> None:  # noqa: A002
    """An organisation of the directory organises a round, pays for it or hosts it."""
    row = held(actor, round, "round.edit")
    Borne.objects.get_or_create(organisation_id=row.organisation_id, round=row, party=party, bearing=bearing)
    journal.record(actor=actor, verb="round.bear", about=row, facts={"party": party.code, "bearing": bearing})


@transaction.atomic
def note_parent(*, actor: Any, round: Round, parent: Round) -> None:  # noqa: A002
    """Those who train here learned there, though nobody says who of them."""
    row = held(actor, round, "round.edit")
    policy.require(actor, "round.see", parent)
    if parent.pk == row.pk or row.pk in _above(parent):
        raise NotNow(_("A round cannot have learned from itself or from one that came of it."), "parent")
    Grown.objects.get_or_create(organisation_id=row.organisation_id, round=row, parent=parent)
    journal.record(actor=actor, verb="round.grow", about=row, facts={"parent": parent.code})


def _above(parent: Round) -> set[UUID]:
    """The rounds that a round has grown out of."""
    rows: dict[UUID, list[UUID]] = {}
    for pk, above in Grown.objects.filter(organisation_id=parent.organisation_id).values_list("round_id", "parent_id"):
        rows.setdefault(pk, []).append(above)
    found, waiting = set[UUID](), [parent.pk]
    while waiting:
        for pk in set(rows.get(waiting.pop(), [])) - found:
            found.add(pk)
            waiting.append(pk)
    return found


@transaction.atomic
def note_material(
    *, actor: Any, round: Round, title: str, language: str = "", copies: int | None = None, record_code: str = ""  # noqa: A002
) -> Material:  # fmt: skip
    """What was given to those who took part."""
    row = held(actor, round, "round.edit")
    made = Material.objects.create(
        organisation_id=row.organisation_id, round=row, title=title.strip(), language=language, copies=copies,
        record_code=record_code,
    )  # fmt: skip
    journal.record(actor=actor, verb="round.give", about=row, facts={"copies": copies or 0})
    return made


@dataclass(frozen=True)
class Group:
    """So many people of one sex, age, agency, country and role; empty is not known."""

    number: int
    sex: str = ""
    age: str = ""
    agency: str = ""
    country: str = ""
    role: str = ""
    at_least: bool = False


@transaction.atomic
def count_people(*, actor: Any, round: Round, group: Group) -> Counted:  # noqa: A002
    """People of a round who are not known by name."""
    row = held(actor, round, "round.edit")
    made = Counted(organisation_id=row.organisation_id, round=row, **asdict(group))
    made.save()
    journal.record(actor=actor, verb="round.count", about=row, facts={"counted": str(made.pk)})
    return made


@transaction.atomic
def state_before(*, actor: Any, round: Round, before: int | None, heads: int) -> None:  # noqa: A002
    """How many of those who were only counted had been in an earlier round; None where nobody can say. ``heads`` are those who were counted."""
    row = held(actor, round, "round.edit")
    if before is not None and before > heads:
        raise NotNow(_("More cannot have come before than there were."), "before")
    row.before = before
    row.save(update_fields=["before"])
    journal.record(actor=actor, verb="round.overlap", about=row, facts={"said": before is not None})


@transaction.atomic
def take_back(*, actor: Any, round: Round, what: str, pk: UUID) -> None:  # noqa: A002
    """Something that was noted of a round by mistake: an organisation, a parent, a material, a count."""
    row = held(actor, round, "round.edit")
    of_round(REMOVED[what], row, pk).delete()
    journal.record(actor=actor, verb="round.take_back", about=row, facts={"what": what})


REMOVED: dict[str, Any] = {"bearing": Borne, "parent": Grown, "material": Material, "counted": Counted}
