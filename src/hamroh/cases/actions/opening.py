"""A case is opened, and people are entered in it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases import naming
from hamroh.cases.models import Case, Part, Person, Side
from hamroh.cases.states import AT_REST
from hamroh.vault import journal


class AtRest(Exception):
    """The case is closed: nothing is written in it until somebody reopens it."""


#: what somebody reads who wants to write in it all the same
CLOSED = _("This case is closed. A supervisor or its owner reopens it before anything is written.")


def awake(case: Case) -> Case:
    """The case as it stands now, for a write of its file; AtRest where it is closed. Called within the action's transaction."""
    rows = Case.objects.select_for_update().filter(pk=case.pk)
    status = rows.values_list("status", flat=True).get()
    if status in AT_REST:
        raise AtRest(case.code)
    return case


@dataclass(frozen=True)
class Told:
    """What is known of somebody when she is entered; the shapes are those of ``Person``."""

    name: str
    names: list[Mapping[str, str]] = field(default_factory=list)
    born: Mapping[str, int] | None = None
    phone: str | None = None
    document: str | None = None
    places: list[Mapping[str, str]] = field(default_factory=list)
    facts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def open_case(
    *, actor: Any, organisation: Organisation, client: Told, channel: str, country: str, team: str = "", area: str = "",
    story: str | None = None,
) -> Case:  # fmt: skip
    """A case of the actor's own, begun, with its client."""
    case = Case(
        organisation=organisation, owner=actor, team=team, area=area, country=country, channel=channel, story=story,
        opened_week=monday_of(local_date(timezone.now(), organisation)),
    )  # fmt: skip
    policy.require(actor, "case.open", case)
    case.save()
    journal.record(actor=actor, verb="case.open", about=case, facts={"channel": channel})
    add_person(actor=actor, case=case, part=Part.CLIENT, side=Side.HERS, told=client)
    return case


@transaction.atomic
def add_person(*, actor: Any, case: Case, part: str, side: str, told: Told) -> Person:
    """One more person of the case, whom a search finds from now on. AtRest where the case is closed."""
    policy.require(actor, "case.write", awake(case))
    facts = {name: value or None for name, value in asdict(told).items()}
    person = Person(organisation_id=case.organisation_id, case=case, part=part, side=side, **facts)
    person.save()
    naming.put(person, facts)
    journal.record(actor=actor, verb="case.add_person", about=case, facts={"person": str(person.pk), "part": part})
    touch(case)
    compare_later(case, actor)
    return person


#: what compares the people of a case with those of other files in the background, by the ids of the case and of who wrote
_comparers: list[Callable[[str, str], Any]] = []


def compare_by(comparer: Callable[[str, str], Any]) -> None:
    """Called when the room is loaded, by whoever does work in the background."""
    if comparer not in _comparers:
        _comparers.append(comparer)


def compare_later(case: Case, actor: Any) -> None:
    """Once this is committed, the installation looks whether somebody of the case stands in other files.

    Who could not be compared now has no ``compared_at``, and is at the case's next change.
    """
    for comparer in _comparers:
        transaction.on_commit(partial(comparer, str(case.pk), str(actor.pk)), robust=True)


def touch(case: Case) -> None:
    """The case changed just now: lists show it first. Called by every action within its transaction."""
    case.changed_at = timezone.now()
    Case.objects.filter(pk=case.pk).update(changed_at=case.changed_at)


def monday_of(day: dt.date) -> dt.date:
    """The week that a day is in: what is stored of days on which somebody came."""
    return day - dt.timedelta(days=day.weekday())
