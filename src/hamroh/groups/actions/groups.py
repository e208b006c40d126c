"""A group is written down, changed, moved on; somebody begins or ceases to run it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Organisation, Role, User
from hamroh.accounts.zones import local_date
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.groups.actions.frame import MEANWHILE, NotNow, check_move, held, locked, new, of_group
from hamroh.groups.models import Facilitating, Group
from hamroh.groups.states import GroupLife
from hamroh.vault import journal

#: how many may run one group at the same time
MOST_FACILITATORS = 8


@dataclass(frozen=True)
class About:
    """What is known of a group. ``names`` is ``{lang: text}``; ``founded`` may be partial; ``meets`` and ``words`` are sealed."""

    kind: str
    names: Mapping[str, str]
    place: AdminUnit
    founded: str = ""
    meets: str = ""
    words: str = ""
    is_invented: bool = field(default=False)

    @property
    def facts(self) -> dict[str, str] | None:
        kept = {"meets": self.meets.strip(), "words": self.words.strip()}
        return kept if any(kept.values()) else None


@transaction.atomic
def open_group(*, actor: Any, organisation: Organisation, about: About, facilitator: User | None = None) -> Group:
    """A group is written down. A facilitator who writes it runs it; somebody who leads may name another one."""
    runs = facilitator or (actor if _facilitates(actor, organisation) else None)
    row = Group(
        organisation=organisation, kind=about.kind, names=dict(about.names), place=about.place, area=area_of(about.place),
        founded_date=about.founded, facts=about.facts, is_invented=about.is_invented, made_by=actor,
        facilitators=_joined([runs.pk]) if runs else "",
    )  # fmt: skip
    policy.require(actor, "group.edit", row)
    if facilitator is not None and facilitator != actor:
        policy.require(actor, "group.staff", row)
        _require_facilitator(row, facilitator)
    row.save()
    if runs:
        new(Facilitating, actor, row, person=runs, from_date=_today(row)).save()
    journal.record(actor=actor, verb="group.open", about=row, facts={"kind": about.kind})
    return row


def area_of(place: AdminUnit) -> str:
    """Keys of the place and all around it, from the widest to itself, each between slashes."""
    rows = UnitAncestor.objects.filter(unit=place).order_by("-distance")
    keys = list(rows.values_list("ancestor__key", flat=True)) or [place.key]
    return f"/{'/'.join(keys)}/"


def _joined(ids: Any) -> str:
    return f"/{'/'.join(map(str, ids))}/" if ids else ""


def _today(group: Group) -> dt.date:
    return local_date(timezone.now(), group.organisation)


def _facilitates(person: Any, organisation: Organisation) -> bool:
    return policy.standing(person).holds(Role.FACILITATOR, organisation.pk)


@transaction.atomic
def change_group(*, actor: Any, group: Group, about: About, seen: dt.datetime) -> None:
    """What is known of a group now. NotNow where somebody changed it after ``seen``.

    What is sealed of it changes only by who may read it.
    """
    row = held(actor, group, "group.edit")
    if row.changed_at != seen:
        raise NotNow(MEANWHILE)
    row.kind, row.names, row.place, row.founded_date = about.kind, dict(about.names), about.place, about.founded
    row.area = area_of(about.place)
    policy.require(actor, "group.edit", row)
    if policy.allowed(actor, "group.write", row):
        row.facts = about.facts
    row.changed_at = timezone.now()
    row.save()
    journal.record(actor=actor, verb="group.change", about=row)


@transaction.atomic
def move_group(*, actor: Any, group: Group, after: str, before: str) -> None:
    """A group meets, rests, is closed or begins anew; ``before`` is the state that the actor saw."""
    row = locked(actor, group, "group.edit")
    check_move(GroupLife, row.state, before, after)
    row.state, row.changed_at = after, timezone.now()
    row.closed_date = _today(row) if after == "closed" else None
    row.save()
    journal.record(actor=actor, verb="group.move", about=row, facts={"after": after})


# -- who runs it -----------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_facilitating(*, actor: Any, group: Group, person: User, from_date: dt.date) -> Facilitating:
    """Somebody runs the group from a day on, and sees it from now on."""
    row = held(actor, group, "group.staff")
    _require_facilitator(row, person)
    if from_date > _today(row):
        raise NotNow(_("This day has not come yet."), "from_date")
    running = list(Facilitating.objects.filter(group=row, until_date=None).values_list("person_id", flat=True))
    if person.pk in running:
        raise NotNow(_("She runs this group already."), "person")
    if len(running) >= MOST_FACILITATORS:
        raise NotNow(_("So many cannot run one group."), "person")
    line: Facilitating = new(Facilitating, actor, row, person=person, from_date=from_date)
    line.save()
    _write_facilitators(row)
    journal.record(actor=actor, verb="group.begin_facilitating", about=row, facts={"person": str(person.pk)})
    return line


def _require_facilitator(group: Group, person: User) -> None:
    """Only who holds the role here: for anybody else the group would stay hidden."""
    rows = Membership.objects.current().filter(user=person, organisation=group.organisation_id, role=Role.FACILITATOR)
    if not rows.exists():
        raise NotNow(_("This person is no group facilitator here."), "person")


@transaction.atomic
def end_facilitating(*, actor: Any, group: Group, line: Facilitating) -> None:
    """Somebody no longer runs the group, and sees nothing of it from this moment on."""
    row = locked(actor, group, "group.staff")
    found = of_group(Facilitating, row, line.pk)
    if found.until_date is not None:
        raise NotNow(MEANWHILE)
    found.until_date = max(found.from_date, _today(row))
    found.save()
    _write_facilitators(row)
    journal.record(actor=actor, verb="group.end_facilitating", about=row, facts={"person": str(found.person_id)})


def _write_facilitators(group: Group) -> None:
    rows = Facilitating.objects.filter(group=group, until_date=None).order_by("from_date", "pk")
    group.facilitators = _joined(list(rows.values_list("person_id", flat=True)))
    group.save()
