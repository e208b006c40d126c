"""Tokens in SQLite: an FTS5 table without content, whose tokenizer only parts at spaces."""

import json
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper

from hamroh.search.facets import Places
from hamroh.search.tokens import PARTS

#: ``ascii`` leaves every letter beyond ASCII alone and ours are small already; ``detail=none`` keeps no positions.
CREATE = """CREATE VIRTUAL TABLE search_tokens USING fts5(
    tokens, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '._-'")"""
#: What FTS5 tells of its own terms.
CREATE_TERMS = "CREATE VIRTUAL TABLE search_terms USING fts5vocab(search_tokens, row)"
_TERMS = "SELECT term, doc FROM search_terms WHERE term >= %s AND term < %s"
# A token in quotes is one word to FTS5; no token of ours has a quote in it.
_FIND = """SELECT asked.value,
    (SELECT group_concat(rowid) FROM search_tokens WHERE search_tokens MATCH '"' || asked.value || '"')
    FROM json_each(%s) AS asked"""


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

    def find(self, tokens: Sequence[str]) -> dict[str, Places]:
        with self.database.cursor() as cursor:
            cursor.execute(_FIND, [json.dumps(tokens, ensure_ascii=False)])
            return {token: np.fromstring(places, np.uint32, sep=",") for token, places in cursor if places}

    def terms(self) -> Iterator[tuple[str, int]]:
        """Tokens of words with the number of their records; pairs of words, which are many and rarely asked for, are not told."""
        with self.database.cursor() as cursor:
            for part in PARTS.values():
                cursor.execute(_TERMS, [part, chr(ord(part) + 1)])
                yield from cursor

    def clear(self) -> None:
        with self.database.cursor() as cursor:
            cursor.execute("INSERT INTO search_tokens (search_tokens) VALUES ('delete-all')")

    def forget(self) -> None:
        """Write the index anew without what was taken out: until then FTS5 keeps its words in older parts. ``secure_delete`` wipes those."""
        with self.database.cursor() as cursor:
            cursor.execute("INSERT INTO search_tokens (search_tokens) VALUES ('optimize')")
