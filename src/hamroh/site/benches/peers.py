"""What the stock engines find: SQLite FTS5 as it comes, and PostgreSQL's own text configurations.

They get the very texts that Hamroh indexes and the very words of the query, any of which may match, best ranked first: the
kindest way to ask them.
"""

import contextlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator

from hamroh.search.documents import Document
from hamroh.search.tokens import passages
from hamroh.site.benches import postgres

Search = Callable[[str], list[str]]
#: The configuration that PostgreSQL brings for a language.
CONFIGURATIONS = {"az": "simple", "tg": "simple", "ru": "russian", "en": "english"}
_WORD = re.compile(r"\w+")


def fts5(documents: Iterable[Document]) -> Search:
    """Search by FTS5 with its default tokenizer unicode61 and bm25."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, body)")
    database.executemany("INSERT INTO texts VALUES (?, ?)", _texts(documents))

    def search(query: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(query))
        rows = database.execute("SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank, id LIMIT 20", (words,))
        return [row[0] for row in rows]

    return search


@contextlib.contextmanager
def postgresql(documents: Iterable[Document]) -> Iterator[Callable[[str], Search]]:
    """A maker of searches by configuration name, over one private server."""
    import psycopg

    with postgres.server() as server, psycopg.connect(server.url(server.create()), autocommit=True) as database:
        database.execute("CREATE TABLE texts (id text, body text)")
        with database.cursor() as cursor:
            cursor.executemany("INSERT INTO texts VALUES (%s, %s)", list(_texts(documents)))

        def search_in(configuration: str) -> Search:
            def search(query: str) -> list[str]:
                rows = database.execute(_RANKED, {"conf": configuration, "words": " ".join(_WORD.findall(query))})
                return [row[0] for row in rows]

            return search

        yield search_in


_RANKED = """SELECT id FROM texts,
    CAST(replace(plainto_tsquery(%(conf)s::regconfig, %(words)s)::text, '&', '|') AS tsquery) AS asked
    WHERE to_tsvector(%(conf)s::regconfig, body) @@ asked
    ORDER BY ts_rank(to_tsvector(%(conf)s::regconfig, body), asked) DESC, id LIMIT 20"""


def _texts(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    for document in documents:
        yield document.record_id, " . ".join(passage.text for passage in passages(document))
