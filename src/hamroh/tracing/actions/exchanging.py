"""An exchange from the wish to its end: one wishes for it or agrees to it, another lets it go, and its end shreds what it had.

What a step works out is in ``exchangework``. Nothing is worked out, and nothing leaves, before a second person has let it go.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Notice, Organisation, Role
from hamroh.kernel.exchange.steps import rounded
from hamroh.kernel.exchange.terms import FIELDS, LEAST_BITS, MOST_BITS, usual_threshold
from hamroh.kernel.states import MoveRefused
from hamroh.tracing.actions import exchangekeys
from hamroh.tracing.actions.exchangekeys import ExchangeRefused
from hamroh.tracing.exchanging import parts
from hamroh.tracing.models import (
    Exchange,
    ExchangePair,
    ExchangePartner,
    ExchangeVerdict,
    Fault,
    Pool,
    PoolRecord,
    standing,
)
from hamroh.tracing.selectors.passing import requests_to_pass
from hamroh.tracing.states import ExchangeLife
from hamroh.vault import journal

#: people on a list, exchanges with one partner in so many days, offers that wait for a word, days that terms hold
MOST_PEOPLE, MOST_OFTEN, WITHIN, MOST_WAITING, MOST_DAYS = 20_000, 4, dt.timedelta(days=30), 3, 90
#: how long pairs lie here before they are shredded whoever forgets it
KEPT = dt.timedelta(days=90)


@dataclass(frozen=True)
class Wish:
    """What is compared with whom: our list, what for, which fields, how readily, from how many bits, how many people they may have.

    Without a list it is those who are missed, as far as whoever misses them agreed to this partner's search. ``told``: those on the
    list were told that partners may learn whom both have met.
    """

    pool: Pool | None
    purpose: str
    most_theirs: int
    fields: tuple[str, ...] = FIELDS
    is_wide: bool = False
    least_bits: float | None = None
    days: int = 30
    told: bool = False


# -- begin -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(*, actor: Any, organisation: Organisation, partner: ExchangePartner, wish: Wish) -> Exchange:
    """Wish for an exchange; it waits for a second person. ExchangeRefused says what stands against it."""
    if wish.pool is not None:
        _refuse_untold(told=wish.told)
        people = people_of(actor, wish.pool, organisation)
    else:
        people = missed_of(organisation, partner)
    row = Exchange(
        organisation=organisation, partner=partner, is_ours=True, state="wished", pool=wish.pool, purpose=wish.purpose.strip(), of_requests=wish.pool is None,
        told_fields=[each for each in FIELDS if each in ("name", *wish.fields)], is_wide=wish.is_wide, our_people=people,
        most_theirs=wish.most_theirs, asked_by=actor, asked_at=timezone.now(),
        least_bits=wish.least_bits or usual_threshold(max(rounded(people), wish.most_theirs)),
        until_date=timezone.now().date() + dt.timedelta(days=wish.days),
    )  # fmt: skip
    policy.require(actor, "exchange.ask", row)
    _fits(row, wish)
    row.save()
    tell(row)
    _note(
        actor,
        row,
        "exchange.ask",
        people=people,
        most=wish.most_theirs,
        wide=wish.is_wide,
        told=wish.told,
        missed=row.of_requests,
    )
    return row


def _fits(row: Exchange, wish: Wish) -> None:
    if row.partner.organisation_id != row.organisation_id or not exchangekeys.stands(row.partner):
        raise ExchangeRefused(_("Nothing is exchanged with this partner before somebody has compared the signs."))
    if not 0 < wish.most_theirs <= MOST_PEOPLE or not 1 <= wish.days <= MOST_DAYS or not wish.purpose.strip():
        raise ExchangeRefused(_("Such an exchange cannot be asked for."))
    if not LEAST_BITS <= (row.least_bits or 0) <= MOST_BITS:
        raise ExchangeRefused(_("Such an exchange cannot be asked for."))


def _refuse_untold(*, told: bool) -> None:
    """To be on our list is not yet to be known to others as being on it."""
    if not told:
        raise ExchangeRefused(_("Ask the people on the list first."))


def people_of(actor: Any, pool: Pool, organisation: Organisation) -> int:
    """How many people a list has that the actor may compare; ExchangeRefused for an empty one and one that is too long."""
    policy.require(actor, "pool.read", pool)
    count: int = standing(PoolRecord.objects.filter(pool=pool, pool__ended_date=None)).count()
    if pool.organisation_id != organisation.pk or not count:
        raise ExchangeRefused(_("There is nobody on this list."))
    if count > MOST_PEOPLE:
        raise ExchangeRefused(_("A list has 20,000 people at most here. Divide it."))
    return count


def missed_of(organisation: Organisation, partner: ExchangePartner) -> int:
    """How many who are missed may be offered to a partner now; ExchangeRefused where it is nobody, or too many."""
    if partner.known_as is None:
        raise ExchangeRefused(_("Nobody can agree to this partner: note which organisation it is, with its key anew."))
    count: int = requests_to_pass(house=organisation, to=partner.known_as).count()
    if not count:
        raise ExchangeRefused(_("Nobody who misses somebody has agreed to the search of this partner."))
    if count > MOST_PEOPLE:
        raise ExchangeRefused(_("A list has 20,000 people at most here. Divide it."))
    return count


@transaction.atomic
def agree(*, actor: Any, row: Exchange, pool: Pool, told: bool) -> None:
    """Agree to an offer that came, with a list of ours; it waits for a second person."""
    policy.require(actor, "exchange.ask", row)
    _refuse_untold(told=told)
    people = people_of(actor, pool, row.organisation)
    if people > row.our_people:
        raise ExchangeRefused(
            _("The terms allow %(most)s people, this list has %(people)s.") % {"most": row.our_people, "people": people}
        )
    _move(row, "came", "wished", pool=pool, asked_by=actor, asked_at=timezone.now())
    tell(row)
    _note(actor, row, "exchange.agree", people=people, told=told)


@transaction.atomic
def release(*, actor: Any, row: Exchange) -> None:
    """A second person lets it go: from now on it is worked on. ExchangeRefused for who asked, and where it is too often."""
    policy.require(actor, "exchange.release", row)
    if row.asked_by_id == actor.pk:
        raise ExchangeRefused(_("You asked for it, so somebody else must let it go."))
    if not exchangekeys.stands(row.partner):
        raise ExchangeRefused(_("Nothing is exchanged with this partner before somebody has compared the signs."))
    let_go = Exchange.objects.filter(partner=row.partner, released_at__gt=timezone.now() - WITHIN)
    if let_go.count() >= MOST_OFTEN:
        raise ExchangeRefused(
            _("With one partner %(most)s exchanges in 30 days are enough: more would be trying names.")
            % {"most": MOST_OFTEN}
        )
    _move(row, "wished", "building", released_by=actor, released_at=timezone.now())
    _note(actor, row, "exchange.release", people=row.our_people)
    work_later(row)


@transaction.atomic
def again(*, actor: Any, row: Exchange) -> None:
    """Begin a step anew that failed or stands still."""
    policy.require(actor, "exchange.ask", row)
    held = _held(row)
    if held.fault in (Fault.CHANGED, Fault.DECLINED):
        raise ExchangeRefused(_("This exchange cannot go on. End it and begin another one."))
    if held.state == "failed":
        after = "opening" if parts.size(held, parts.theirs(held)) else "building"
        _move(held, "failed", after)
    elif not stands_still(held):
        raise ExchangeRefused(_("It is going on."))
    _note(actor, held, "exchange.again")
    work_later(held)


#: a worker that wrote nothing for so long is no more
STILL = dt.timedelta(minutes=15)


def stands_still(row: Exchange) -> bool:
    return bool(row.state in ("building", "opening") and row.changed_at < timezone.now() - STILL)


@transaction.atomic
def carry(*, actor: Any, row: Exchange) -> None:
    """Try the line to the partner now, in the background."""
    policy.require(actor, "exchange.ask", row)
    _note(actor, row, "exchange.carry")
    work_later(row)


@transaction.atomic
def hand_out(*, actor: Any, row: Exchange, kind: str) -> None:
    """Our file goes to the partner by hand."""
    policy.require(actor, "exchange.ask", row)
    Exchange.objects.filter(pk=row.pk).update(given_at=timezone.now())
    _note(actor, row, "exchange.hand_out", kind=kind)


# -- end -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def end(*, actor: Any, row: Exchange) -> None:
    """End it and shred what it had: secrets, files, pairs and what was said of them. With whom, what for and how many stays listed."""
    if actor is not None:
        policy.require(actor, "exchange.ask", row)
    held = _held(row)
    if held.state == "ended":
        return
    parts.forget(held)
    ExchangeVerdict.objects.filter(exchange=held).delete()
    ExchangePair.objects.filter(exchange=held).delete()
    before, held.secret, held.ended_date, held.state = held.state, None, timezone.now().date(), "ended"
    held.save()
    _note(actor, held, "exchange.end", before=before, pairs=held.pairs_count)


def expire_exchanges() -> int:
    """End what its terms have ended, and shred pairs that have lain here for long; how many."""
    today = timezone.now().date()
    waiting = Exchange.objects.filter(until_date__lt=today).exclude(state__in=("ended", "matched"))
    lain = Exchange.objects.filter(state="matched", changed_at__lt=timezone.now() - KEPT)
    rows = [*waiting.select_related("partner"), *lain.select_related("partner")]
    for row in rows:
        end(actor=None, row=row)
    return len(rows)


# -- what others use -------------------------------------------------------------------------------------------------


#: what works on exchanges in the background, by the id of one
_workers: list[Callable[[str], Any]] = []


def work_by(worker: Callable[[str], Any]) -> None:
    """Called when the room is loaded, by whoever does work in the background."""
    if worker not in _workers:
        _workers.append(worker)


def work_later(row: Exchange) -> None:
    for worker in _workers:
        transaction.on_commit(partial(worker, str(row.pk)), robust=True)


def _held(row: Exchange) -> Exchange:
    found = Exchange.objects.select_for_update(of=("self",)).select_related("partner", "organisation").filter(pk=row.pk)
    held: Exchange | None = found.first()
    if held is None:
        raise policy.Refused("no such exchange")
    return held


def _move(row: Exchange, before: str, after: str, **more: Any) -> None:
    """From one state to the next; ExchangeRefused where somebody was faster."""
    try:
        ExchangeLife.check(before, after)
    except MoveRefused:
        raise ExchangeRefused(_("Somebody was faster, or the time is over. Look at how it stands now.")) from None
    facts = {"state": after, "fault": "", "done": 0, "whole": 0, "changed_at": timezone.now(), **more}
    if not Exchange.objects.filter(pk=row.pk, state=before).update(**facts):
        raise ExchangeRefused(_("Somebody was faster, or the time is over. Look at how it stands now."))
    row.refresh_from_db()


def move(row: Exchange, before: str, after: str, **more: Any) -> None:
    """The same for the work in the background."""
    _move(row, before, after, **more)


def tell(row: Exchange, roles: Iterable[str] = (Role.SUPERVISOR,)) -> None:
    """A line on the desk of everybody who holds one of these roles."""
    named = {"about": Notice.About.PARTNER, "record_kind": "tracing.exchange", "record_id": str(row.pk)}
    people = Membership.objects.current().filter(organisation=row.organisation_id, role__in=list(map(str, roles)))
    waiting = Notice.objects.filter(**named, read_at=None).values_list("user_id", flat=True)
    told = set(people.values_list("user_id", flat=True)) - set(waiting)
    Notice.objects.bulk_create(Notice(user_id=pk, **named) for pk in told)


def read_notices(actor: Any, row: Exchange) -> None:
    """Who looks at it has read what she was told."""
    rows = Notice.objects.filter(user=actor, record_kind="tracing.exchange", record_id=str(row.pk), read_at=None)
    rows.update(read_at=timezone.now())


def _note(actor: Any, row: Exchange, verb: str, **facts: Any) -> None:
    journal.record(
        actor=actor, verb=verb, about=row, facts={"number": row.number, "partner": str(row.partner_id), **facts}
    )
