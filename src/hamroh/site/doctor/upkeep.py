"""What the worker does by itself every day: when it last did, and what it found."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from hamroh.accounts.tasks import review_retention_nightly, tidy_daily
from hamroh.archive.tasks import tidy_archive_daily
from hamroh.bulletins.tasks import send_bulletins_often
from hamroh.cases.tasks import lapse_referrals_daily, wipe_exports_daily, wipe_intakes_daily
from hamroh.directory.tasks import drop_lapsed_daily
from hamroh.emergencies.tasks import raise_late_tasks_often
from hamroh.evidence.tasks import remind_reviewers_daily
from hamroh.fieldwork.tasks import wipe_answers_daily
from hamroh.groups.tasks import look_after_groups_daily
from hamroh.library.exchange.harvesting import harvest_daily
from hamroh.tracing.tasks import carry_exchanges, expire_searches_daily, tell_seekers_weekly
from hamroh.vault.models import OrganisationKey
from hamroh.vault.tasks import keep_house_daily
from hamroh.web.daily import last_run
from hamroh.web.findings import RISKY, Finding

#: what has to run, and what it is for
TASKS = {
    "upkeep of the vault": keep_house_daily,
    "upkeep of the door": tidy_daily,
    "count of records to let go": review_retention_nightly,
    "end of consents": drop_lapsed_daily,
    "wiping of intakes": wipe_intakes_daily,
    "wiping of exports": wipe_exports_daily,
    "wiping of answers taken out": wipe_answers_daily,
    "lapse of referrals": lapse_referrals_daily,
    "reminders of reviews": remind_reviewers_daily,
    "end of searches": expire_searches_daily,
    "weekly word of searches": tell_seekers_weekly,
    "line to partners of exchanges": carry_exchanges,
    "reminders of tasks in emergencies": raise_late_tasks_often,
    "sending of bulletins": send_bulletins_often,
    "reminders of groups": look_after_groups_daily,
    "harvest of other centres": harvest_daily,
    "end of consents in the archive": tidy_archive_daily,
}
LATE, LONGEST_EXCHANGE = dt.timedelta(days=2), dt.timedelta(days=7)


def daily_work() -> Iterator[Finding]:
    """Daily work that has not succeeded for two days; a home is given two days to begin."""
    now, do = timezone.now(), "Start hamroh worker; its log says what failed."
    if now - _made_at() < LATE:
        return
    for name, task in TASKS.items():
        run = last_run(task)
        if run is None or now - run.finished_at > LATE:
            says = f"the daily {name} last ran: {f'{run.finished_at:%Y-%m-%d %H:%M}' if run else 'never'}"
            yield Finding("upkeep.late", RISKY, says, do)


def what_it_found() -> Iterator[Finding]:
    """Rows that do not prove themselves, and an exchange of keys that does not end."""
    found: dict[str, Any] = ((run := last_run(keep_house_daily)) and run.return_value) or {}
    if count := found.get("unsound"):
        says = f"{count} sealed rows do not prove themselves, or are older than the journal says"
        yield Finding(
            "vault.unsound", RISKY, says, "See vault.unsound in the security log; restore them from a backup."
        )
    old = OrganisationKey.objects.filter(state="retiring", changed_at__lt=timezone.now() - LONGEST_EXCHANGE)
    if old.exists():
        says = f"{old.count()} keys that were exchanged a week ago are not destroyed yet"
        yield Finding("vault.exchange", RISKY, says, "hamroh rotate-keys --organisation CODE --finish says why.")


def last_times() -> dict[str, str]:
    """When the upkeep of the vault last ran, for the doctor's head line; nothing where the database does not know."""
    try:
        run = last_run(keep_house_daily)
    except DatabaseError:
        return {}
    return {"upkeep": f"{run.finished_at.isoformat()}"[:16]} if run else {}


def _made_at() -> dt.datetime:
    told = settings.HOME.path / "mode"
    return dt.datetime.fromtimestamp(told.stat().st_mtime, dt.UTC) if told.exists() else timezone.now()
