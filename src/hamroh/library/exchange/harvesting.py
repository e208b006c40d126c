"""A harvest from its first question to its last record: cut, killed or asked to wait, it goes on where it stood."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.library.actions import Arrival, begin_run, end_run, stop_run, take_page
from hamroh.library.exchange import centres
from hamroh.library.exchange.building import facts_from, faults_of
from hamroh.library.exchange.fetching import Later, Unreachable
from hamroh.library.exchange.matching import subjects_of
from hamroh.library.exchange.rows import Row
from hamroh.library.models import Centre, Run
from hamroh.web import daily

#: seconds between two questions, and the longest that we wait within a run where we are asked to
PAUSE, PATIENCE = 0.5, 60
#: pages of one run: a centre whose list never ends is left
MOST_PAGES = 20_000
FIRST = 10


def first_look(
    *, actor: Any, organisation: Organisation, base_url: str, only_set: str = ""
) -> tuple[centres.About, list[Row]]:
    """What a centre says of itself, and its first ten records; nothing is written. Raises Unreachable."""
    policy.require(actor, "library.harvest", Centre(organisation=organisation))
    try:
        found = centres.about(base_url)
        page = centres.page(base_url, prefix=found.prefix, only_set=only_set)
    except centres.Told as told:
        if told.code == "noRecordsMatch":
            return found, []
        raise Unreachable(_("The centre refused the question (%(code)s).") % {"code": told.code}) from None
    except Later:
        raise Unreachable(_("The centre is busy and asks to come again later.")) from None
    return found, page.rows[:FIRST]


def run_through(centre: Centre, *, actor: Any = None, progress: Callable[[int], object] | None = None) -> Run:
    """Harvest until the end, or as far as it goes; what stops it is told in the run."""
    run = begin_run(actor=actor, centre=centre)
    try:
        for _page in range(MOST_PAGES):
            run = _one_page(run, progress)
            if run.ended_at is not None or run.trouble:
                break
            time.sleep(PAUSE)
    except Unreachable as fault:
        run = stop_run(run=run, trouble=str(fault))
    return run


def _one_page(run: Run, progress: Callable[[int], object] | None) -> Run:
    centre = run.centre
    try:
        page = _asked(centre, run)
    except centres.Told as told:
        return _answered(run, told)
    if page.token and page.token == run.token:
        raise Unreachable(_("The answer of the centre cannot be read."))
    run = take_page(run=run, after=run.token, arrivals=arrivals_of(page.rows), token=page.token, stamp=page.stamp)
    if progress:
        progress(len(page.rows))
    return run


def _asked(centre: Centre, run: Run) -> centres.Page:
    """One page; where we are asked to wait a little, after a little."""
    for _try in range(3):
        try:
            return centres.page(
                centre.base_url, prefix=centre.prefix, only_set=centre.only_set, since=run.asked, token=run.token
            )
        except Later as later:
            if later.seconds > PATIENCE:
                break
            time.sleep(later.seconds)
    raise Unreachable(_("The centre is busy and asks to come again later."))


def _answered(run: Run, told: centres.Told) -> Run:
    """An error of the protocol: nothing new, a token that is too old, or a real one."""
    if told.code == "noRecordsMatch":
        return end_run(run=run, stamp=told.stamp)
    if told.code == "badResumptionToken" and run.token:
        return stop_run(
            run=run, trouble=_("The centre forgot where we stood: the next run begins again."), restart=True
        )
    return stop_run(run=run, trouble=_("The centre refused the question (%(code)s).") % {"code": told.code})


def arrivals_of(rows: Sequence[Row]) -> list[Arrival]:
    """Rows of a page as they are taken over; concepts are looked up for all at once."""
    subjects = subjects_of([row for row in rows if not row.is_gone])
    return [_arrival(row, subjects) for row in rows]


def _arrival(row: Row, subjects: Any) -> Arrival:
    key = row.key[: centres.LONGEST_KEY] or "?"
    if row.is_gone and not row.faults:
        return Arrival(key)
    if faults := faults_of(row):
        return Arrival(key, reason="; ".join(": ".join(filter(None, (each.field, each.message))) for each in faults))
    return Arrival(key, facts_from(row, subjects))


@task()
def harvest(centre: str) -> None:
    """Harvest a centre in the background; one that is no longer harvested is nothing to do."""
    found = Centre.objects.filter(pk=centre, is_active=True).first()
    if found is not None:
        run_through(found)


def start(*, actor: Any, centre: Centre) -> Run:
    """Begin a harvest: the run is there at once, the worker does it."""
    with transaction.atomic():
        run = begin_run(actor=actor, centre=centre)
        transaction.on_commit(lambda: harvest.enqueue(str(centre.pk)))
    return run


@task()
def harvest_daily() -> None:
    """Harvest every centre, now and every night: one after the other, each a task of its own."""
    daily.again(harvest_daily, dt.time(2, 40))
    for centre in Centre.objects.filter(is_active=True).order_by("key"):
        harvest.enqueue(str(centre.pk))
