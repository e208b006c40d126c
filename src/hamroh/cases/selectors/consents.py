"""What was agreed to: the newest answer to each question, what stands today, and what went out before a withdrawal."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from hamroh.accounts.models import Membership, RecordGrant
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import zone_of
from hamroh.cases.models import Answer, Case, Consent, Part, Person, Purpose, Referral
from hamroh.cases.reaching import clocks_there, today_there
from hamroh.kernel import consents
from hamroh.kernel.consents import Asked
from hamroh.vault import opening
from hamroh.vault.models import JournalLine

#: purpose, organisation, service, official, who answered, about whom
Question = tuple[str, UUID | None, UUID | None, str, UUID | None, UUID | None]


@dataclass(frozen=True)
class Agreed:
    """The newest answer to one question, with the words she added, and the earlier ones."""

    row: Consent
    stands: bool
    words: Any = None
    earlier: tuple[Consent, ...] = ()
    went_out: tuple["WentOut", ...] = field(default_factory=tuple)
    #: referrals that were sent on the earlier answers, with their links
    referred: tuple[Referral, ...] = ()


@dataclass(frozen=True)
class WentOut:
    """What another organisation could see by a loan: since when, until when, and how often somebody there opened it."""

    to: str
    since: dt.datetime
    ended: dt.datetime
    opened: int


def stands(row: Consent | None, today: dt.date) -> bool:
    """Whether it is a yes that is not past its day; one to all officials at once was before they were asked about one by one."""
    if row is None or row.answer != Answer.GIVEN or (row.purpose == Purpose.OFFICIAL and not row.official):
        return False
    return row.until_date is None or row.until_date >= today


def consent_of(
    *, case: Case, purpose: str, organisation_id: UUID | None = None, service_id: UUID | None = None,
    about_id: UUID | None = None, person_id: UUID | None = None, official: str = "",
) -> Consent | None:  # fmt: skip
    """The yes that stands today for a purpose, None where there is none. Opens nothing; what lends or sends asks this first."""
    rows = Consent.objects.filter(
        case=case,
        purpose=purpose,
        to_organisation=organisation_id,
        to_service=service_id,
        official=official,
        about=about_id,
        person=person_id,
    )
    newest = rows.order_by("-made_at", "-pk").first()
    return newest if stands(newest, today_there(case)) else None


def childs_consent(
    *, case: Case, child: Person, purpose: str, age: int | None, organisation_id: UUID | None = None
) -> bool:  # fmt: skip
    """Whether all who have to be asked about a child's data said yes: the guardian, the child itself, or both, by age.

    Sharing is asked about for each organisation; who answered for another one answered nothing for this one.
    """
    rows = Consent.objects.filter(
        case=case, purpose=purpose, about=child, to_organisation=organisation_id, to_service=None
    ).order_by("made_at", "pk")
    newest = {row.person_id: row for row in rows}
    today, asked = today_there(case), consents.asked_of(age)
    own = newest.pop(child.pk, None)
    if own is not None and own.answer != Answer.GIVEN:
        return False
    guardian = any(stands(row, today) for row in newest.values())
    if asked is Asked.GUARDIAN:
        return guardian
    return stands(own, today) and (guardian or asked is Asked.CHILD_AND_GUARDIAN_TOLD)


def newest(*, case: Case) -> list[Agreed]:
    """The newest answer to each question, with the earlier ones; nothing is opened."""
    rows = Consent.objects.filter(case=case).select_related(
        "to_organisation", "to_service__party", "taken_by", "person", "about"
    )
    by_question: dict[Question, list[Consent]] = {}
    for row in rows.order_by("-made_at", "-pk"):
        clocks_there(row, case, "made_at")
        asked = (
            row.purpose, row.to_organisation_id, row.to_service_id, row.official, row.person_id, row.about_id
        )  # fmt: skip
        by_question.setdefault(asked, []).append(row)
    today = today_there(case)
    return [Agreed(found[0], stands(found[0], today), earlier=tuple(found[1:])) for found in by_question.values()]


def agreed(*, case: Case, decision: Decision) -> list[Agreed]:
    """The same with her words and, where the answer is a no, what had gone out by then."""
    found = newest(case=case)
    closed = any(each.row.answer != Answer.GIVEN for each in found)
    gone, referred = (_went_out(case), _referred(case)) if closed else ({}, {})
    return [_opened(each, decision, gone, referred) for each in found]


def _opened(
    each: Agreed, decision: Decision, gone: dict[UUID, list[WentOut]], referred: dict[UUID, list[Referral]]
) -> Agreed:  # fmt: skip
    words = opening.open_each(each.row, ("words",), decision=decision, purpose="page")["words"]
    was_no = each.row.answer != Answer.GIVEN
    went = tuple(went for row in each.earlier for went in gone.get(row.pk, ())) if was_no else ()
    sent = tuple(sent for row in each.earlier for sent in referred.get(row.pk, ())) if was_no else ()
    return replace(each, words=words, went_out=went, referred=sent)


def _referred(case: Case) -> dict[UUID, list[Referral]]:
    """Referrals of a case that were sent, by the consent that they stood on, with what of them was read and opened when."""
    rows = Referral.objects.filter(case=case, sent_at__isnull=False).select_related(
        "to_organisation", "to_service__party"
    )
    found: dict[UUID, list[Referral]] = {}
    for row in rows.prefetch_related("links").order_by("sent_at", "pk"):
        clocks_there(row, case, "seen_at", "accepted_at")
        for link in row.links.all():
            clocks_there(link, case, "seen_at", "opened_at")
        found.setdefault(row.consent_id, []).append(row)
    return found


def _went_out(case: Case) -> dict[UUID, list[WentOut]]:
    """Loans of a case by the consent that they stood on."""
    ref = {"record_kind": case._meta.label_lower, "record_id": str(case.pk)}  # noqa: SLF001
    found: dict[UUID, list[WentOut]] = {}
    grants = RecordGrant.objects.filter(consent_id__isnull=False, **ref).select_related("to_organisation")
    for grant in grants.order_by("starts_at"):
        ended = grant.revoked_at or grant.ends_at
        people = Membership.objects.filter(organisation=grant.to_organisation).values("user")
        opened = JournalLine.objects.filter(
            actor_id__in=people, written_at__gte=grant.starts_at, written_at__lte=ended, **ref
        ).exclude(purpose="")
        zone = zone_of(case.organisation)
        since, until = grant.starts_at.astimezone(zone), ended.astimezone(zone)
        told = WentOut(grant.to_organisation.code, since, until, opened.count())
        found.setdefault(grant.consent_id, []).append(told)  # type: ignore[arg-type]
    return found


def answerers(*, case: Case) -> list[Person]:
    """People of the case who may answer for somebody: children for themselves, guardians and relatives for children."""
    parts = (Part.CHILD, Part.GUARDIAN, Part.RELATIVE, Part.FATHER)
    return list(Person.objects.filter(case=case, part__in=parts).order_by("part", "pk"))
