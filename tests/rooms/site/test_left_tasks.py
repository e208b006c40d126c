"""A worker that is killed leaves its task in the middle: the next one runs it again, but not for ever."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forked import Forked
from hamroh.site import takingup
from hamroh.site.takingup import MOST_TRIES, only_worker, take_up
from hamroh.vault.tasks import keep_house_daily

LEFT = """
from django_tasks_db.models import DBTaskResult
from hamroh.thesaurus.tasks import index_scheme
index_scheme.enqueue("homes")
DBTaskResult.objects.get(task_path__endswith="index_scheme").claim("killed")
"""
LOOK = "SELECT status FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%index_scheme'"


def status(database: Path) -> str:
    """How far the task is that was left."""
    with sqlite3.connect(database) as looking:
        return str(looking.execute(LOOK).fetchone()[0])


def left(tries: int) -> Any:
    row = DBTaskResult.objects.create(
        task_path=keep_house_daily.module_path, args_kwargs={"args": [], "kwargs": {}}, backend_name="default", run_after=timezone.now()
    )  # fmt: skip
    for number in range(tries):
        row.claim(f"worker {number}")
    return row


def test_it_puts_back_what_was_left_in_the_middle(db) -> None:
    row = left(1)
    assert take_up() == 1
    row.refresh_from_db()
    assert (row.status, row.started_at) == (TaskResultStatus.READY, None)


def test_it_gives_up_a_task_that_ends_every_worker(db) -> None:
    row = left(MOST_TRIES)
    assert take_up() == 0
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert "Lost" in row.exception_class_path


def test_it_leaves_alone_what_was_ended(db) -> None:
    row = left(1)
    row.set_successful(None)
    assert take_up() == 0
    row.refresh_from_db()
    assert row.status == TaskResultStatus.SUCCESSFUL


def test_it_knows_whether_another_worker_is_at_work(tmp_path) -> None:
    with only_worker(tmp_path) as first, only_worker(tmp_path) as second:
        assert (first, second) == (True, False)
    with only_worker(tmp_path) as again:
        assert again


def test_it_waits_longer_for_the_one_writer_than_a_page_does(settings, monkeypatch) -> None:
    told = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 20}}
    monkeypatch.setitem(takingup.connections.settings, "default", told)
    takingup.be_patient()
    assert told["OPTIONS"]["timeout"] == takingup.PATIENCE_SECONDS


def test_it_is_run_by_the_next_worker(tmp_path, blank_home) -> None:
    with Forked(blank_home(tmp_path)) as home:
        assert home.script(LEFT).returncode == 0
        worker = home.start("worker")
        try:
            deadline = time.monotonic() + 120
            while status(home.home / "hamroh.sqlite3") != "SUCCESSFUL":
                assert time.monotonic() < deadline
                time.sleep(0.1)
        finally:
            worker.kill()
        assert "run again" in (worker.place / "err").read_text()
