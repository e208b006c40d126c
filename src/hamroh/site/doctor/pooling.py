"""Whether a pool between us and PostgreSQL keeps sessions apart."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from hamroh.web.findings import FAILING, Finding

#: times that two connections are asked: a busy pool may give each another session by chance
_ASKED = 5


def sessions() -> Iterator[Finding]:
    """A pool that changes sessions between two statements would show rows opened for one organisation to another."""
    if connection.vendor != "postgresql":
        return
    beside = connection.copy()
    try:
        if shared(connection, beside):
            yield Finding(
                "database.pooling", FAILING, "a pool gives one session of PostgreSQL to two connections at once: rows that "
                "were opened for one organisation could be seen by another", "pool_mode = session in pgbouncer.ini",
            )  # fmt: skip
    finally:
        beside.close()


def shared(one: Any, other: Any) -> bool:
    """Whether two open connections were ever served by the same process of PostgreSQL."""
    return any(_process(one) == _process(other) for _each in range(_ASKED))


def _process(asked: Any) -> int:
    with asked.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
