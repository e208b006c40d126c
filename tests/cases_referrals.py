"""Gulnora is referred to the other organisation, on her yes."""

import datetime as dt
from typing import Any

from cases_safety import contact
from cases_world import OF_A_HOUSE, THERE, Office
from desk_world import TODAY
from hamroh.cases.actions import receiving
from hamroh.cases.actions import referrals as actions
from hamroh.cases.actions.consent import answer_consent
from hamroh.cases.actions.referrals import To, Wanted
from hamroh.cases.models import Case, Consent, Received, Referral
from hamroh.vault import journal

OF_A_HOUSE.add("received")
DISTRICT = "near Kulob"
ALL = ("name", "born", "contact", "story", "matters")


def wanted(**facts: Any) -> Wanted:
    told: dict[str, Any] = {
        "age": "30-44", "district": DISTRICT, "need": "legal", "urgency": "soon", "until_date": TODAY + dt.timedelta(days=14),
        "chosen": ALL,
    }  # fmt: skip
    return Wanted(**told | facts)


def agreed(office: Office, case: Case, answer: str = "given", **facts: Any) -> Consent:
    """Her answer to whether the other organisation may learn of her."""
    told = {"purpose": "share", "to_organisation": office.other} | facts
    return answer_consent(actor=office.farzona, case=case, answer=answer, way="voice", lang="tg", **told)


def drafted(office: Office, case: Case, **facts: Any) -> Referral:
    with journal.openings("task"):
        return actions.draft_referral(actor=office.farzona, case=case, wanted=wanted(**facts), to=To(office.other))


def sent(office: Office, case: Case, **facts: Any) -> Received:
    """The referral as the other organisation has it."""
    agreed(office, case)
    row = drafted(office, case, **facts)
    with journal.openings("task"):
        actions.send_referral(actor=office.farzona, referral=row)
    return Received.objects.get(referral_id=row.pk)


def accepted(office: Office, case: Case, **facts: Any) -> Received:
    """It is accepted by the other organisation's lawyer, and she can be reached."""
    contact(office, case)
    row = sent(office, case, **facts)
    with journal.openings("task"):
        receiving.accept(actor=office.nermin, received=row)
    return row


def official(office: Office, case: Case) -> Referral:
    agreed(office, case, purpose="official", official="police", to_organisation=None, advised=True)
    with journal.openings("task"):
        to = To(official="police")
        return actions.draft_referral(actor=office.farzona, case=case, wanted=wanted(chosen=()), to=to)


THERE["referral"] = lambda office, case: official(office, case).pk
THERE["received"] = lambda office, case: sent(office, case).pk


def there(row: Received, part: str = "") -> str:
    return f"/desk/cases/received/{row.pk}/{part}"


def out(row: Referral, part: str = "") -> str:
    return f"/desk/cases/{row.case.code}/referrals/{row.pk}/{part}"


def theirs(office) -> Received:
    return Received.objects.get(organisation=office.other)
