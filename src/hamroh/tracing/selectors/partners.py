"""Partners: what was agreed, what they show us, whom of our own lists they may mean, what they answered us, and alarms."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.kernel.fishing import SPAN, Sign
from hamroh.tracing import naming, partnered
from hamroh.tracing.likeness import BANDS, STATES, banded, said
from hamroh.tracing.models import (
    Alarm,
    PartnerAnswer,
    PartnerSearch,
    Partnership,
    PoolRecord,
    Reply,
    Request,
    Share,
    Shown,
)
from hamroh.vault import opening, pools

#: how long a search can be looked at and answered, and how many candidates it shows
FRESH, SHOWN = dt.timedelta(hours=12), 10
PURPOSE = "partner search"
SIGNS: dict[str, Any] = {
    Sign.AGAIN: pgettext_lazy("sign", "The same request again and again"),
    Sign.SILENT: pgettext_lazy("sign", "Many requests, and no answer to them"),
    Sign.RUSH: pgettext_lazy("sign", "Many searches within a few minutes"),
    Sign.HOURS: pgettext_lazy("sign", "Searches at hours when nobody is expected to work"),
}
SEXES: dict[str, Any] = {"m": pgettext_lazy("sex", "Male"), "f": pgettext_lazy("sex", "Female")}
PARTS: dict[str, Any] = {
    "names": pgettext_lazy("skeleton", "consonants of the names"), "years": pgettext_lazy("skeleton", "a band of years"),
    "sex": pgettext_lazy("skeleton", "the sex"), "homes": pgettext_lazy("skeleton", "the home district"),
    "news": pgettext_lazy("skeleton", "the year of the last news"),
}  # fmt: skip


# -- agreements ----------------------------------------------------------------------------------------------------


def partnerships(*, actor: Any, organisation: Organisation) -> QuerySet[Partnership]:
    """The agreements of an organisation, those that wait or hold first."""
    rows = Partnership.objects.filter(organisation=organisation).select_related("partner", "organisation")
    return policy.visible(actor, "partner.see", rows).order_by("ended_date", "-made_at", "pk")


def partnership_of(*, actor: Any, code: str, verb: str = "partner.see") -> tuple[Partnership, Decision]:
    """The agreement of a code; Refused where the actor may not do ``verb`` to it."""
    return policy.fetch(actor, verb, Partnership.objects.select_related("partner", "organisation").filter(code=code))


def may_be_offered(*, organisation: Organisation) -> list[Organisation]:
    """Organisations with which there is no agreement and no offer."""
    there = Partnership.objects.filter(organisation=organisation, ended_date=None).values("partner")
    return list(Organisation.objects.exclude(pk=organisation.pk).exclude(pk__in=there).order_by("code"))


def terms_of(*, partnership: Partnership, decision: Decision) -> dict[str, Any]:
    """What was agreed to, and how officers of both sides are reached."""
    return opening.open_each(
        partnership, ("terms", "contact", "their_contact"), decision=decision, purpose="page"
    )  # fmt: skip


def today_of(*, partnership: Partnership) -> list[tuple[Any, int]]:
    """Who of ours made how many searches with the partner's requests today."""
    day = local_date(timezone.now(), partnership.organisation)
    rows = PartnerSearch.objects.filter(
        organisation=partnership.organisation_id, day=day, shown__from_organisation=partnership.partner_id
    )
    return list(rows.values_list("by__display_name").annotate(Count("pk")).order_by("by__display_name"))


# -- alarms --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sounded:
    """An alarm as a supervisor reads it; ``words`` say why it was lifted."""

    row: Alarm
    signs: list[Any]
    words: Any
    may_lift: bool


def alarms(*, actor: Any, partnership: Partnership, decision: Decision) -> list[Sounded]:
    """The alarms of an agreement, those that wait first; nothing for who does not supervise."""
    rows = Alarm.objects.filter(partnership=partnership).select_related("who", "lifted_by")
    found = policy.visible(actor, "partner.lift", rows).order_by("lifted_at", "-made_at")
    waiting_first = sorted(found, key=lambda row: row.lifted_at is not None)
    return [
        Sounded(
            row, [SIGNS[each] for each in row.signs if each in SIGNS],
            opening.open_each(row, ("words",), decision=decision, purpose="page")["words"] if row.lifted_at else "",
            row.is_ours and row.lifted_at is None and row.who_id != actor.pk,
        )
        for row in waiting_first
    ]  # fmt: skip


def alarm_of(*, actor: Any, partnership: Partnership, pk: UUID) -> Alarm:
    """An alarm of this very agreement, for who lifts it; Refused otherwise."""
    rows = Alarm.objects.select_related("who", "partnership__partner").filter(partnership=partnership, pk=pk)
    found, _decision = policy.fetch(actor, "partner.lift", rows)
    assert isinstance(found, Alarm)
    return found


def waiting_alarms(*, actor: Any, organisation: Organisation) -> QuerySet[Alarm]:
    """Alarms of ours and of partners that nobody lifted."""
    rows = Alarm.objects.filter(organisation=organisation, lifted_at=None).select_related("partnership__partner", "who")
    return policy.visible(actor, "partner.lift", rows).order_by("-made_at", "pk")


def searches_before(*, actor: Any, alarm: Alarm) -> list[dict[str, Any]]:
    """What somebody of ours searched for in the days before an alarm, with what she said, for who decides; of the partner's nothing."""
    if not alarm.is_ours:
        return []
    rows = PartnerSearch.objects.filter(
        by=alarm.who_id,
        organisation=alarm.organisation_id,
        made_at__lte=alarm.made_at,
        made_at__gt=alarm.made_at - SPAN,
    )
    found = policy.visible(actor, "partner.lift", rows).select_related("shown").order_by("-made_at", "pk")
    decided = ((row, policy.allowed(actor, "partner.lift", row)) for row in found)
    return [
        {"row": row, **opening.open_each(row, ("words",), decision=decision, purpose="page")}
        for row, decision in decided
        if decision.yes
    ]


def is_paused(actor: Any, organisation_id: UUID) -> bool:
    """Whether somebody searches with partners' requests no more until a supervisor has looked."""
    return Alarm.objects.filter(who=actor, organisation=organisation_id, is_ours=True, lifted_at=None).exists()


# -- what partners show us -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Theirs:
    """A partner's request as our officer reads it. ``names`` are bones, ``homes`` districts; what is not known is empty."""

    row: Shown
    names: list[str]
    years: str = ""
    sex: Any = ""
    homes: str = ""
    news: int | None = None
    answered: Any = None


def theirs(*, actor: Any, organisation: Organisation) -> QuerySet[Shown]:
    """What partners show us, the newest first; what is over is left out when it is read (`read`)."""
    rows = Shown.objects.filter(organisation=organisation, ended_at=None).select_related("from_organisation")
    return policy.visible(actor, "partner.look", rows).order_by("-shown_at", "pk")


def theirs_of(*, actor: Any, code: str, verb: str = "partner.look") -> tuple[Shown, Decision]:
    """A partner's request that is shown at this moment; Refused otherwise, in the same way whatever the reason."""
    rows = Shown.objects.select_related("from_organisation", "organisation")
    row, decision = policy.fetch(actor, verb, rows.filter(code=code, ended_at=None))
    if row.pk not in partnered.live([row]):
        raise policy.Refused("no such request of a partner")
    return row, decision


def read(*, actor: Any, rows: Sequence[Shown], purpose: str = "list") -> list[Theirs]:
    """What may be shown of these at this moment, opened."""
    now = partnered.live(rows)
    decided = ((row, policy.allowed(actor, "partner.look", row)) for row in rows if row.pk in now)
    said_ = _answered([row.pk for row in rows])
    found = [
        (row, opening.open_each(row, ("skeleton",), decision=decision, purpose=purpose)["skeleton"])
        for row, decision in decided
        if decision.yes
    ]
    return [_as_theirs(row, plain, said_.get(row.pk)) for row, plain in found if isinstance(plain, dict)]


def _answered(ids: Sequence[UUID]) -> dict[UUID, PartnerAnswer]:
    """The newest answer of ours to each."""
    rows = PartnerAnswer.objects.filter(shown__in=ids).select_related("officer").order_by("made_at", "pk")
    return {row.shown_id: row for row in rows}


def _as_theirs(row: Shown, plain: dict[str, Any], answered: PartnerAnswer | None) -> Theirs:
    from hamroh.kernel.linkage.skeletons import Skeleton, place_of

    known, lang = Skeleton.of_plain(plain), get_language() or "en"
    return Theirs(
        row=row, names=[" ".join(bone.said for bone in name) for name in known.names], news=known.news, answered=answered,
        years="–".join(map(str, known.years or ())), sex=SEXES.get(known.sex, ""),
        homes="; ".join(place_of(each, lang) for each in known.homes),
    )  # fmt: skip


# -- our own lists, searched with it -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Like:
    """Somebody of our lists who may be the one, with reasons that name him as we have him and the other as bones."""

    record: PoolRecord
    name: str
    band: str
    reasons: tuple[str, ...]

    @property
    def word(self) -> Any:
        return BANDS[self.band]

    @property
    def state(self) -> str:
        return STATES[self.band]


def search_of(*, actor: Any, shown: Shown, pk: UUID) -> PartnerSearch:
    """A search of the actor's own with this request that can still be looked at; Refused otherwise."""
    row: PartnerSearch | None = (
        PartnerSearch.objects.select_related("shown").filter(pk=pk, shown=shown, by=actor).first()
    )
    if row is None or not is_fresh(row) or is_paused(actor, shown.organisation_id):
        raise policy.Refused("no such search")
    return row


def is_fresh(search: PartnerSearch) -> bool:
    return search.made_at > timezone.now() - FRESH


def candidates(*, actor: Any, shown: Shown, only: UUID | None = None) -> list[Like]:
    """The likeliest of our own records, at most ten: found with what the page shows, and with nothing else."""
    found = banded(_found(actor, shown, only), naming.RECORDS, shown.organisation_id)
    rows = PoolRecord.objects.filter(pk__in=[each.id for each, _band in found]).select_related("pool")
    records = {str(row.pk): row for row in rows}
    return [
        Like(records[each.id], str(each.record["name"]), band, said(each))
        for each, band in sorted(found, key=lambda pair: (-pair[0].bits, pair[0].id))
        if each.id in records
    ]


def _found(actor: Any, shown: Shown, only: UUID | None) -> Any:
    from hamroh.kernel.linkage.skeletons import Skeleton

    decision = policy.require(actor, "partner.look", shown)
    plain = opening.open(shown, "skeleton", decision=decision, purpose=PURPOSE)
    query = Skeleton.of_plain(plain).query(get_language() or "en")
    opener = naming.records_for(actor, only=only)
    return pools.search(naming.RECORDS, shown.organisation_id, query, opener=opener, limit=SHOWN)


def band_of(*, actor: Any, shown: Shown, record: PoolRecord) -> str:
    """How alike one record of ours is; empty where it is not, or may not be read."""
    return next((each.band for each in candidates(actor=actor, shown=shown, only=record.pk)), "")


# -- what partners answered us -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Partner:
    """What one partner was shown of our request, and what it answered; ``officer`` and ``contact`` say with whom to talk."""

    share: Share
    told: list[Any]
    reply: Reply | None = None
    word: Any = None
    state: str = "none"
    officer: Any = ""
    contact: Any = ""


def partners_of(*, actor: Any, request: Request, decision: Decision) -> list[Partner]:
    """The partners of a request for who searches, never for the seeker's side; each with its newest answer."""
    shares = Share.objects.filter(request=request).select_related("to_organisation").order_by("shown_at", "pk")
    replies = {row.share_id: row for row in Reply.objects.filter(request=request).order_by("made_at", "pk")}
    contacts = _contacts(actor, request) if replies else {}
    return [_partner(share, replies.get(share.pk), contacts, decision) for share in shares]


def _contacts(actor: Any, request: Request) -> dict[UUID, Any]:
    rows = Partnership.objects.filter(organisation=request.organisation_id, state="in_force")
    decided = ((row, policy.allowed(actor, "partner.see", row)) for row in rows)
    return {
        row.partner_id: opening.open_each(row, ("their_contact",), decision=decision, purpose="page")["their_contact"]
        for row, decision in decided
        if decision.yes
    }


def _partner(share: Share, reply: Reply | None, contacts: dict[UUID, Any], decision: Decision) -> Partner:
    told = [PARTS[each] for each in share.told if each in PARTS]
    if reply is None:
        return Partner(share, told)
    officer = opening.open_each(reply, ("officer",), decision=decision, purpose="page")["officer"]
    band = reply.band if reply.band in BANDS else ""
    return Partner(
        share, told, reply, BANDS[band] if band else None, STATES[band] if band else "none", officer or "",
        contacts.get(share.to_organisation_id, ""),
    )  # fmt: skip
