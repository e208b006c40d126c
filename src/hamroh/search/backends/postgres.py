"""Tokens in PostgreSQL: a tsvector of our lexemes under a GIN index; no text configuration is asked."""

from collections.abc import Iterable, Sequence

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper

from hamroh.search.facets import Places

CREATE = (
    "CREATE TABLE search_tokens (place integer PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX search_tokens_gin ON search_tokens USING gin (tokens)",
)
_LOCK = 0x68616D72  # the index's own number among advisory locks
_FIND = """SELECT asked.token, string_agg(search_tokens.place::text, ',')
    FROM unnest(%s::text[]) AS asked(token)
    JOIN search_tokens ON search_tokens.tokens @@ ('''' || asked.token || '''')::tsquery
    GROUP BY asked.token"""


class PostgresTokens:
    """Keeps tokens as lexemes."""

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self.database = database

    def lock(self) -> None:
        """Wait until no other transaction writes the index."""
        with self.database.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])

    def put(self, rows: Iterable[tuple[int, str]]) -> None:
        with self.database.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_tokens (place, tokens) VALUES (%s, array_to_tsvector(%s))",
                [(place, tokens.split()) for place, tokens in rows],
            )

    def drop(self, rows: Iterable[tuple[int, str]]) -> None:
        with self.database.cursor() as cursor:
            cursor.execute("DELETE FROM search_tokens WHERE place = ANY(%s)", [[place for place, _ in rows]])

    def find(self, tokens: Sequence[str]) -> dict[str, Places]:
        with self.database.cursor() as cursor:
            # A lexeme in quotes is one word to tsquery; no token of ours has a quote or backslash in it.
            cursor.execute(_FIND, [list(tokens)])
            return {token: np.fromstring(places, np.uint32, sep=",") for token, places in cursor}

    def terms(self) -> None:
        """PostgreSQL would have to read every record for that, and looks up what nowhere stands in microseconds."""

    def clear(self) -> None:
        with self.database.cursor() as cursor:
            cursor.execute("TRUNCATE search_tokens")

    def forget(self) -> None:
        """Nothing to do within a transaction: VACUUM takes dead rows away after it."""
