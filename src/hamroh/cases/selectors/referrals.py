"""Referrals as pages show them: of a case, sent by a house, received by a house."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision, Refused
from hamroh.accounts.zones import zone_of
from hamroh.cases.models import (
    AgeBand,
    Case,
    Consent,
    Domain,
    Matter,
    MatterKind,
    Purpose,
    Received,
    Referral,
    ReferralLink,
)
from hamroh.cases.reaching import today_there
from hamroh.cases.selectors import evidence as papers
from hamroh.cases.selectors.consents import stands
from hamroh.vault import opening

PURPOSE = "referral"
_MOMENTS = ("made_at", "sent_at", "seen_at", "accepted_at", "opened_at", "settled_at")


@dataclass(frozen=True)
class Shown:
    """A referral with what of it was opened."""

    row: Any
    facts: Mapping[str, Any]
    answer: Any = None

    @property
    def envelope(self) -> dict[str, Any]:
        """The envelope with its codes in words."""
        told = self.facts.get("envelope") or {}
        known = {"age": dict(AgeBand.choices), "need": dict(Domain.choices)}
        return {name: known.get(name, {}).get(value, value) for name, value in told.items()}

    @property
    def payload(self) -> Mapping[str, Any]:
        return self.facts.get("payload") or {}

    @property
    def matters(self) -> list[Any]:
        return [dict(MatterKind.choices).get(kind, kind) for kind in self.payload.get("matters", ())]


def of_case(*, case: Case) -> QuerySet[Referral]:
    """Referrals of a case, the newest first; nothing is opened."""
    return (
        Referral.objects.filter(case=case)
        .select_related("to_organisation", "to_service__party")
        .order_by("-made_at", "pk")
    )


def one(*, case: Case, pk: UUID, decision: Decision) -> Shown:
    """One referral of the case, opened; Refused where there is none."""
    row = row_of(case=case, pk=pk)
    told = opening.open_each(row, ("facts", "answer"), decision=decision, purpose=PURPOSE)
    _by_the_clock(row, case.organisation, _MOMENTS)
    return Shown(row, told["facts"] if isinstance(told["facts"], Mapping) else {}, told["answer"])


def row_of(*, case: Case, pk: UUID) -> Referral:
    """The same without opening anything of it."""
    row: Referral | None = (
        Referral.objects.filter(case=case, pk=pk)
        .select_related("case__organisation", "to_organisation", "to_service__party")
        .first()
    )
    if row is None:
        raise Refused("no such referral in this case")
    return row


def _by_the_clock(row: Any, house: Organisation, names: tuple[str, ...]) -> None:
    zone = zone_of(house)
    for name in names:
        moment = getattr(row, name)
        if moment is not None:
            setattr(row, name, moment.astimezone(zone))


def by_the_clock_of(case: Case, links: list[ReferralLink]) -> list[ReferralLink]:
    """Links with their moments as its people read them."""
    for link in links:
        _by_the_clock(link, case.organisation, ("made_at", "seen_at", "opened_at", "ended_at", "code_until"))
    return links


def agreed_organisations(*, case: Case, purpose: str = Purpose.SHARE) -> list[Organisation]:
    """Organisations that may learn of her (or take her case over) today, by her newest answer to each."""
    rows = Consent.objects.filter(case=case, purpose=purpose, about=None, person=None, to_service=None)
    newest: dict[Any, Consent] = {}
    for row in rows.select_related("to_organisation").order_by("made_at", "pk"):
        newest[row.to_organisation_id] = row
    today = today_there(case)
    return [row.to_organisation for row in newest.values() if row.to_organisation and stands(row, today)]


def copies(*, case: Case, decision: Decision, names: Mapping[UUID, Any]) -> list[tuple[str, str]]:
    """Copies of evidence that were made to be handed out, with what is said of them."""
    found = []
    for row in papers.to_go_out(case=case):
        facts = opening.open_each(row, ("facts",), decision=decision, purpose=PURPOSE)["facts"]
        words = facts.get("words", "") if isinstance(facts, Mapping) else str(facts)
        found.append((str(row.pk), papers.told(row, names, words)))
    return found


def has_matters(*, case: Case) -> bool:
    return Matter.objects.filter(case=case).exists()


def sent(*, actor: Any, organisation: Organisation) -> QuerySet[Referral]:
    """Referrals of the cases that the actor may list, the newest first."""
    rows = Referral.objects.filter(organisation=organisation).select_related(
        "case", "to_organisation", "to_service__party"
    )
    return policy.visible(actor, "case.list", rows).order_by("-made_at", "pk")


def received(*, actor: Any, organisation: Organisation) -> QuerySet[Received]:
    """What came to an organisation, the newest first; nothing is opened."""
    rows = Received.objects.filter(organisation=organisation).select_related("from_organisation", "owner")
    return policy.visible(actor, "referral.look", rows).order_by("-came_at", "pk")


def received_of(*, actor: Any, pk: UUID, verb: str) -> tuple[Received, Decision]:
    """One that came, with the decision that opens it; Refused where the actor may not do ``verb`` to it."""
    rows = Received.objects.select_related("organisation", "from_organisation", "owner").filter(pk=pk)
    row, decision = policy.fetch(actor, verb, rows)
    return row, decision


def looked_at(*, actor: Any, row: Received, decision: Decision) -> Shown:
    """The envelope; for who accepted it (or supervises her) the payload, too."""
    told = opening.open_each(row, ("envelope", "answer"), decision=decision, purpose=PURPOSE)
    facts = {"envelope": told["envelope"] if isinstance(told["envelope"], Mapping) else {}}
    reads = policy.allowed(actor, "referral.read", row)
    if reads and row.state == "accepted":
        payload = opening.open_each(row, ("payload",), decision=reads, purpose=PURPOSE)["payload"]
        facts["payload"] = payload if isinstance(payload, Mapping) else {}
    _by_the_clock(row, row.organisation, ("came_at", "settled_at"))
    return Shown(row, facts, told["answer"])


def own_case(*, actor: Any, row: Received) -> Case | None:
    """The case that was opened from it, for who may read it."""
    if row.became_id is None:
        return None
    return policy.visible(actor, "case.read", Case.objects.filter(pk=row.became_id)).first()
