"""Matters of a case, for tests: what addresses name, and a matter as Farzona keeps it."""

import datetime as dt
from typing import Any

from cases_world import THERE
from desk_world import NOW, TODAY
from hamroh.cases.actions import deadlines, matters
from hamroh.cases.models import Case, Deadline, Hearing, Matter


def matter_of(office: Any, case: Case, kind: str = "alimony", country: str = "AZ") -> Matter:
    """The case's matter of a kind, opened where there is none yet."""
    found = Matter.objects.filter(case=case, kind=kind, country=country).first()
    return found or matters.open_matter(actor=office.farzona, case=case, kind=kind, country=country)


def deadline_of(office: Any, case: Case) -> Deadline:
    found = Deadline.objects.filter(case=case).first()
    matter = matter_of(office, case)
    return found or deadlines.count_term(actor=office.farzona, matter=matter, code="az_appeal", base=TODAY)


def hearing_of(office: Any, case: Case) -> Hearing:
    found = Hearing.objects.filter(case=case).first()
    told = {"court": "City court", "room": "4", "words": "Bring the slips"}
    starts_at = NOW + dt.timedelta(days=8)
    return found or deadlines.set_hearing(
        actor=office.farzona, matter=matter_of(office, case), starts_at=starts_at, told=told
    )


THERE["matter"] = lambda office, case: matter_of(office, case).pk
THERE["deadline"] = lambda office, case: deadline_of(office, case).pk
THERE["hearing"] = lambda office, case: hearing_of(office, case).pk
THERE["step"] = lambda _office, _case: "alimony_facts"
THERE["term"] = lambda _office, _case: "az_appeal"
