"""How Gulnora is reached, what she said of danger, and an intake of hers that is no case yet."""

import datetime as dt
from typing import Any

from cases_world import THERE, Office
from hamroh.cases.actions import intake
from hamroh.cases.actions.contact import set_contact
from hamroh.cases.actions.outgoing import send
from hamroh.cases.actions.risk import screen_risk
from hamroh.cases.models import Case, Draft, Outgoing, RiskScreen, SafeContact
from hamroh.vault import journal

UNTIL = dt.date(2026, 12, 31)
ALONE = {"shares": ["nobody"], "days": [], "first": "09:00", "last": "17:00", "most": "NEUTRAL"}
SHARED = ALONE | {"shares": ["in_laws"], "most": "MONEY", "pretext": "from the sewing course"}
NUMBER = "+992 93 555-00-12"
GREETING = "Салом. Аҳволатон чӣ хел?"


def contact(office: Office, case: Case, **facts: Any) -> SafeContact:
    """A way to reach her: by SMS, alone, on every day from 9 to 17."""
    told: dict[str, Any] = {"way": "sms", "value": NUMBER, "terms": ALONE, "until_date": UNTIL}
    with journal.openings("task"):
        return set_contact(actor=office.farzona, case=case, **told | facts)


def message(office: Office, case: Case, body: str = GREETING, **facts: Any) -> Outgoing:
    with journal.openings("task"):
        return send(actor=office.farzona, case=case, **{"way": "sms", "body": body} | facts)


def screened(office: Office, case: Case, **facts: Any) -> RiskScreen:
    return screen_risk(actor=office.farzona, case=case, **{"answers": {"hit": "yes"}} | facts)


def begun(office: Office, actor: Any = None, channel: str = "visit") -> Draft:
    return intake.begin_intake(actor=actor or office.farzona, organisation=office.centre, channel=channel)


def answered(office: Office, draft: Draft, step: str, told: Any, seen: int = 0) -> Any:
    with journal.openings("task"):
        return intake.answer_step(actor=office.farzona, pk=draft.pk, step=step, told=told, seen=seen)


THERE["contact"] = lambda office, case: contact(office, case).pk
THERE["outgoing"] = lambda office, case: message(office, case).pk
THERE["purpose"] = lambda _office, _case: "share"
THERE["screen"] = lambda office, case: screened(office, case).pk
THERE["draft"] = lambda office, _case: begun(office).pk
THERE["question"] = lambda _office, _case: "name"
