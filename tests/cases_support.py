"""Applications for support of the state, in tests: a matter of it, and an application as Farzona keeps it."""

import datetime as dt
from typing import Any

from cases_matters import matter_of
from cases_world import THERE, Office
from desk_world import TODAY
from hamroh.cases.actions import support as actions
from hamroh.cases.actions.support import Filed, Said
from hamroh.cases.models import Application, Case, Matter
from hamroh.vault import journal

OFFICE = "Шуъбаи иҷтимоии ноҳияи Восеъ"
ASKED = "Кӯмакпулии суроғавӣ"
MONTH_AGO = TODAY - dt.timedelta(days=30)


def asked_of_the_state(office: Office, case: Case, country: str = "TJ") -> Matter:
    return matter_of(office, case, "support", country)


def begun_application(office: Office, case: Case, support: str = "") -> Application:
    matter = asked_of_the_state(office, case)
    told = {"asked": ASKED, "authority": "", "office": OFFICE}
    return actions.begin(actor=office.farzona, matter=matter, support=support, told=told)


def handed_in(office: Office, row: Application, actor: Any = None, **more: Any) -> Application:
    filed = Filed(**{"on": MONTH_AGO, "number": "77-12", "papers": ("id_card",)} | more)
    with journal.openings("task"):
        actions.hand_in(actor=actor or office.farzona, application=row, filed=filed, seen="collecting")
    row.refresh_from_db()
    return row


def answered(office: Office, row: Application, state: str, seen: str = "filed", **told: str) -> None:
    with journal.openings("task"):
        actions.answer(actor=office.farzona, application=row, state=state, said=Said(TODAY, told), seen=seen)


THERE["support"] = lambda office, case: asked_of_the_state(office, case).pk
THERE["application"] = lambda office, case: begun_application(office, case).pk
