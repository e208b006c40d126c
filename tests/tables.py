"""The tables that tests work on: made by the worker that comes first, copied by every one."""

import fcntl
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper


def settle(connection: BaseDatabaseWrapper, shared: Path) -> None:
    """Lead a connection to a database of this process alone that has all tables; ``shared`` is a folder of all workers."""
    creation, worker = connection.creation, os.environ.get("PYTEST_XDIST_WORKER")
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = shared / "tables.sqlite3"
    pattern = creation._get_test_db_name()
    if worker is None:
        creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        return
    with (shared / "tables.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "tables.made").exists():
            creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            (shared / "tables.made").touch()
        connection.close()
        connection.settings_dict["NAME"] = pattern
        creation.clone_test_db(worker, verbosity=0)
        connection.settings_dict["NAME"] = creation.get_test_db_clone_settings(worker)["NAME"]


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
