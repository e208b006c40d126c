"""An index to try things on, on both databases: the same tests, the same hits."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.postgresql.base import DatabaseWrapper

from hamroh.site.benches.postgres import Server
from postgres import migrated, standing_in, undone


@pytest.fixture(scope="session")
def postgres_database(postgres: Server, django_db_setup: None, django_db_blocker: Any) -> Iterator[DatabaseWrapper]:
    """A connection to an empty PostgreSQL database with the tables of the index."""
    with django_db_blocker.unblock(), migrated(postgres) as wrapper:
        yield wrapper


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def index(request: pytest.FixtureRequest, db: None) -> Iterator[str]:
    """An empty index on one of the two databases; its name."""
    if request.param == "sqlite":
        yield "sqlite"
    else:
        with standing_in(request.getfixturevalue("postgres_database")), undone():
            yield "postgres"
