"""Room on the disk: telling that it is full, files that are there whole or not at all, and files that waited long enough."""

import datetime as dt
import errno
import os
import secrets
import sqlite3
from typing import Any

from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_POSTGRES_DISK_FULL = "53100"


def is_full(error: BaseException | None) -> bool:
    """Was this error, or what caused it, a full disk: of the database (SQLite, PostgreSQL) or of a file?"""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        if getattr(error, "sqlstate", None) == _POSTGRES_DISK_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


class WholeFiles(FileSystemStorage):
    """Writes a file beside its place, waits for the disk, then puts it there: a full disk or a kill leaves no half file."""

    def _save(self, name: str, content: Any) -> str:
        beside = f"{name}.{secrets.token_hex(4)}.part"
        try:
            super()._save(beside, content)  # type: ignore[misc]
            _wait_for_disk(self.path(beside))
            return self._put(beside, name)
        finally:
            self.delete(beside)

    def _put(self, beside: str, name: str) -> str:
        while True:
            try:
                os.link(self.path(beside), self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name


def sweep(folder: str, older_than: dt.timedelta) -> None:
    """Delete what nobody came back for: files of the storage that have waited in ``folder`` for longer."""
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        if timezone.now() - default_storage.get_modified_time(f"{folder}/{name}") > older_than:
            default_storage.delete(f"{folder}/{name}")


def _wait_for_disk(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
