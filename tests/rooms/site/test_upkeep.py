"""Work in the background: tried again after pauses, seen and mended by an administrator, and nothing of it tells what anybody typed."""

import datetime as dt
import json
import logging
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db import models as library
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from hamroh.site import retrying
from hamroh.site.upkeeping import MOST
from hamroh.vault.models import JournalLine
from hamroh.vault.tasks import keep_house_daily
from hamroh.web import logs

TYPED = "Zwqxtyped"


@pytest.fixture
def worker(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """The worker's own loop, as `hamroh worker` begins it; it makes one round."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(library, "format_exception", library.format_exception)
    retrying.begin()
    yield Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=1,
        worker_id=f"worker {uuid.uuid4()}", excluded_queue_names=[],
    )  # fmt: skip
    task_finished.disconnect(dispatch_uid="hamroh.site.retrying")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ValueError(f"cannot read {TYPED}")

    monkeypatch.setattr("hamroh.vault.actions.keep_house", fail)


def made(**more: Any) -> Any:
    told = {"args_kwargs": {"args": [], "kwargs": {}}, "run_after": timezone.now(), **more}
    return DBTaskResult.objects.create(task_path=keep_house_daily.module_path, backend_name="default", **told)


def failed(tries: int = 4, **more: Any) -> Any:
    row = made(**more)
    for number in range(tries):
        row.claim(f"worker {number}")
    row.set_failed(ValueError("what was wrong"))
    return row


def test_it_tries_a_task_again_after_a_pause(worker: Worker, broken: None) -> None:
    row = made()
    worker.run_task(claimed(row))
    row.refresh_from_db()
    pause = row.run_after - timezone.now()
    assert row.status == TaskResultStatus.READY
    assert dt.timedelta(seconds=50) < pause <= retrying.PAUSES[0]


def claimed(row: Any) -> Any:
    row.claim("worker")
    return row


def test_it_waits_longer_before_each_try(worker: Worker, broken: None) -> None:
    row, waited = made(), []
    for _ in range(len(retrying.PAUSES)):
        worker.run_task(claimed(row))
        row.refresh_from_db()
        waited.append(row.run_after - timezone.now())
    assert waited == sorted(set(waited))


def test_it_gives_up_after_the_last_try(worker: Worker, broken: None) -> None:
    row = made()
    for _ in range(len(retrying.PAUSES) + 1):
        worker.run_task(claimed(row))
        row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED


def test_it_leaves_alone_a_task_that_succeeds(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamroh.vault.actions.keep_house", dict)
    row = made()
    worker.run_task(claimed(row))
    row.refresh_from_db()
    assert row.status == TaskResultStatus.SUCCESSFUL


def test_it_keeps_no_message_of_a_fault(worker: Worker, broken: None) -> None:
    row = made()
    worker.run_task(claimed(row))
    row.refresh_from_db()
    assert ("ValueError" in row.traceback, TYPED in row.traceback) == (True, False)


@pytest.fixture
def faults() -> Iterator[list[dict[str, Any]]]:
    """Lines of the log of faults, as they are written."""
    told: list[dict[str, Any]] = []
    handler = logging.Handler()
    handler.emit = lambda record: told.append(json.loads(logs.Fault().format(record)))  # type: ignore[method-assign]
    log = logging.getLogger("hamroh.faults")
    log.addHandler(handler)
    yield told
    log.removeHandler(handler)


def test_it_writes_one_line_of_a_task_that_fails(worker: Worker, broken: None, faults: list[dict[str, Any]]) -> None:
    worker.run_task(claimed(made()))
    assert [(each["fault"], each["kinds"]) for each in faults] == [("task", ["builtins.ValueError"])]
    assert "in fail" in faults[0]["places"][-1]
    assert TYPED not in json.dumps(faults)


def test_it_says_the_number_of_a_page_that_fails(
    db: None, monkeypatch: pytest.MonkeyPatch, faults: list[dict[str, Any]]
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise RuntimeError(TYPED)

    monkeypatch.setattr("hamroh.site.search_asked.find", fail)
    page = Client(raise_request_exception=False).get("/tg/search/", {"q": TYPED}).content.decode()
    number = faults[0]["request"]
    assert (len(number), number in page) == (12, True)
    assert (faults[0]["view"], TYPED in json.dumps(faults)) == ("search", False)


def test_it_shows_an_administrator_what_failed_and_not_what_it_was_given(client: Client, cast: Any) -> None:
    failed(args_kwargs={"args": [TYPED], "kwargs": {}})
    client.force_login(cast.temur)
    page = client.get("/desk/upkeep/").content.decode()
    assert ("keep_house_daily" in page, "ValueError" in page) == (True, True)
    assert [word for word in (TYPED, "what was wrong") if word in page] == []


def test_it_hides_it_from_who_is_no_administrator(client: Client, cast: Any) -> None:
    client.force_login(cast.zarina)
    assert client.get("/desk/upkeep/").status_code == 404


def test_it_tries_again_at_once_what_a_person_asks_for(client: Client, cast: Any) -> None:
    row = failed()
    client.force_login(cast.temur)
    assert client.post(f"/desk/upkeep/{row.pk}/retry/").status_code == 302
    row.refresh_from_db()
    assert (row.status, row.worker_ids, row.run_after <= timezone.now()) == (TaskResultStatus.READY, [], True)
    line = JournalLine.objects.get(verb="site.retry_task")
    assert (line.actor_id, line.record_id) == (cast.temur.pk, str(row.pk))


def test_it_does_without_what_a_person_drops(client: Client, cast: Any) -> None:
    row = failed()
    client.force_login(cast.temur)
    assert client.post(f"/desk/upkeep/{row.pk}/drop/").status_code == 302
    assert not DBTaskResult.objects.filter(pk=row.pk).exists()
    assert JournalLine.objects.get(verb="site.drop_task").record_id == str(row.pk)


@pytest.mark.parametrize("way", ["retry", "drop"])
def test_it_touches_no_task_that_did_not_fail(client: Client, cast: Any, way: str) -> None:
    waits, runs = made(), claimed(made())
    client.force_login(cast.temur)
    assert [client.post(f"/desk/upkeep/{row.pk}/{way}/").status_code for row in (waits, runs)] == [404, 404]
    assert DBTaskResult.objects.count() == 2


def test_it_asks_as_much_for_many_tasks_as_for_few(
    client: Client, cast: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.temur)
    client.get("/desk/upkeep/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    failed()
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/upkeep/")
    for _ in range(MOST // 5):
        failed()
    with django_assert_max_num_queries(len(few)):
        client.get("/desk/upkeep/")
