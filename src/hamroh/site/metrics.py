"""Figures of the running installation for Prometheus: pages by view and status, tasks, backups, the vault, the journal, the database.

A scraper shows a token. No figure tells an address, a person or an organisation: labels are names of views and tasks in the code.
"""

import datetime as dt
import hmac
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

from hamroh.site import counting
from hamroh.web import timing

#: where a second process, the worker, is not asked: what stands in the database is told by whichever web is scraped
REGISTRY = CollectorRegistry()
PAGES = Counter(
    "hamroh_requests", "Requests by view and class of status.", ("view", "method", "status"), registry=REGISTRY
)
SECONDS = Histogram(
    "hamroh_request_seconds", "Seconds that a request took, by view.", ("view",), registry=REGISTRY,
    buckets=(0.05, 0.15, 0.3, 0.6, 1.2, 2.5, 5, 10),
)  # fmt: skip
_TOKEN = "metrics"  # noqa: S105 - the name of the key
_ZERO = dt.timedelta()


def count(view: str, method: str, status: str, seconds: float) -> None:
    """One request that was answered."""
    PAGES.labels(view, method, status).inc()
    SECONDS.labels(view).observe(seconds)


class Standing:
    """What is asked of the database at each scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for part in (_tasks, _copies, _vault, _size):
            try:
                yield from part()
            except DatabaseError:
                yield _gauge("hamroh_up", "Whether the database answers.", 0)
                return
        yield _gauge("hamroh_up", "Whether the database answers.", 1)


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)


def _tasks() -> Iterator[GaugeMetricFamily]:
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    by = GaugeMetricFamily("hamroh_tasks", "Tasks of the last month, by kind and state.", labels=("task", "state"))
    for path, state, number in (
        DBTaskResult.objects.order_by().values_list("task_path", "status").annotate(n=Count("pk"))
    ):
        by.add_metric((path.rpartition(".")[2], state.lower()), number)
    yield by
    due = (
        DBTaskResult.objects.ready().filter(run_after__lte=now).order_by().aggregate(n=Count("pk"), at=Min("run_after"))
    )
    running = DBTaskResult.objects.running().order_by().aggregate(at=Min("started_at"))["at"]
    done = DBTaskResult.objects.order_by().aggregate(at=Max("finished_at"))["at"]
    yield _gauge("hamroh_tasks_due", "Tasks that could run now.", due["n"])
    yield _gauge("hamroh_tasks_due_age_seconds", "How long the oldest of them waits.", _age(due["at"], now))
    yield _gauge("hamroh_task_running_seconds", "How long the task that runs has run.", _age(running, now))
    yield _gauge("hamroh_task_finished_age_seconds", "Since when no task was finished.", _age(done, now))


def _copies() -> Iterator[GaugeMetricFamily]:
    """-1 where there was none."""
    from hamroh.site.backup import records

    known = records.known()
    for name in ("backup", "drill"):
        at = dt.datetime.fromisoformat(known[name]["at"]) if name in known else None
        says = f"Since the last {'backup' if name == 'backup' else 'drill that passed'}; -1: there was none."
        yield _gauge(f"hamroh_{name}_age_seconds", says, _age(at, timezone.now()) if at else -1)


def _vault() -> Iterator[GaugeMetricFamily]:
    from hamroh.vault import chain, keyring

    waits = chain.waiting().aggregate(n=Count("pk"), at=Min("written_at"))
    yield _gauge(
        "hamroh_vault_open", "1 where the master key is at hand, 0 where the vault is sealed.", keyring.is_open()
    )
    yield _gauge("hamroh_journal_waiting", "Lines of the journal that are not chained yet.", waits["n"])
    yield _gauge("hamroh_journal_waiting_age_seconds", "Since when.", _age(waits["at"], timezone.now()))


def _size() -> Iterator[GaugeMetricFamily]:
    if connection.vendor == "sqlite":
        path = Path(str(settings.DATABASES["default"]["NAME"]))
        size = path.stat().st_size if path.exists() else 0
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
    yield _gauge("hamroh_database_bytes", "Size of the database.", size)


def _age(at: dt.datetime | None, now: dt.datetime) -> float:
    return max(now - at, _ZERO).total_seconds() if at else 0.0


REGISTRY.register(Standing())
timing.hear(count)


def _together() -> CollectorRegistry:
    """What all processes of the web counted, beside what the database says."""
    if not counting.is_together():
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # the library types it not
    registry.register(Standing())
    return registry


def token() -> str:
    """What a scraper shows; a key of the home like the others."""
    return settings.HOME.key(_TOKEN).hex()


def _shows_token(request: HttpRequest) -> bool:
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    return kind == "Bearer" and hmac.compare_digest(shown.strip().encode(), token().encode())


@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, in Prometheus' text; without the token there is no such page."""
    if not _shows_token(request):
        raise Http404
    return HttpResponse(generate_latest(_together()), content_type="text/plain; version=0.0.4; charset=utf-8")
