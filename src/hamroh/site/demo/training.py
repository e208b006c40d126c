"""Rounds of training and gatherings of the demonstration: those that documents tell of, and invented ones, marked, to try things out."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.directory.models import AdminUnit, Party
from hamroh.kernel import datafiles
from hamroh.training import actions
from hamroh.training.actions import Ask, CourseTold, GatheringTold, Group, RoundTold, Told
from hamroh.training.models import Course, Enrolment, Round
from hamroh.vault import journal

FILE = "demo/training.yml"


@dataclass
class School:
    """The house and who plans and trains there, places and parties by key, and what was made so far."""

    house: Organisation
    plans: User
    trains: User
    told: Mapping[str, Any]
    places: Mapping[str, AdminUnit]
    parties: Mapping[str, Party]
    today: dt.date
    rounds: dict[str, Round] = field(default_factory=dict)
    people: dict[str, list[Enrolment]] = field(default_factory=dict)


def count() -> int:
    """How many rounds and gatherings there are, for a progress bar."""
    told = datafiles.document(FILE)
    return sum(len(each["rounds"]) for each in told["courses"]) + len(told["gatherings"])


def load_training(tick: Callable[[], Any]) -> None:
    """Bring them in through the room's own actions; a house that has a course already is left alone."""
    told = datafiles.document(FILE)
    house = Organisation.objects.get(code=told["house"])
    if Course.objects.filter(organisation=house).exists():
        return
    staff = {user.username: user for user in User.objects.filter(memberships__organisation=house)}
    keys = {each.get("place") for course in told["courses"] for each in course["rounds"]} | {
        each.get("place") for each in told["gatherings"]
    }
    places = AdminUnit.objects.in_bulk([key for key in keys if key], field_name="key")
    parties = {str(row.key): row for row in Party.objects.filter(key__isnull=False)}
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        school = School(
            house, staff[told["plans"]], staff[told["trains"]], told, places, parties, timezone.now().date(),
        )  # fmt: skip
        for each in told["courses"]:
            _course(school, each, tick)
        for each in told["gatherings"]:
            _gathering(school, each)
            tick()


def _course(school: School, told: Mapping[str, Any], tick: Callable[[], Any]) -> None:
    course = actions.make_course(
        actor=school.plans, organisation=school.house,
        told=CourseTold(
            told["kind"], told["names"], told.get("objectives", {}), told.get("outline", ()), told.get("hours"), told.get("languages", ())
        ),
    )  # fmt: skip
    for each in told["rounds"]:
        _round(school, course, each)
        tick()


def _round(school: School, course: Course, told: Mapping[str, Any]) -> None:
    row = actions.plan_round(actor=school.plans, course=course, told=_round_told(school, told))
    school.rounds[told["id"]] = row
    if "days" in told:
        actions.name_trainer(actor=school.plans, round=row, user=school.trains)
    for key, bearing in told.get("bears", ()):
        actions.note_bearing(actor=school.plans, round=row, party=school.parties[key], bearing=bearing)
    for parent in told.get("grown", ()):
        actions.note_parent(actor=school.plans, round=row, parent=school.rounds[parent])
    for group in told.get("counted", ()):
        actions.count_people(actor=school.plans, round=row, group=Group(**group))
    for given in told.get("given", ()):
        actions.note_material(actor=school.plans, round=row, **given)
    row.refresh_from_db()
    _people(school, row, told)
    for after in told.get("states", ()):
        actions.move_round(actor=school.plans, round=row, after=after, before=row.state)
        row.refresh_from_db()


def _round_told(school: School, told: Mapping[str, Any]) -> RoundTold:
    starts, ends = told.get("starts", ""), told.get("ends", "")
    if "days" in told:
        first = school.today + dt.timedelta(days=told["days"])
        starts, ends = first.isoformat(), (first + dt.timedelta(days=told["lasts"] - 1)).isoformat()
    return RoundTold(
        number=told.get("number"), of_number=told.get("of"), place=school.places.get(told.get("place", "")), spot=told.get("spot", ""),
        starts=starts, ends=ends, language=told.get("language", ""), places=told.get("places"), takes_sign_ups=told.get("sign_ups", False),
        source=told.get("source", ""), remarks=told.get("remarks", {}),
    )  # fmt: skip


def _people(school: School, row: Round, told: Mapping[str, Any]) -> None:
    """Those who take part by name, who of an earlier round trains, who was there, and what tests showed."""
    made = [
        actions.enrol(
            actor=school.trains, round=row, told=Told(name=name, phone=phone, sex="f", age="30-59", country="TJ")
        )
        for name, phone in told.get("people", ())
    ]
    school.people[told["id"]] = made
    for earlier, number in told.get("taught", ()):
        actions.bring_trainer(actor=school.trains, round=row, learned=school.people[earlier][number])
    if "before" in told:
        heads = sum(each["number"] for each in told["counted"])
        actions.state_before(actor=school.trains, round=row, before=told["before"], heads=heads)
    if "here" in told:
        marks = {each.pk: mark for each, mark in zip(made, told["here"], strict=True)}
        on_date = school.today + dt.timedelta(days=told["days"])
        actions.take_attendance(
            actor=school.trains, round=row, on_date=on_date, part=1, marks=marks, heads=None, seen=0
        )
    if "scores" in told:
        pairs = {each.pk: (Decimal(one), Decimal(two)) for each, (one, two) in zip(made, told["scores"], strict=True)}
        actions.enter_scores(actor=school.trains, round=row, most=told["most"], scores=pairs, counted={})


def _gathering(school: School, told: Mapping[str, Any]) -> None:
    day = told.get("on_date") or (school.today + dt.timedelta(days=told["days"])).isoformat()
    row = actions.note_gathering(
        actor=school.plans, organisation=school.house,
        told=GatheringTold(
            told["kind"], told["titles"], told.get("abouts", {}), school.places.get(told["place"]), day, is_public=True,
            source=told.get("source", ""), remarks=told.get("remarks", {}), parties=[school.parties[key] for key in told["parties"]],
        ),
    )  # fmt: skip
    for each in told["asked"]:
        due = school.today + dt.timedelta(days=each["due"]) if "due" in each else None
        made = actions.recommend(
            actor=school.plans,
            gathering=row,
            ask=Ask(each["kind"], each["texts"], addressee_name=each["to"], due_date=due),
        )
        if "state" in each:
            actions.move_recommendation(
                actor=school.plans, gathering=row, recommendation=made.pk, after=each["state"], before="open"
            )
