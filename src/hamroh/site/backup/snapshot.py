"""The database as one file, and back: SQLite by ``VACUUM INTO``, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from hamroh.site.backup.archive import BackupRefused

SQLITE, POSTGRES = "database.sqlite3", "database.dump"


def versions() -> dict[str, str]:
    """What the database runs on."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return {"engine": "sqlite", "version": sqlite3.sqlite_version}
    return {"engine": "postgresql", "version": str(connection.cursor().connection.info.server_version)}


def take(folder: Path) -> Path:
    """A consistent copy of the database in a private folder; deleted rows and free pages are not in it."""
    if connection.vendor == "sqlite":
        path = folder / SQLITE
        try:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
        except DatabaseError as error:
            raise BackupRefused(f"the database could not be copied: {error}") from error
        return path
    path = folder / POSTGRES
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(path))
    return path


def fill_postgres(dump: Path, url: str) -> None:
    """Restore a dump into an empty database, named by its address."""
    if not url:
        raise BackupRefused("this is a backup of PostgreSQL: name an empty database in HAMROH_DATABASE")
    import psycopg

    with psycopg.connect(url, autocommit=True) as database:
        row = database.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if row and row[0]:
        raise BackupRefused("the database in HAMROH_DATABASE is not empty; a restore never writes over one")
    _call("pg_restore", ["--no-owner", "--no-privileges", "--exit-on-error", "--dbname", url, str(dump)], {})
    dump.unlink()


def _run(tool: str, *arguments: str) -> None:
    told: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    _call(tool, list(arguments), {name: str(told[key]) for name, key in names.items() if told.get(key)})


def _call(tool: str, arguments: list[str], environment: dict[str, str]) -> None:
    found = shutil.which(tool) or next(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{tool}")), None)
    if found is None:
        raise BackupRefused(f"{tool} is missing; install PostgreSQL's client tools (on Debian: postgresql-client)")
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own tool
        [found, *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupRefused(f"{tool} failed: {done.stderr.strip()[-400:]}")
