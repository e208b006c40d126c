"""What the database knows of its own tables, so that it enters a query by the narrow side."""

from django.db import connection

#: rows of each index that are looked at, so that the longest table takes no longer than others
LOOKED_AT = 1_000


def renew() -> None:
    """Have SQLite count anew, which it does only when it is told to; PostgreSQL does so by itself.

    Without counts SQLite walks through all cases of an office to show the names of one page: 0.6 s where there are 50,000, and
    under a millisecond with them. Samples of what stands in an index are not kept: they would outlive what is erased.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        cursor.execute("ANALYZE")
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat4'")
        if cursor.fetchone():
            cursor.execute("DELETE FROM sqlite_stat4")
