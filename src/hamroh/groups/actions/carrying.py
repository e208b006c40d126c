"""A group on a telephone: taken along, called back, and what it recorded taken in, whole and once."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh import vault
from hamroh.accounts import policy
from hamroh.accounts.sealing import digest
from hamroh.groups import parcels
from hamroh.groups.actions import joining
from hamroh.groups.actions.frame import NotNow, held, locked, new, of_group
from hamroh.groups.actions.meetings import begin
from hamroh.groups.models import Carried, Group, Meeting, Parcel
from hamroh.groups.parcels import Told
from hamroh.groups.selectors import books
from hamroh.vault import journal
from hamroh.vault.decisions import Upkeep

LASTS = dt.timedelta(days=7)
#: so long after its day a parcel that was sealed in time is still taken in
GRACE = dt.timedelta(days=60)
MOST_TAKEN = 12
TAKEN, KNOWN, WAITS = "taken", "known", "waits"
_PURPOSE = "what a telephone recorded is taken in"


class NotTaken(ValueError):
    """It is not taken in; ``code`` is for the telephone."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def take_along(*, actor: Any, group: Group, label: str = "") -> tuple[Carried, str, dict[str, Any]]:
    """The group for the actor's telephone: the permit, its token, which is kept nowhere here, and what the telephone holds."""
    of = held(actor, group, "savings.carry")
    decision = policy.require(actor, "savings.carry", of)
    if (
        Carried.objects.filter(group=of, revoked_at=None, wiped_at=None, expires_at__gt=timezone.now()).count()
        >= MOST_TAKEN
    ):
        raise NotNow(_("This group is on many telephones. Call one back first."))
    token, (public, private) = secrets.token_urlsafe(32), parcels.new_pair()
    last = books.last_meeting(of)
    number = last.number if last and last.state == "open" else (last.number if last else 0) + 1
    row: Carried = new(
        Carried, actor, of, holder=actor, meeting_number=number, label=label.strip()[:60], token_hash=digest(token), public=public,
        private=private, expires_at=timezone.now() + LASTS,
    )  # fmt: skip
    row.save()
    journal.record(actor=actor, verb="group.take_along", about=of, facts={"telephone": row.code, "meeting": number})
    return row, token, {**_head(row), **held_there(of, decision, number)}


def _head(row: Carried) -> dict[str, Any]:
    half = secrets.token_bytes(32).hex()
    return {"code": row.code, "public": row.public, "expires": row.expires_at.isoformat(), "half": half}


def held_there(group: Group, decision: policy.Decision, number: int) -> dict[str, Any]:
    """What lies on the telephone: what the group is called, members by number and alias, balances, terms. Nothing else of it."""
    cycle, book = books.cycle_of(group), books.book_now(group, decision)
    runs = cycle is not None and cycle.state == "open"
    members = [
        {
            "number": each.number, "alias": each.called,
            **({"saved": book.of("saved", each.number), "loan": book.of("loan", each.number), "charge": book.of("charge", each.number)} if book and runs else {}),
        }
        for each in books.members_on(group, decision, timezone.now().date())
    ]  # fmt: skip
    money = (
        {"currency": cycle.currency, "terms": cycle.terms, "box": book.of("box"), "social": book.of("social")}
        if cycle and book and runs
        else None
    )
    return {"names": group.names, "meeting": number, "members": members, "money": money}


@transaction.atomic
def renew(*, carried: Carried) -> dict[str, Any]:
    """Some days more, with another half of the key, where its holder may still carry the group; NotTaken otherwise."""
    require_alive(carried)
    carried.seen_at, carried.expires_at = timezone.now(), timezone.now() + LASTS
    carried.save()
    return _head(carried)


def require_alive(carried: Carried) -> None:
    if carried.revoked_at is not None or not carried.holder.is_active:
        raise NotTaken("revoked")
    if not policy.allowed(carried.holder, "savings.carry", carried.group):
        raise NotTaken("no_right")


def note_seen(*, carried: Carried, wiped: bool = False) -> None:
    """It asked; or it says that nothing is left on it."""
    now = timezone.now()
    changes = {"seen_at": now} | ({"wiped_at": now} if wiped and carried.wiped_at is None else {})
    Carried.objects.filter(pk=carried.pk).update(**changes)


@transaction.atomic
def revoke(*, actor: Any, group: Group, carried: UUID) -> None:
    """Call a telephone back: it is wiped when it asks next, and what comes of it is refused."""
    of = locked(actor, group, "savings.revoke")
    row = of_group(Carried, of, carried)
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save()
        journal.record(actor=actor, verb="group.call_back", about=of, facts={"telephone": row.code})


# -- what comes back


def take_in(*, carried: Carried, body: bytes) -> str:
    """Take in what a telephone recorded, in one transaction: the same again changes nothing. NotTaken and WillNotOpen say why not."""
    head, key = parcels.head_of(body)
    if head["code"] != carried.code:
        raise NotTaken("other_telephone")
    require_alive(carried)
    if timezone.now() > carried.expires_at + GRACE:
        raise NotTaken("too_late")
    private = vault.open(carried, "private", decision=_upkeep(carried), purpose=_PURPOSE)
    content = parcels.opened(head, key, private)
    try:
        return _taken(carried, key, content, parcels.read(content))
    except NotNow:
        raise NotTaken("not_now") from None


def _upkeep(carried: Carried) -> Upkeep:
    return Upkeep(carried.sealed_under(), actor_id=carried.holder_id, verb="meeting.take_in")


@transaction.atomic
def _taken(carried: Carried, key: UUID, content: bytes, told: Told) -> str:
    actor, mark = carried.holder, hashlib.sha256(content).hexdigest()
    of = held(actor, carried.group, "savings.carry")
    if Parcel.objects.filter(carried=carried, key=key, digest=mark).exists():
        return KNOWN
    decision = policy.require(actor, "savings.read", of)
    parcel: Parcel = new(Parcel, actor, of, carried=carried, key=key, digest=mark, told=json.loads(content))
    parcel.meeting = _meeting_of(actor, of, told)
    parcel.differs = joining.join(actor, parcel.meeting, told, decision) if parcel.meeting else 1
    parcel.state = "waiting" if parcel.differs else "taken"
    parcel.save()
    if parcel.meeting and not parcel.differs:
        joining.close(parcel.meeting, told, decision)
    facts = {"telephone": carried.code, "meeting": told.number, "differs": parcel.differs}
    journal.record(actor=actor, verb="meeting.take_in", about=of, facts=facts)
    return WAITS if parcel.differs else TAKEN


def _meeting_of(actor: Any, group: Group, told: Told) -> Meeting | None:
    """The meeting that it recorded: known by its number and its day. None where the two do not agree with what is here."""
    row: Meeting | None = books.meetings_of(group).filter(number=told.number).first()
    if row is not None:
        row.group = group
        return row if row.held_date == told.held else None
    last = books.last_meeting(group)
    if told.number != (last.number if last else 0) + 1 or books.meetings_of(group).filter(held_date=told.held).exists():
        return None
    try:
        return begin(actor, group, told.held)
    except NotNow:
        return None


# -- what is settled by hand


def _waiting(actor: Any, group: Group, parcel: UUID) -> tuple[Parcel, Told, policy.Decision]:
    of = held(actor, group, "savings.write")
    decision = policy.require(actor, "savings.read", of)
    row: Parcel = of_group(Parcel, of, parcel)
    if row.state != "waiting":
        raise NotNow(_("This is settled already."))
    return row, told_of(row, decision), decision


def told_of(parcel: Parcel, decision: policy.Decision) -> Told:
    """What a parcel says."""
    return parcels.read(json.dumps(books.document(parcel, "told", decision)).encode())


@transaction.atomic
def settle_meeting(*, actor: Any, group: Group, parcel: UUID, number: int | None) -> Parcel:
    """Say which meeting it recorded: one that is here, or, without a number, another one, which is opened."""
    row, told, decision = _waiting(actor, group, parcel)
    if row.meeting_id is not None:
        raise NotNow(_("This is settled already."))
    row.meeting = _chosen(actor, row.group, told, number)
    row.differs = joining.join(actor, row.meeting, told, decision)
    _end(actor, row, told, decision)
    return row


def _chosen(actor: Any, group: Group, told: Told, number: int | None) -> Meeting:
    if number is not None:
        meeting = books.meeting_of(group, number)
        meeting.group = group
        return meeting
    last = books.last_meeting(group)
    return begin(actor, group, max(told.held, last.held_date) if last else told.held)


@transaction.atomic
def settle(*, actor: Any, group: Group, parcel: UUID, choices: Mapping[str, str]) -> Parcel:
    """Settle what differs, each by itself: keep what is here, take what the telephone says, or both. NotNow where an answer is missing."""
    row, told, decision = _waiting(actor, group, parcel)
    if row.meeting is None:
        raise NotNow(_("Say first which meeting this was."))
    row.meeting.group = row.group
    open_differences = joining.differences(row, told, decision)
    if {each.key for each in open_differences} - set(choices):
        raise NotNow(_("Choose one of the records for each line."))
    for each in open_differences:
        joining.put_choice(actor, row.meeting, told, each, choice=choices[each.key], decision=decision)
    before = books.document(row, "settled", decision) or {}
    row.settled = {**before, **{each.key: choices[each.key] for each in open_differences}}
    row.differs = 0
    _end(actor, row, told, decision)
    return row


def _end(actor: Any, row: Parcel, told: Told, decision: policy.Decision) -> None:
    row.state = "waiting" if row.differs else "taken"
    row.save()
    assert row.meeting is not None
    others = Parcel.objects.filter(meeting=row.meeting, state="waiting").exclude(pk=row.pk)
    if not row.differs and row.meeting.state == "open" and not others.exists():
        joining.close(row.meeting, told, decision)
    facts = {"telephone": row.carried.code, "meeting": row.meeting.number, "differs": row.differs}
    journal.record(actor=actor, verb="meeting.settle", about=row.group, facts=facts)
