"""PostgreSQL's pg_trgm over names in plain Latin letters, nearest first by a GiST index (PostgreSQL licence; psycopg LGPL-3.0)."""

from collections.abc import Iterable
from typing import Any

import psycopg

from hamroh.site.benches.names.contestants.plain import plain, ranked, wanted

_NEAREST = "SELECT at, 1 - (name <-> %(name)s) FROM people ORDER BY name <-> %(name)s LIMIT %(many)s"


def prepare() -> None:
    """Load what is not the index's own memory."""
    plain("Раҳмон")


class Contestant:
    def __init__(self, records: Iterable[dict[str, Any]], url: str) -> None:
        self._records = list(records)
        self._database = psycopg.connect(url, autocommit=True)
        self._database.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        self._database.execute("CREATE TABLE people (at integer, name text)")
        with self._database.cursor() as cursor, cursor.copy("COPY people FROM STDIN") as copy:
            for at, record in enumerate(self._records):
                copy.write_row((at, plain(record["name"])))
        self._database.execute("CREATE INDEX ON people USING gist (name gist_trgm_ops (siglen = 64))")
        self._database.execute("ANALYZE people")

    def search(self, query: dict[str, Any], limit: int) -> list[tuple[str, float, str]]:
        asked = {"name": plain(query["name"]), "many": wanted(query, limit)}
        near = self._database.execute(_NEAREST, asked).fetchall()
        return ranked(query, ((self._records[at], likeness * 100) for at, likeness in near), limit)
