"""An index to try things on, on both databases: the same tests, the same hits."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from hamroh.site.benches.postgres import Server
from postgres import postgres, standing_in, undone

__all__ = ["postgres"]


@pytest.fixture(scope="session")
def postgres_database(postgres: Server, django_db_setup: None, django_db_blocker: Any) -> Iterator[DatabaseWrapper]:
    """A connection to an empty PostgreSQL database with the tables of the index."""
    settings = {**connections["default"].settings_dict, "OPTIONS": {}, "HOST": "127.0.0.1", "PORT": postgres.port}
    settings |= {"ENGINE": "django.db.backends.postgresql", "NAME": postgres.create(), "USER": "hamroh", "PASSWORD": ""}
    wrapper = DatabaseWrapper(settings, alias="default")
    with django_db_blocker.unblock():
        with standing_in(wrapper):
            call_command("migrate", verbosity=0)
        yield wrapper
        wrapper.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def index(request: pytest.FixtureRequest, db: None) -> Iterator[str]:
    """An empty index on one of the two databases; its name."""
    if request.param == "sqlite":
        yield "sqlite"
    else:
        with standing_in(request.getfixturevalue("postgres_database")), undone():
            yield "postgres"
