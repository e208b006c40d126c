"""A case is referred on: put together, sent, taken back, and what an official answered is written down."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice, Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import childhood, notices, referring
from hamroh.cases.actions.moving import SECOND_PERSON, awake
from hamroh.cases.actions.opening import touch
from hamroh.cases.actions.risk import tell_supervisors
from hamroh.cases.models import Case, Consent, Evidence, Matter, Part, Person, Received, Referral
from hamroh.cases.selectors import evidence as papers
from hamroh.cases.selectors import officials
from hamroh.cases.selectors.linking import takes_links
from hamroh.cases.states import CaseLife, ReferralLife
from hamroh.directory.models import Service
from hamroh.kernel.states import MoveRefused
from hamroh.vault import journal, opening

PURPOSE = "referral"
#: what may be chosen to be handed over once it is accepted
NAME, BORN, CONTACT, STORY, MATTERS = "name", "born", "contact", "story", "matters"
PARTS = (NAME, BORN, CONTACT, STORY, MATTERS)
LONGEST = dt.timedelta(days=90)
#: how many days who worked on a case may read it after it was handed over
READS_ON = (0, 30, 90)


class CannotRefer(ValueError):
    """It cannot be referred so, or not any more; the message can be shown."""


@dataclass(frozen=True)
class To:
    """To whom: an organisation that works with Hamroh, a service that has no account, or an official; one of them."""

    organisation: Organisation | None = None
    service: Service | None = None
    official: str = ""

    @property
    def told(self) -> str:
        """As the journal says it."""
        return str(getattr(self.organisation or self.service, "pk", self.official))

    def consent(self, case: Case, *, transfer: bool = False) -> Consent:
        """Her yes to just this; CannotRefer where none stands, or where trafficking was asked about and she did not decide on the police."""
        official = self.official or officials.official_of(self.organisation or self.service)
        if officials.is_hers_to_decide(case=case, official=official):
            raise CannotRefer(
                _("Only she decides whether the police is told. Write her decision down first, after advice.")
            )
        if self.service is not None and official:
            raise CannotRefer(_("This service cannot be chosen here."))
        found = officials.yes_to(
            case=case, organisation=self.organisation, service=self.service, official=self.official, transfer=transfer
        )
        if found is None:
            raise CannotRefer(_("There is no yes of hers to this. Ask her first."))
        return found


def to_of(referral: Referral) -> To:
    return To(referral.to_organisation, referral.to_service, referral.official)


@dataclass(frozen=True)
class Wanted:
    """A referral as it is put together; ``copies`` are ids of copies of evidence that were made to be handed out.

    ``transfer`` hands the case itself over; who works on it reads it for ``reads_on`` days after that.
    """

    age: str
    district: str
    need: str
    urgency: str
    until_date: dt.date
    chosen: Sequence[str] = ()
    copies: Sequence[UUID] = ()
    transfer: bool = False
    reads_on: int = 0
    children: Sequence[UUID] = ()

    @property
    def envelope(self) -> dict[str, str]:
        return {
            "age": self.age, "district": self.district.strip(), "need": self.need, "urgency": self.urgency,
            "until": self.until_date.isoformat(),
        }  # fmt: skip


@transaction.atomic
def draft_referral(*, actor: Any, case: Case, wanted: Wanted, to: To) -> Referral:
    """Put a referral together on her yes to just this: to that organisation or service, to officials after advice. Nothing goes out yet.

    CannotRefer where there is no such yes that stands.
    """
    policy.require(actor, "case.write", awake(case))
    decision = policy.require(actor, "case.read", case)
    _check_wanted(case, wanted, to)
    consent = to.consent(case, transfer=wanted.transfer)
    _check_day(case, consent, wanted.until_date)
    row = Referral(
        organisation_id=case.organisation_id, case=case, to_organisation=to.organisation, to_service=to.service,
        official=to.official, consent=consent, urgency=wanted.urgency, until_date=wanted.until_date, made_by=actor,
        is_transfer=wanted.transfer, reads_on=wanted.reads_on,
        facts={
            "envelope": wanted.envelope, "chosen": list(wanted.chosen),
            "payload": {} if to.official else _payload(case, decision, wanted),
            "children": _children(case, decision, wanted, to),
        },
    )  # fmt: skip
    row.save()
    facts = {"referral": str(row.pk), "consent": str(consent.pk), "to": to.told, "transfer": wanted.transfer}
    journal.record(actor=actor, verb="case.draft_referral", about=case, facts=facts)
    if wanted.transfer:
        tell_supervisors(case, Notice.About.ANSWERED, but=actor.pk)
    touch(case)
    return row


def _check_wanted(case: Case, wanted: Wanted, to: To) -> None:
    targets = (to.organisation, to.service, to.official)
    if sum(map(bool, targets)) != 1 or not set(wanted.chosen) <= set(PARTS) or wanted.reads_on not in READS_ON:
        raise policy.Refused("a referral goes to one organisation, service or official, with known parts")
    if wanted.transfer and to.organisation is None:
        raise policy.Refused("only an organisation that works with cases takes one over")
    if wanted.transfer and "transferred" not in CaseLife.moves(case.status):
        raise CannotRefer(_("A case is handed over once its intake has begun."))
    if to.service is not None and not takes_links(to.service):
        raise CannotRefer(_("This service cannot be chosen here."))
    if to.service is not None and wanted.copies:
        raise CannotRefer(
            _("Copies of evidence go to organisations that work with Hamroh. Hand a service printed ones.")
        )


def _check_day(case: Case, consent: Consent, until: dt.date) -> None:
    today = local_date(timezone.now(), case.organisation)
    if not today <= until <= today + LONGEST:
        raise CannotRefer(_("Choose a day within the next ninety days."))
    if consent.until_date and until > consent.until_date:
        raise CannotRefer(_("Her yes ends before this day. Choose an earlier one, or ask her again."))


def _payload(case: Case, decision: Decision, wanted: Wanted) -> dict[str, Any]:
    """What is handed over at acceptance. How she is reached is not in it: it is taken then, as it stands."""
    found: dict[str, Any] = {}
    client = Person.objects.filter(case=case, part=Part.CLIENT).first()
    if client is not None and {NAME, BORN} & set(wanted.chosen):
        told = opening.open_each(client, (NAME, BORN), decision=decision, purpose=PURPOSE)
        found |= {name: told[name] for name in (NAME, BORN) if name in wanted.chosen and _is_known(told[name])}
    if STORY in wanted.chosen:
        story = opening.open_each(case, (STORY,), decision=decision, purpose=PURPOSE)[STORY]
        found |= {STORY: story} if _is_known(story) else {}
    if MATTERS in wanted.chosen:
        found[MATTERS] = list(
            Matter.objects.filter(case=case).order_by("kind").values_list("kind", flat=True).distinct()
        )
    found["copies"] = [str(row.pk) for row in _copies(case, wanted)]
    return found


def _copies(case: Case, wanted: Wanted) -> list[Evidence]:
    """Copies that were chosen; CannotRefer where a child's is among them and not the child: whose yes is asked goes along."""
    found = list(papers.to_go_out(case=case).filter(pk__in=wanted.copies))
    if any(row.about_id and row.about_id not in wanted.children for row in found):
        raise CannotRefer(
            _(
                "A child’s paper goes only with the child itself: choose the child, on the yes that it needs, or leave the paper out."
            )
        )
    return found


def _children(case: Case, decision: Decision, wanted: Wanted, to: To) -> list[str]:
    """Ids of the children whose data goes along, taken from the file when it is accepted; CannotRefer where a yes lacks."""
    found = childhood.allowed(
        case, decision, wanted.children, to.organisation and to.organisation.pk, transfer=wanted.transfer
    )
    if len(found) != len(set(wanted.children)):
        raise CannotRefer(
            _("A child’s data goes only on the yes of its guardian and, by its age, of the child itself.")
        )
    return [str(child.pk) for child in found]


def _is_known(value: Any) -> bool:
    return value is not None and not isinstance(value, opening.Unshown)


@transaction.atomic
def send_referral(*, actor: Any, referral: Referral) -> Referral:
    """Send it: the other organisation gets the envelope, under its own key. CannotRefer where her yes ended or the day is over."""
    decision = policy.require(actor, "case.write", awake(referral.case))
    with referring.across(referral.organisation_id, referral.to_organisation_id):
        fresh = _as_it_stands(referral)
        _check_day(fresh.case, to_of(fresh).consent(fresh.case, transfer=fresh.is_transfer), fresh.until_date)
        if fresh.is_transfer:
            _check_second(actor, fresh)
        _moved(actor, fresh, "sent")
        if fresh.to_organisation is not None:
            facts = opening.open(fresh, "facts", decision=decision, purpose=PURPOSE)
            _arrive(actor, fresh, fresh.to_organisation, facts["envelope"])
    touch(referral.case)
    return fresh


def _check_second(actor: Any, referral: Referral) -> None:
    """To hand a case over ends it here: as for every end, a second person approves."""
    policy.require(actor, "case.approve", referral.case)
    if referral.made_by_id == actor.pk:
        raise CannotRefer(str(SECOND_PERSON))


def _arrive(actor: Any, referral: Referral, to: Organisation, envelope: dict[str, str]) -> None:
    theirs = Received(
        organisation=to, from_organisation_id=referral.organisation_id, code=referral.code,
        referral_id=referral.pk, is_transfer=referral.is_transfer, state=referral.state,
        urgency=referral.urgency, until_date=referral.until_date,
        envelope=envelope,
    )  # fmt: skip
    theirs.save()
    journal.record(actor=actor, verb="referral.arrive", about=theirs)
    notices.tell_receiver(theirs, Notice.About.CAME)


@transaction.atomic
def take_back(*, actor: Any, referral: Referral) -> Referral:
    """Take it back: what the other side was given is emptied at once."""
    policy.require(actor, "case.write", referral.case)
    with referring.across(referral.organisation_id, referral.to_organisation_id):
        fresh = _as_it_stands(referral)
        _revoked(_moved(actor, fresh, "revoked"))
    touch(referral.case)
    return fresh


@transaction.atomic
def note_answer(*, actor: Any, referral: Referral, after: str, answer: str) -> Referral:
    """What an official or a service without an account answered, as it is written down here."""
    policy.require(actor, "case.write", awake(referral.case))
    if referral.to_organisation_id is not None or after not in ("accepted", "declined", "completed"):
        raise policy.Refused("an organisation answers for itself")
    fresh = _as_it_stands(referral)
    _moved(actor, fresh, after, answer)
    touch(referral.case)
    return fresh


def _revoked(theirs: Received | None) -> None:
    """Who has it is told, whoever took it back."""
    if theirs is not None:
        notices.tell_receiver(theirs, Notice.About.ANSWERED)


def revoke_by(*, actor: Any, case: Case, consents: Sequence[UUID], official: str = "") -> int:
    """Referrals that stand on these consents (to this ``official``, where one is meant) end now, in the transaction of her answer; how many.

    Called by ``actions.consent`` alone, which asked whether the actor may.
    """
    rows = Referral.objects.filter(case=case, consent__in=consents)
    rows = rows.filter(official=official) if official else rows
    found = [row for row in rows if "revoked" in ReferralLife.moves(row.state)]
    for row in found:
        with referring.across(row.organisation_id, row.to_organisation_id):
            _revoked(referring.move(actor=actor, referral=_as_it_stands(row), after="revoked"))
    return len(found)


def lapse_expired() -> int:
    """Referrals that nobody answered until their day lapse; the installation does it every night. Returns how many."""
    waiting = Referral.objects.filter(
        state__in=("sent", "seen"), until_date__lt=timezone.now().date() + dt.timedelta(days=1)
    )
    return sum(_lapsed(row) for row in waiting.select_related("case__organisation"))


@transaction.atomic
def _lapsed(row: Referral) -> bool:
    fresh = referring.locked(row.pk)
    if fresh is None or not referring.is_past(fresh) or "lapsed" not in ReferralLife.moves(fresh.state):
        return False
    referring.move(actor=None, referral=fresh, after="lapsed")
    notices.tell_sender(fresh, Notice.About.ANSWERED)
    return True


def _as_it_stands(referral: Referral) -> Referral:
    fresh = referring.locked(referral.pk)
    if fresh is None:
        raise policy.Refused("no such referral")
    return fresh


def _moved(actor: Any, fresh: Referral, after: str, answer: str = "") -> Received | None:
    try:
        return referring.move(actor=actor, referral=fresh, after=after, answer=answer)
    except MoveRefused:
        raise CannotRefer(_("Meanwhile something happened to this referral. Look at how far it is now.")) from None
