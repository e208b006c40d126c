"""The demonstration, made whole: every step of it, a second time for nothing, and whatever its worker has to do."""

import json
import sqlite3
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from service import hamroh, surroundings

pytestmark = pytest.mark.long
#: what the worker does at once after the start is done by then
MOST = 900


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demo") / "home"
    prepare(made)
    return made


def prepare(home: Path) -> None:
    subprocess.run(
        hamroh(home, "demo", "--prepare-only"), env=surroundings(home), check=True, capture_output=True, timeout=MOST
    )


#: what any start writes: that the words were read again, and that they are to be indexed
ALWAYS = {"vault_journalline", "django_tasks_database_dbtaskresult"}


def counted(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / "hamroh.sqlite3") as database:
        names = [
            name
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'"
            )
        ]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in {*names} - ALWAYS}


def left_to_do(home: Path) -> Counter[str]:
    """Tasks whose time has come, by where they stand."""
    with sqlite3.connect(home / "hamroh.sqlite3") as database:
        rows = database.execute(
            "SELECT status FROM django_tasks_database_dbtaskresult WHERE status <> 'SUCCESSFUL'"
            " AND (status <> 'READY' OR run_after IS NULL OR run_after <= strftime('%Y-%m-%d %H:%M:%f', 'now'))"
        )
        return Counter(status for (status,) in rows)


def test_it_adds_nothing_the_second_time(home: Path) -> None:
    before = counted(home)
    (home / "prepared.json").unlink()
    prepare(home)
    assert {name: count for name, count in counted(home).items() if count != before[name]} == {}


def test_it_leaves_no_task_of_the_worker_undone(home: Path) -> None:
    with (home / "worker.log").open("wb") as log:
        worker = subprocess.Popen(hamroh(home, "worker"), env=surroundings(home), stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + MOST
        while set(left_to_do(home)) - {"FAILED"} and time.monotonic() < deadline:
            time.sleep(1)
    finally:
        worker.terminate()
        worker.wait()
    faults = [line for line in (home / "worker.log").read_text().splitlines() if '"fault"' in line]
    assert [json.loads(line)["places"][-1] for line in faults] == []
    assert left_to_do(home) == Counter()
