"""At a partner's desk: our own lists are searched with a skeleton, within limits, for a purpose; what comes of it is answered.

A search that shows a sign of fishing is not made. It is written down, supervisors of both sides are told, and whoever began it
searches no more until a supervisor of hers has looked.
"""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Notice, Role, User
from hamroh.accounts.zones import is_outside_hours, local_date, zone_of
from hamroh.kernel import fishing
from hamroh.tracing import partnered
from hamroh.tracing.actions import matching
from hamroh.tracing.actions.partnering import read_notices, tell_supervisors
from hamroh.tracing.models import (
    Alarm,
    PartnerAnswer,
    PartnerSays,
    PartnerSearch,
    Partnership,
    PoolRecord,
    Purpose,
    Reply,
    Request,
    Share,
    Shown,
)
from hamroh.tracing.selectors.partners import band_of, is_fresh, is_paused
from hamroh.vault import journal

#: how much must be said of a purpose, and of a reason
REASON = 10
#: who may be named as the officer to talk to
OFFICERS = (Role.TRACING_OFFICER, Role.SUPERVISOR)


class CannotLook(ValueError):
    """This cannot be searched for or answered now; the message can be shown."""


@transaction.atomic
def look(*, actor: Any, shown: Shown, purpose: str, words: str) -> PartnerSearch | None:
    """Begin one search with a partner's request. None where it shows a sign of fishing: nothing is searched, and she is stopped.

    Refused where it is not shown now. CannotLook where she is stopped already, a limit is reached, or no purpose is said.
    """
    policy.require(actor, "partner.look", shown)
    pact = _pact(shown)
    if purpose not in Purpose.values or len(words.strip()) < REASON:
        raise CannotLook(_("Say what you search for, in at least 10 characters."))
    if is_paused(actor, shown.organisation_id):
        raise CannotLook(_("You are stopped until a supervisor has looked at your searches."))
    now = timezone.now()
    row = PartnerSearch(
        organisation_id=shown.organisation_id, shown=shown, by=actor, made_at=now, purpose=purpose, words=words.strip(),
        day=local_date(now, pact.organisation), is_outside=is_outside_hours(now, zone_of(pact.organisation)),
    )  # fmt: skip
    _within_limits(pact, row)
    if found := fishing.signs([*_searches(actor, shown), _looked(row)], now):
        _alarm(actor, pact, shown, found)
        return None
    row.save()
    journal.record(actor=actor, verb="partner.look", about=shown, facts={"search": str(row.pk), "purpose": purpose})
    _told(actor, row)
    return row


def _pact(shown: Shown) -> Partnership:
    """Our side's agreement, held, so that searches are counted one after the other; Refused where the request is not shown now."""
    rows = Partnership.objects.select_for_update(of=("self",)).select_related("organisation")
    pact: Partnership | None = rows.filter(
        organisation=shown.organisation_id, partner=shown.from_organisation_id, state="in_force"
    ).first()  # fmt: skip
    if pact is None or not partnered.live([shown]):
        raise policy.Refused("no such request of a partner")
    return pact


def _within_limits(pact: Partnership, row: PartnerSearch) -> None:
    today = PartnerSearch.objects.filter(
        organisation=row.organisation_id, day=row.day, shown__from_organisation=pact.partner_id
    )
    if today.filter(by=row.by_id).count() >= pact.per_person:
        raise CannotLook(_("You have made %(most)s searches today; more are not agreed.") % {"most": pact.per_person})
    if today.count() >= pact.per_house:
        raise CannotLook(
            _("Your organisation has made %(most)s searches today; more are not agreed.") % {"most": pact.per_house}
        )


def _searches(actor: Any, shown: Shown) -> list[fishing.Looked]:
    """Her searches that no supervisor has looked at yet."""
    since = timezone.now() - fishing.SPAN
    lifted = Alarm.objects.filter(who=actor, organisation=shown.organisation_id, lifted_at__gt=since)
    last = lifted.order_by("-lifted_at").values_list("lifted_at", flat=True).first()
    rows = PartnerSearch.objects.filter(by=actor, organisation=shown.organisation_id, made_at__gt=last or since)
    said = PartnerAnswer.objects.filter(organisation=shown.organisation_id, made_at__gt=since)
    answered = set(said.values_list("shown_id", flat=True))
    return [_looked(row, answered=row.shown_id in answered) for row in rows]


def _looked(row: PartnerSearch, *, answered: bool = False) -> fishing.Looked:
    return fishing.Looked(str(row.shown_id), row.made_at, row.is_outside, answered)


def _told(actor: Any, row: PartnerSearch) -> None:
    """The asking side reads that a search was made, when the first one was, and for which kind of purpose."""
    shown = row.shown
    with partnered.across(shown.organisation_id, shown.from_organisation_id):
        share = _share(shown)
        share.looked_at, share.searches = share.looked_at or timezone.now(), share.searches + 1
        share.save()
        journal.record(actor=actor, verb="partner.look", about=share, facts={"purpose": row.purpose})


def _share(shown: Shown) -> Share:
    """The asking side's row, held; called within ``across``. Refused where it is gone or over."""
    rows = Share.objects.select_for_update(of=("self",)).select_related("request")
    share: Share | None = rows.filter(
        request=shown.request_id, to_organisation=shown.organisation_id, ended_at=None
    ).first()  # fmt: skip
    if share is None:
        raise policy.Refused("no such request of a partner")
    return share


# -- alarms --------------------------------------------------------------------------------------------------------


def _alarm(actor: Any, pact: Partnership, shown: Shown, found: tuple[fishing.Sign, ...]) -> None:
    """Write an alarm on both sides, and tell who supervises."""
    event, signs = uuid.uuid4(), [str(each) for each in found]
    with partnered.across(pact.organisation_id, pact.partner_id):
        for row in Partnership.objects.filter(pact=pact.pact).order_by("pk"):
            alarm = Alarm(
                organisation_id=row.organisation_id, partnership=row, event=event, is_ours=row.pk == pact.pk, who=actor,
                signs=signs, about=shown.code,
            )  # fmt: skip
            alarm.save()
            journal.record(
                actor=actor, verb="partner.alarm", about=row, facts={"alarm": str(alarm.pk), "signs": " ".join(signs)}
            )
            tell_supervisors(row, Notice.About.FISHING)


@transaction.atomic
def lift(*, actor: Any, alarm: Alarm, words: str) -> None:
    """Let somebody of ours search again, with the reason; nobody does it for herself. The other side reads that it was lifted."""
    policy.require(actor, "partner.lift", alarm)
    if not alarm.is_ours or alarm.who_id == actor.pk:
        raise CannotLook(_("A supervisor of the one who searched has to look, and somebody else than she."))
    if len(words.strip()) < REASON:
        raise CannotLook(_("Say why, in a sentence."))
    now = timezone.now()
    with partnered.across(alarm.organisation_id, alarm.partnership.partner_id):
        rows = Alarm.objects.select_for_update(of=("self",)).filter(event=alarm.event, lifted_at=None).order_by("pk")
        for row in rows.select_related("partnership"):
            row.lifted_at, row.lifted_by = now, actor
            row.words = words.strip() if row.pk == alarm.pk else None
            row.save()
            journal.record(actor=actor, verb="partner.lift", about=row.partnership, facts={"alarm": str(row.pk)})
    if not Alarm.objects.filter(partnership=alarm.partnership, lifted_at=None).exists():
        read_notices(actor, alarm.partnership, Notice.About.FISHING)


# -- answers -------------------------------------------------------------------------------------------------------


@transaction.atomic
def answer(
    *, actor: Any, search: PartnerSearch, record: PoolRecord | None = None, officer: User | None = None
) -> PartnerAnswer:
    """Answer after a search: that there may be somebody (``record``, of whom nothing goes out) and with whom to talk, or nobody.

    CannotLook where the search is not hers or too old, she is stopped, or the record is not like the one who is sought.
    """
    shown = search.shown
    policy.require(actor, "partner.answer", shown)
    _pact(shown)
    if search.by_id != actor.pk or not is_fresh(search):
        raise CannotLook(_("This search is over. Search again, and answer then."))
    if is_paused(actor, shown.organisation_id):
        raise CannotLook(_("You are stopped until a supervisor has looked at your searches."))
    row = PartnerAnswer(
        organisation_id=shown.organisation_id, shown=shown, by=actor, search=search, answer=PartnerSays.NOBODY
    )  # fmt: skip
    if record is not None:
        _names(actor, row, record, officer)
    row.save()
    journal.record(
        actor=actor, verb="partner.answer", about=shown, facts={"answer": row.answer, "search": str(search.pk)}
    )
    _across(actor, row)
    return row


def _names(actor: Any, row: PartnerAnswer, record: PoolRecord, officer: User | None) -> None:
    policy.require(actor, "pool.read", record)
    row.answer, row.record_id, row.officer = PartnerSays.CANDIDATE, record.pk, officer
    if officer is None or officer not in officers_of(row.organisation_id):
        raise CannotLook(_("Choose an officer of yours with whom the other side can talk."))
    row.band = band_of(actor=actor, shown=row.shown, record=record)
    if not row.band:
        raise CannotLook(_("This record was taken back meanwhile, or is not like the one who is sought."))


def officers_of(organisation_id: Any) -> list[User]:
    """Who may be named as the officer to talk to."""
    rows = Membership.objects.current().filter(organisation=organisation_id, role__in=OFFICERS).select_related("user")
    return sorted({each.user for each in rows}, key=lambda user: (str(user), str(user.pk)))


def _across(actor: Any, row: PartnerAnswer) -> None:
    """What the asking side gets: the answer, how alike, a name to ask for."""
    shown = row.shown
    with partnered.across(shown.organisation_id, shown.from_organisation_id):
        share = _share(shown)
        reply = Reply(
            organisation_id=share.organisation_id, request=share.request, share=share, answer=row.answer, band=row.band,
            officer=str(row.officer) if row.officer else None,
        )  # fmt: skip
        reply.save()
        journal.record(actor=actor, verb="partner.answer", about=share, facts={"answer": row.answer})
        request = Request.objects.select_related("organisation", "case", "owner").get(pk=share.request_id)
        matching.tell(request, matching.who_searches(request), Notice.About.REPLY)
