"""Background work of searches."""

import datetime as dt
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from hamroh.tracing.actions import imports, matching, routing
from hamroh.tracing.actions.asking import screen_by
from hamroh.tracing.actions.moving import expire_requests
from hamroh.tracing.actions.pools import expire_pools, match_by
from hamroh.vault import journal
from hamroh.web import daily

#: how long a file waits for a word
WAITS = dt.timedelta(days=1)


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
def expire_searches_daily() -> list[int]:
    """End requests and lists whose day is over, and forget files that wait for nobody; it comes again by itself."""
    daily.again(expire_searches_daily)
    with journal.openings("task"):
        return [expire_requests(), expire_pools(), imports.throw_old_away(timezone.now() - WAITS)]


screen_by(screen_request.enqueue)
match_by(match_records.enqueue)
imports.take_by(take_in_file.enqueue)
