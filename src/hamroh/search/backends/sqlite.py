"""Tokens in SQLite: an FTS5 table without content, whose tokenizer only parts at spaces."""

import json
from collections.abc import Iterable, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from hamroh.search.tokens import batched

#: ``ascii`` leaves every letter beyond ASCII alone and ours are small already; ``detail=none`` keeps no positions.
CREATE = """CREATE VIRTUAL TABLE search_tokens USING fts5(
    tokens, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '._-'")"""
_ONE = "SELECT %s, group_concat(rowid) FROM search_tokens WHERE search_tokens MATCH %s"
_AT_ONCE = 100


class SqliteTokens:
    """Keeps tokens in FTS5. SQLite has one writer at a time by itself."""

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self.database = database

    def lock(self) -> None:
        """Nothing to do: our transactions begin IMMEDIATE."""

    def put(self, rows: Iterable[tuple[int, str]]) -> None:
        with self.database.cursor() as cursor:
            cursor.executemany("INSERT INTO search_tokens (rowid, tokens) VALUES (%s, %s)", list(rows))

    def drop(self, rows: Iterable[tuple[int, str]]) -> None:
        with self.database.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_tokens (search_tokens, rowid, tokens) VALUES ('delete', %s, %s)", list(rows)
            )

    def find(self, tokens: Sequence[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        with self.database.cursor() as cursor:
            for some in batched(tokens, _AT_ONCE):
                # A token in quotes is one word to FTS5; no token of ours has a quote in it.
                values = [value for token in some for value in (token, f'"{token}"')]
                cursor.execute(" UNION ALL ".join([_ONE] * len(some)), values)
                found.update({token: json.loads(f"[{places}]") for token, places in cursor if places})
        return found

    def clear(self) -> None:
        with self.database.cursor() as cursor:
            cursor.execute("INSERT INTO search_tokens (search_tokens) VALUES ('delete-all')")
