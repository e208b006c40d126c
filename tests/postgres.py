"""Tests on PostgreSQL: one private server for a test process, and a way to let it stand in for the usual database."""

import contextlib
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper

from hamroh.site.benches.postgres import Server, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running server; ``postgres.create()`` makes an empty database, ``postgres.url(name)`` is its address."""
    with server() as running:
        yield running


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
    settings = {**connections["default"].settings_dict, "OPTIONS": {}, "HOST": "127.0.0.1", "PORT": postgres.port}
    settings |= {"ENGINE": "django.db.backends.postgresql", "NAME": postgres.create(), "USER": "hamroh", "PASSWORD": ""}
    wrapper = DatabaseWrapper(settings, alias="default")
    with standing_in(wrapper):
        call_command("migrate", verbosity=0)
    yield wrapper
    wrapper.close()


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Undo at the end whatever the block wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
