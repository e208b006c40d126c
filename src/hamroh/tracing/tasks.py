"""Background work of searches."""

import datetime as dt
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from hamroh.tracing.actions import (
    approaching,
    exchangeline,
    exchangework,
    exchanging,
    imports,
    letters,
    linking,
    matching,
    passing,
    routing,
    sharing,
    telling,
)
from hamroh.tracing.actions.asking import screen_by
from hamroh.tracing.actions.following import follow_by
from hamroh.tracing.actions.foreign import expire_records
from hamroh.tracing.actions.moving import expire_requests
from hamroh.tracing.actions.partnering import expire_partnerships, follow_pact_by
from hamroh.tracing.actions.pools import expire_pools, match_by
from hamroh.tracing.weekly import next_hour
from hamroh.vault import journal
from hamroh.web import daily

#: how long a file waits for a word
WAITS = dt.timedelta(days=1)
#: how often the line to partners is tried
CARRIED = dt.timedelta(minutes=15)


@task()
def screen_request(request_id: str) -> None:
    """Weigh what was answered about violence, and our own files, before anybody is looked for."""
    with journal.openings("task"):
        routing.settle(UUID(request_id))


@task()
def match_records(ids: list[str]) -> int:
    """Compare records that arrived with the requests; says how many candidates are new."""
    with journal.openings("task"):
        return matching.match_records(map(UUID, ids))


@task()
def take_in_file(import_id: str) -> int:
    """Take in what is left of a file."""
    with journal.openings("task"):
        return imports.work_off(UUID(import_id))


@task()
def link_lists(linkage_id: str) -> int:
    """Compare two whole lists, or a list with the requests."""
    with journal.openings("task"):
        return linking.work_off(UUID(linkage_id))


@task()
def work_on_exchange(exchange_id: str) -> str:
    """The step that a private exchange stands at, and what then can go over the line."""
    with journal.openings("task"):
        exchangework.work_off(UUID(exchange_id))
        return exchangeline.carry(UUID(exchange_id))


@task()
def carry_exchanges() -> int:
    """Send to partners and fetch from them what waits; it comes again by itself."""
    daily.again(carry_exchanges, moment=timezone.now() + CARRIED)
    with journal.openings("task"):
        return exchangeline.carry_all()


@task()
def follow_request(request_id: str) -> int:
    """Bring what partners are shown of a request to what is agreed to now."""
    with journal.openings("task"):
        return sharing.follow(UUID(request_id))


@task()
def follow_partnership(one: str, other: str) -> int:
    """The same for every request between two organisations, both ways."""
    with journal.openings("task"):
        return sum(sharing.follow_partner(UUID(each), UUID(to)) for each, to in ((one, other), (other, one)))


@task()
def expire_searches_daily() -> list[int]:
    """End requests, lists, records and agreements whose day is over, and forget files that wait for nobody; it comes again by itself."""
    daily.again(expire_searches_daily)
    with journal.openings("task"):
        ended = [expire_requests(), expire_pools(), imports.throw_old_away(timezone.now() - WAITS)]
        return [*ended, expire_partnerships(), expire_records(), passing.wipe_expired(), exchanging.expire_exchanges()]


@task()
def tell_readers_of_a_letter(letter_id: str) -> None:
    """Tell those who may read a letter before it goes that one waits."""
    letters.tell_readers(UUID(letter_id))


@task()
def tell_seekers_weekly() -> int:
    """The weekly word, for every request alike; it comes again by itself, at the next declared hour or in a day."""
    now = timezone.now()
    daily.again(tell_seekers_weekly, moment=next_hour(now))
    with journal.openings("task"):
        return telling.tell_all(now)


approaching.state_grounds()
letters.tell_by(tell_readers_of_a_letter.enqueue)
screen_by(screen_request.enqueue)
match_by(match_records.enqueue)
imports.take_by(take_in_file.enqueue)
linking.link_by(link_lists.enqueue)
exchanging.work_by(work_on_exchange.enqueue)
follow_by(follow_request.enqueue)
follow_pact_by(follow_partnership.enqueue)
