"""Who trains and who takes part: named, told apart, said to be one, and what tests showed of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Role, User
from hamroh.directory.models import Party
from hamroh.training.actions.frame import NotNow, held, of_round
from hamroh.training.models import Certificate, Enrolment, Round, Shows, SignUp, Trainer
from hamroh.vault import journal

#: more than this is a crowd, and is counted
MOST_PEOPLE = 400


@dataclass(frozen=True)
class Told:
    """Somebody who takes part: by name, or by an alias that she chose. What is not known is empty."""

    name: str = ""
    alias: str = ""
    phone: str = ""
    sex: str = ""
    age: str = ""
    agency: str = ""
    country: str = ""
    role: str = ""


# -- who trains ------------------------------------------------------------------------------------------------------


@transaction.atomic
def name_trainer(*, actor: Any, round: Round, user: User) -> None:  # noqa: A002 - the field's word
    """Somebody who works here trains: from now on she knows who is in the round."""
    row = held(actor, round, "round.plan")
    roles = Membership.objects.current().filter(user=user, organisation=row.organisation_id)
    if not roles.filter(role=Role.FACILITATOR).exists():
        raise NotNow(_("Only somebody who facilitates here can train."), "user")
    if not Trainer.objects.filter(round=row, user=user).exists():
        Trainer(organisation_id=row.organisation_id, round=row, user=user).save()
    _own(row)
    journal.record(actor=actor, verb="round.name_trainer", about=row, facts={"user": str(user.pk)})


@transaction.atomic
def bring_trainer(
    *, actor: Any, round: Round, name: str = "", party: Party | None = None, learned: Enrolment | None = None  # noqa: A002
) -> None:  # fmt: skip
    """Somebody from outside trains, or somebody who learned in an earlier round."""
    row = held(actor, round, "learner.write")
    if learned is not None:
        policy.require(actor, "learner.read", learned)
        if learned.round_id == row.pk:
            raise NotNow(_("Nobody trains in the round in which she learns."), "learned")
    if not (name.strip() or party or learned):
        raise NotNow(_("Say who it is, or from which organisation."), "name")
    Trainer(
        organisation_id=row.organisation_id, round=row, name=name.strip() or None, party=party, learned=learned
    ).save()
    journal.record(actor=actor, verb="round.bring_trainer", about=row)


@transaction.atomic
def drop_trainer(*, actor: Any, round: Round, trainer: UUID) -> None:  # noqa: A002
    """She does not train here any more: the round is shut to her at once."""
    row = held(actor, round, "round.plan")
    found = of_round(Trainer, row, trainer)
    facts = {"user": str(found.user_id)} if found.user_id else {}
    found.delete()
    _own(row)
    journal.record(actor=actor, verb="round.drop_trainer", about=row, facts=facts)


def _own(row: Round) -> None:
    """Who trains owns the round together with the others."""
    users = Trainer.objects.filter(round=row, user__isnull=False).order_by("made_at").values_list("user_id", flat=True)
    row.owners = "".join(f"/{pk}" for pk in users) + "/" if users else ""
    row.save(update_fields=["owners"])


# -- who takes part --------------------------------------------------------------------------------------------------


@transaction.atomic
def enrol(*, actor: Any, round: Round, told: Told) -> Enrolment:  # noqa: A002
    """Somebody takes part. Whoever has the name and the telephone of somebody we know is that person; by a name alone nobody is."""
    row = held(actor, round, "learner.write")
    return _enrolled(actor, row, told)


@transaction.atomic
def enrol_many(*, actor: Any, round: Round, told: Sequence[Told]) -> int:  # noqa: A002
    """A list from paper: all of them take part, or nobody; how many."""
    row = held(actor, round, "learner.write")
    for each in told:
        _enrolled(actor, row, each)
    return len(told)


def _enrolled(actor: Any, row: Round, told: Told) -> Enrolment:
    if not (told.name.strip() or told.alias.strip()):
        raise NotNow(_("Write a name, or an alias that she chooses."), "name")
    known = _known_as(row, told)
    if known and Enrolment.objects.filter(round=row, person=known).exists():
        raise NotNow(_("Somebody of this name and telephone is in this round already."), "name")
    last = Enrolment.objects.filter(round=row).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_PEOPLE:
        raise NotNow(_("A round has at most %(number)s people. Count the others.") % {"number": MOST_PEOPLE})
    made = Enrolment(
        organisation_id=row.organisation_id, round=row, number=last + 1, made_by=actor, person=known or uuid4()
    )
    _write(made, told)
    made.save()
    journal.record(actor=actor, verb="learner.enrol", about=row, facts={"number": made.number})
    return made


def _known_as(row: Round, told: Told) -> UUID | None:
    """The person of this name and telephone in any round of the organisation."""
    if not (told.name.strip() and told.phone.strip()):
        return None
    rows: Any = Enrolment.objects.with_blind(
        organisation_id=row.organisation_id, name_index=_plain(told.name), phone_index=told.phone
    )
    found: UUID | None = rows.order_by("made_at").values_list("person", flat=True).first()
    return found


def _plain(name: str) -> str:
    """One space between words."""
    return " ".join(name.split())


def _write(row: Enrolment, told: Told) -> None:
    row.name, row.alias, row.phone = _plain(told.name) or None, told.alias.strip() or None, told.phone.strip() or None
    row.sex, row.age, row.country = told.sex, told.age, told.country.upper()
    row.agency, row.role = told.agency.strip(), told.role.strip()


@transaction.atomic
def change_person(*, actor: Any, round: Round, enrolment: Enrolment, told: Told) -> None:  # noqa: A002
    """What is known of somebody now."""
    row = held(actor, round, "learner.write")
    found = of_round(Enrolment, row, enrolment.pk)
    if not (told.name.strip() or told.alias.strip()):
        raise NotNow(_("Write a name, or an alias that she chooses."), "name")
    _write(found, told)
    found.save()
    journal.record(actor=actor, verb="learner.change", about=row, facts={"number": found.number})


@transaction.atomic
def leave_round(*, actor: Any, round: Round, enrolment: Enrolment, on_date: dt.date | None) -> None:  # noqa: A002
    """She does not come any more since a day; None where she does after all."""
    row = held(actor, round, "learner.write")
    found = of_round(Enrolment, row, enrolment.pk)
    found.left_date = on_date
    found.save()
    journal.record(
        actor=actor, verb="learner.leave", about=row, facts={"number": found.number, "left": on_date is not None}
    )


@transaction.atomic
def forget_name(*, actor: Any, round: Round, enrolment: Enrolment) -> None:  # noqa: A002
    """Her name, telephone and initials are erased on her wish. Her number stays, that somebody was there, and that her paper is valid."""
    row = held(actor, round, "learner.write")
    found = of_round(Enrolment, row, enrolment.pk)
    found.name = found.phone = None
    found.alias = str(found.number)
    found.save()
    for each in SignUp.objects.filter(enrolment=found):
        each.delete()
    for paper in Certificate.objects.filter(enrolment=found):
        paper.initials, paper.shows = None, Shows.VALID
        paper.save()
    journal.record(actor=actor, verb="learner.forget", about=row, facts={"number": found.number})


@transaction.atomic
def say_same(*, actor: Any, one: Enrolment, other: Enrolment) -> None:
    """Two in different rounds are one person: from now on she counts once."""
    for each in (one, other):
        policy.require(actor, "learner.write", each)
    first = Enrolment.objects.select_for_update(of=("self",)).get(pk=one.pk)
    second = Enrolment.objects.select_for_update(of=("self",)).get(pk=other.pk)
    if first.round_id == second.round_id or first.organisation_id != second.organisation_id:
        raise NotNow(_("In one round these are two people."), "other")
    if first.person == second.person:
        return
    for row in Enrolment.objects.filter(organisation=second.organisation_id, person=second.person):
        row.person_first, row.person = row.person_first or row.person, first.person
        row.save()
    journal.record(
        actor=actor, verb="learner.same", about=first.round, facts={"one": str(first.pk), "other": str(second.pk)}
    )


@transaction.atomic
def say_apart(*, actor: Any, enrolment: Enrolment) -> None:
    """She is somebody else after all: what was said to be one is told apart again."""
    policy.require(actor, "learner.write", enrolment)
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    row.person, row.person_first = row.person_first or uuid4(), None
    row.save()
    journal.record(actor=actor, verb="learner.apart", about=row.round, facts={"one": str(row.pk)})


# -- tests -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def enter_scores(
    *, actor: Any, round: Round, most: int, scores: Mapping[UUID, tuple[Decimal | None, Decimal | None]],  # noqa: A002
    counted: Mapping[str, Mapping[str, int]],
) -> None:  # fmt: skip
    """Points before and after of each person, and scores of who was only counted."""
    row = held(actor, round, "learner.write")
    if any(value is not None and not 0 <= value <= most for pair in scores.values() for value in pair):
        raise NotNow(_("Points lie between 0 and the most that can be reached."), "most")
    rows = {each.pk: each for each in Enrolment.objects.filter(round=row, pk__in=scores)}
    for pk, (before, after) in scores.items():
        if pk in rows:
            rows[pk].before, rows[pk].after = before, after
    Enrolment.objects.bulk_update(rows.values(), ["before", "after"])
    row.most_points, row.scores = most, {name: dict(each) for name, each in counted.items() if each}
    row.save(update_fields=["most_points", "scores"])
    journal.record(actor=actor, verb="learner.score", about=row, facts={"people": len(rows)})
