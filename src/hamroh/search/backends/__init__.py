"""The two keepers of tokens behind one small face: ``put``, ``drop``, ``find``, ``clear``, ``lock``.

They answer only in which places a token stands. Everything that decides about hits and their order is the same code after
that, so both give the same hits in the same order.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from hamroh.search.backends.postgres import PostgresTokens
from hamroh.search.backends.sqlite import SqliteTokens
from hamroh.search.facets import Places


class TokenStore(Protocol):
    """Where tokens are kept; all calls belong to the caller's transaction."""

    def lock(self) -> None:
        """Let one writer at a time change the index, until the transaction ends."""

    def put(self, rows: Iterable[tuple[int, str]]) -> None:
        """Add places with their tokens (parted by spaces)."""

    def drop(self, rows: Iterable[tuple[int, str]]) -> None:
        """Take places out again, with the very tokens they were put with."""

    def find(self, tokens: Sequence[str]) -> dict[str, Places]:
        """The places of each token that has any."""

    def terms(self) -> Iterable[tuple[str, int]] | None:
        """Every token of a single word with the number of its records; None where the database cannot tell quickly."""

    def clear(self) -> None:
        """Take everything out."""

    def forget(self) -> None:
        """Leave nothing of what was taken out in the files of the database."""


def store() -> TokenStore:
    """The store of the database in use."""
    return on(connection)


def on(database: BaseDatabaseWrapper) -> TokenStore:
    return PostgresTokens(database) if database.vendor == "postgresql" else SqliteTokens(database)
