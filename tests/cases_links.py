"""Gulnora is referred to a crisis service that has no account, on her yes, by a link."""

from typing import Any

from django.test import Client

from cases_referrals import wanted
from cases_safety import contact
from cases_world import Office
from hamroh.cases.actions import links
from hamroh.cases.actions import referrals as actions
from hamroh.cases.actions.consent import answer_consent
from hamroh.cases.actions.referrals import To
from hamroh.cases.models import Case, Consent, Referral
from hamroh.directory.models import Party, Phone, Service
from hamroh.vault import journal

PAGE = "/en/letter/"
RUNG = "+992 37 222-22-22"


def a_service(kind: str = "registered_ngo", **facts: Any) -> Service:
    """A service that the directory lists, of somebody without an account."""
    party = Party.objects.create(kind=kind, names={"en": "Bonuvon"}, state="listed", **facts)
    Phone.objects.create(party=party, number=RUNG)
    return Service.objects.create(party=party, names={"en": "Crisis room"}, state="listed")


def agreed(office: Office, case: Case, service: Service, answer: str = "given", **facts: Any) -> Consent:
    told = {"purpose": "share", "to_service": service, "way": "voice", "lang": "tg"} | facts
    return answer_consent(actor=office.farzona, case=case, answer=answer, **told)


def drafted(office: Office, case: Case, service: Service | None = None, **facts: Any) -> Referral:
    service = service or a_service()
    agreed(office, case, service)
    with journal.openings("task"):
        return actions.draft_referral(actor=office.farzona, case=case, wanted=wanted(**facts), to=To(service=service))


def sent(office: Office, case: Case, **facts: Any) -> tuple[Referral, str]:
    """The referral with the secret of its link; she can be reached."""
    contact(office, case)
    row = drafted(office, case, **facts)
    with journal.openings("task"):
        actions.send_referral(actor=office.farzona, referral=row)
        return row, links.make_link(actor=office.farzona, referral=row)


def accepted(office: Office, case: Case, **facts: Any) -> tuple[Referral, str, str]:
    """They accepted: the referral, the secret of its link, and the code."""
    row, secret = sent(office, case, **facts)
    with journal.openings("task"):
        links.accept(secret=secret)
        return row, secret, links.make_code(actor=office.farzona, referral=row)


def post(secret: str, do: str, client: Client | None = None, **told: str) -> Any:
    return (client or Client()).post(PAGE, {"k": secret, "do": do, **told})


def read(secret: str) -> tuple[int, str]:
    answer = Client().get(PAGE, {"k": secret})
    return answer.status_code, answer.content.decode()
