"""Tests on PostgreSQL: a way to let the private server of a test process stand in for the usual database."""

import contextlib
import functools
from collections.abc import Iterator

from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper

from hamroh.site.benches.postgres import Server
from hamroh.web.tables import models_known


@contextlib.contextmanager
def standing_in(database: BaseDatabaseWrapper) -> Iterator[None]:
    """Let every query of the block go to this connection."""
    usual = connections["default"]
    connections["default"] = database
    try:
        yield
    finally:
        connections["default"] = usual


@contextlib.contextmanager
def migrated(postgres: Server) -> Iterator[DatabaseWrapper]:
    """A connection to a new PostgreSQL database with all tables; the caller may use databases already."""
    wrapper = _connection(postgres, postgres.create(_pattern(postgres)))
    yield wrapper
    wrapper.close()


@functools.cache
def _pattern(postgres: Server) -> str:
    """The name of a database with all tables, which others of the same server are copied from."""
    wrapper = _connection(postgres, name := postgres.create())
    with standing_in(wrapper), models_known():
        call_command("migrate", verbosity=0)
    wrapper.close()
    return name


def _connection(postgres: Server, name: str) -> DatabaseWrapper:
    settings = {**connections["default"].settings_dict, "OPTIONS": {}, "HOST": "127.0.0.1", "PORT": postgres.port}
    settings |= {"ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": "hamroh", "PASSWORD": ""}
    return DatabaseWrapper(settings, alias="default")


def make_role(name: str) -> None:
    """A role of the server, for all its databases, that may sign in nowhere."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {name} NOLOGIN")


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Undo at the end whatever the block wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
