"""The work on Gulnora's case in tests: what a case needs to move on, and rows that addresses name."""

import datetime as dt
from typing import Any

from cases_world import OF_A_HOUSE, THERE, Office
from desk_world import TODAY
from hamroh.cases import actions
from hamroh.cases.actions import Done
from hamroh.cases.models import (
    Answer,
    Case,
    Consent,
    MobileDay,
    Need,
    Note,
    Part,
    Person,
    Purpose,
    Risk,
    SavedFilter,
    Side,
    Way,
)

GOAL = "Мехоҳад, ки барои бачаҳо нафақа гирад."
NOTE = "Шабҳо хоб намебарад."
PLACE = "Деҳаи Сафедорон"
DONE = Done(on_date=TODAY, minutes=40, words="Гуфт, ки шавҳараш занг назад.")


def consent(office: Office, case: Case, answer: str = Answer.GIVEN, **more: Any) -> Consent:
    return Consent.objects.create(
        organisation=office.centre, case=case, purpose=Purpose.SERVICE, answer=answer, way=Way.VOICE, text_version="1",
        text_digest="0" * 64, taken_by=office.farzona, **more,
    )  # fmt: skip


def screened(case: Case, risk: str = Risk.LOW) -> None:
    Case.objects.filter(pk=case.pk).update(risk=risk)
    case.refresh_from_db(fields=["risk"])


def need(office: Office, case: Case, goal: str = GOAL) -> Need:
    return actions.add_need(actor=office.farzona, case=case, domain="legal", goal=goal)


def walk(office: Office, case: Case, *states: str, words: str = "Чунин бояд.") -> Case:
    """The case through states, by its owner."""
    for state in states:
        actions.move(actor=office.farzona, case=case, after=state, words=words)
    return case


def under_way(office: Office, case: Case) -> Need:
    """The case is active, with a goal."""
    consent(office, case)
    screened(case)
    planned = need(office, case)
    walk(office, case, "intake", "assessed", "planned", "active")
    return planned


def to_close(office: Office, case: Case) -> None:
    """The owner asked that the case be closed."""
    planned = under_way(office, case)
    actions.settle_need(actor=office.farzona, case=case, need=planned, outcome="met")
    walk(office, case, "closing")


def child(office: Office, case: Case) -> Person:
    told = actions.Told(name="Сомон")
    return actions.add_person(actor=office.farzona, case=case, part=Part.CHILD, side=Side.HERS, told=told)


def write(actor: Any, case: Case, discipline: str = "case", about: Any = None, words: str = NOTE) -> Note:
    return actions.add_note(actor=actor, case=case, discipline=discipline, words=words, on_date=TODAY, about=about)


def a_day(office: Office, on_date: dt.date = TODAY) -> MobileDay:
    return actions.begin_day(actor=office.farzona, organisation=office.centre, place=PLACE, on_date=on_date)


def kept(office: Office, _case: Case) -> Any:
    actions.keep_filter(actor=office.farzona, organisation=office.centre, query="risk=high")
    return SavedFilter.objects.get(user=office.farzona).pk


OF_A_HOUSE.add("day")
THERE["to"] = lambda _office, _case: "intake"
THERE["need"] = lambda office, case: need(office, case).pk
THERE["note"] = lambda office, case: write(office.farzona, case).pk
THERE["kept"] = kept
THERE["day"] = lambda office, _case: a_day(office).pk
