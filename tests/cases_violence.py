"""Acts of violence in tests: what Gulnora told Farzona."""

import datetime as dt
from typing import Any

from cases_trafficking import client_of
from cases_world import THERE, Office
from desk_world import TODAY
from hamroh.cases.actions import incidents as actions
from hamroh.cases.models import Case, Incident
from hamroh.vault import journal

#: his family put her out of the house and kept the money
TOLD = {
    "kind": ["denial"],
    "denied": ["evicted", "remittances"],
    "time": ["night"],
    "number": ["two"],
    "who": ["in_law"],
}
WEEK_AGO = TODAY - dt.timedelta(days=7)


def day(on: dt.date) -> dict[str, int]:
    return {"year": on.year, "month": on.month, "day": on.day}


def begun_incident(office: Office, case: Case, happened: Any = None, actor: Any = None) -> Incident:
    with journal.openings("task"):
        return actions.begin(
            actor=actor or office.farzona, person=client_of(case), happened=happened or day(WEEK_AGO), told_on=TODAY
        )


def told_incident(office: Office, case: Case, answers: Any = TOLD, actor: Any = None, **more: Any) -> Incident:
    """Asked to the end, and finished."""
    actor = actor or office.farzona
    row = begun_incident(office, case, actor=actor, **more)
    with journal.openings("task"):
        for question, said in answers.items():
            actions.keep_answer(actor=actor, row=row, question=question, said=said)
        actions.finish(actor=actor, row=row)
    row.refresh_from_db()
    return row


THERE["incident"] = lambda office, case: begun_incident(office, case).pk
THERE["point"] = lambda _office, _case: "kind"
