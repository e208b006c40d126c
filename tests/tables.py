"""The tables that tests work on: made by the worker that comes first, copied by every one."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from hamroh.web.tables import models_known


def settle(connection: BaseDatabaseWrapper, shared: Path) -> None:
    """Lead a connection to a database of this process alone that has all tables; ``shared`` is a folder of all workers."""
    creation, worker = connection.creation, os.environ.get("PYTEST_XDIST_WORKER")
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = shared / "tables.sqlite3"
    pattern = creation._get_test_db_name()
    if worker is None:
        _make(creation, pattern)
        return
    with (shared / "tables.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "tables.made").exists():
            _make(creation, pattern)
            (shared / "tables.made").touch()
        connection.close()
        connection.settings_dict["NAME"] = pattern
        creation.clone_test_db(worker, verbosity=0)
        connection.settings_dict["NAME"] = creation.get_test_db_clone_settings(worker)["NAME"]


def _make(creation: Any, pattern: Any) -> None:
    """Migrate an empty database; in SQLite, where ``HAMROH_TEST_TABLES`` names a folder, keep its tables there for the next run."""
    kept = _kept() if creation.connection.vendor == "sqlite" else None
    if kept and kept.exists():
        shutil.copyfile(kept, pattern)
    with models_known():
        creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=bool(kept and kept.exists()))
    if kept and not kept.exists():
        creation.connection.close()
        whole = kept.with_suffix(f".{os.getpid()}")
        shutil.copyfile(pattern, whole)
        whole.rename(kept)


def _kept() -> Path | None:
    if not (folder := os.environ.get("HAMROH_TEST_TABLES")):
        return None
    said = hashlib.sha256()
    for path in sorted((Path(__file__).parents[1] / "src" / "hamroh").glob("*/migrations/*.py")):
        said.update(path.name.encode() + path.read_bytes())
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) / f"{said.hexdigest()[:16]}.sqlite3"


#: the tables after the first test that committed, once they were emptied
_EMPTY: list[sqlite3.Connection] = []


def empty_at_once() -> None:
    """Empty the tables after a test that committed by a copy, in SQLite: to empty each, and to name models and rights anew, takes ten times as long."""
    usual = TransactionTestCase._fixture_teardown

    def empty(self: Any) -> None:
        tables = connections["default"]
        tables.ensure_connection()
        if _EMPTY and tables.vendor == "sqlite" and tables.get_autocommit():
            _EMPTY[0].backup(tables.connection)
            return
        usual(self)
        if tables.vendor == "sqlite":
            tables.ensure_connection()
            _EMPTY[:] = [sqlite3.connect(":memory:")]
            tables.connection.backup(_EMPTY[0])

    TransactionTestCase._fixture_teardown = empty


_FILLED: dict[Callable[[], None], sqlite3.Connection] = {}


def fill(connection: BaseDatabaseWrapper, load: Callable[[], None]) -> None:
    """Load an empty database, outside a transaction; in SQLite from the second time on by a copy of what was loaded first."""
    if connection.vendor != "sqlite":
        load()
        return
    connection.ensure_connection()
    if load in _FILLED:
        _FILLED[load].backup(connection.connection)
        return
    load()
    _FILLED[load] = sqlite3.connect(":memory:")
    connection.connection.backup(_FILLED[load])
