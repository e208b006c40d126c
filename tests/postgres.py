"""Fixtures for tests that need PostgreSQL: one private server for the whole session of a test process."""

from collections.abc import Iterator

import pytest

from hamroh.site.benches.postgres import Server, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running server; ``postgres.create()`` makes an empty database, ``postgres.url(name)`` is its address."""
    with server() as running:
        yield running
