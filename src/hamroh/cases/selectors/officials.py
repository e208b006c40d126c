"""Who acts on what he hears of her, or tells her house: each is told on a yes of its own alone, given after advice on what may follow."""

from typing import Any

from hamroh.accounts.models import Organisation
from hamroh.cases.models import Case, Consent, Official, Purpose, Referral
from hamroh.cases.selectors.consents import consent_of
from hamroh.cases.selectors.trafficking import is_asked_about, wants_police
from hamroh.directory.models import Party, PartyKind, Service

#: what the police do, and who works there, stand under these concepts
POLICE = ("hm0082", "hm0083")
#: who is an official by what the directory says of them
KINDS = {PartyKind.COMMUNITY_COUNCIL: Official.MAHALLA, PartyKind.RELIGIOUS: Official.RELIGIOUS}
#: offices of the state, of whom she first hears what may follow
STATE = (PartyKind.STATE_AGENCY, PartyKind.COURT, PartyKind.PARLIAMENT)


def official_of(to: Organisation | Service | None) -> str:
    """Which official stands behind an organisation or a service; empty where none does."""
    party = _party(to)
    if party is None:
        return ""
    services = Service.objects.filter(pk=to.pk) if isinstance(to, Service) else Service.objects.filter(party=party)
    if services.filter(kinds__key__in=POLICE).exists():
        return Official.POLICE
    return KINDS.get(PartyKind(party.kind), "")


def needs_advice(to: Organisation | Service | None) -> bool:
    """Whether she hears before her yes what may follow: it is an official or an office of the state, with an account or without."""
    party = _party(to)
    return party is not None and (party.kind in STATE or bool(official_of(to)))


def _party(to: Organisation | Service | None) -> Party | None:
    if isinstance(to, Service):
        return to.party
    return None if to is None else Party.objects.filter(tenant=to).first()


def yes_to(
    *, case: Case, organisation: Organisation | None = None, service: Service | None = None, official: str = "",
    transfer: bool = False,
) -> Consent | None:  # fmt: skip
    """Her yes to telling just these, as it stands today; of officials and the state only one that she gave after advice."""
    purpose = Purpose.OFFICIAL if official else Purpose.TRANSFER if transfer else Purpose.SHARE
    found = consent_of(
        case=case, purpose=purpose, organisation_id=_pk(organisation), service_id=_pk(service), official=official
    )
    asks_advice = bool(official) or needs_advice(organisation or service)
    return None if found is None or (asks_advice and not found.is_advised) else found


def _pk(row: Any) -> Any:
    return None if row is None else row.pk


def is_hers_to_decide(*, case: Case, official: str) -> bool:
    """Whether the police is meant, trafficking was asked about, and she has not decided that they are told."""
    return official == Official.POLICE and is_asked_about(case=case) and not wants_police(case=case)


def may_know(referral: Referral) -> bool:
    """Whether what a referral says may go to those whom it names today: at each door that hands out something of it."""
    to = referral.to_organisation or referral.to_service
    official = referral.official or official_of(to)
    if referral.to_service is not None and official:
        return False  # they became officials: who asks them asks an official
    if is_hers_to_decide(case=referral.case, official=official):
        return False
    found = yes_to(
        case=referral.case, organisation=referral.to_organisation, service=referral.to_service, official=referral.official,
        transfer=referral.is_transfer,
    )  # fmt: skip
    return found is not None


def open_officials(*, case: Case) -> list[str]:
    """Officials to whom her yes stands today."""
    return [each for each in Official.values if yes_to(case=case, official=each) is not None]
