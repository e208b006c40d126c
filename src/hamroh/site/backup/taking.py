"""Taking a backup: two archives, and a receipt that is written last. Without its receipt an archive counts for nothing."""

import contextlib
import fcntl
import json
import secrets
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from hamroh.site.backup import records, snapshot
from hamroh.site.backup.archive import BackupRefused, Member, Tick, pack, recipient
from hamroh.site.backup.receipts import Receipt, write_whole
from hamroh.vault import anchors, chain

#: what of the home goes beside the database; keys go apart, static files and temporary ones stay
KEPT = ("mode", "installation.json", "files")


def take(*, to: Path, recipients: Sequence[str], keys_to: Path, keys_recipients: Sequence[str], tick: Tick) -> Receipt:
    """Back the home up into two folders (which may be one) and remember when; raises BackupRefused with the reason."""
    for each in (*recipients, *keys_recipients):
        recipient(each)
    for folder in (to, keys_to):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in {to, keys_to}:
        _sweep(folder)
    stem = f"hamroh-{timezone.now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    try:
        with working_folder("backup") as folder:
            facts = _facts(stem)
            heads = _copy_of_heads(folder)  # before the database: heads may not run ahead of it
            database = snapshot.take(folder)
            data = [*heads, Member(database.name, database), *_of_home()]
            parts = {
                "data": _pack(data, facts, recipients, to / f"{stem}.data.age", tick),
                "keys": _pack(_keys(), facts, keys_recipients, keys_to / f"{stem}.keys.age", tick),
            }
    except OSError as error:
        raise BackupRefused(f"the backup was not finished and nothing of it counts: {error}") from error
    receipt = Receipt(to / f"{stem}.json", facts | parts)
    write_whole(receipt.path, json.dumps(receipt.facts, indent=1))
    records.remember(backup={"at": facts["taken_at"], "receipt": str(receipt.path), "to": str(to)})
    return receipt


def _sweep(folder: Path) -> None:
    """Remove what a backup that was killed a day ago or earlier left unfinished."""
    for path in folder.glob("hamroh-*.partial"):
        if time.time() - path.stat().st_mtime > 86400:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def working_folder(name: str) -> Iterator[Path]:
    """A private folder in the home for one backup or drill at a time; what a killed one left is removed first."""
    home = settings.HOME
    with (home.path / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRefused(f"another {name} of this home is running") from error
        folder = home.folder("tmp") / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def size_of_home() -> int:
    """Bytes that a backup reads, for its progress bar; PostgreSQL's are not counted."""
    own = [*_of_home(), *_keys(), Member("", settings.HOME.database)]
    return sum(member.path.stat().st_size for member in own if member.path.exists())


def _facts(stem: str) -> dict[str, Any]:
    for _batch in chain.seal_all():
        pass
    last = chain.last_batch()
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "format": 1,
        "id": stem,
        "taken_at": timezone.now().isoformat(),
        "hamroh": version("hamroh"),
        "python": sys.version.split()[0],
        "database": snapshot.versions(),
        "mode": settings.MODE,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "journal_head": str(anchors.Head.of(last)) if last else None,
    }


def _copy_of_heads(folder: Path) -> list[Member]:
    if not anchors.path().exists():
        return []
    return [Member("anchors/journal.heads", Path(shutil.copy(anchors.path(), folder / "journal.heads")))]


def _of_home() -> Iterator[Member]:
    for name in KEPT:
        top = settings.HOME.path / name
        files = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        yield from (
            Member(path.relative_to(settings.HOME.path).as_posix(), path) for path in files if name != "anchors"
        )


def _keys() -> list[Member]:
    folder = settings.HOME.folder("keys")
    return [
        Member(f"keys/{path.relative_to(folder).as_posix()}", path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def _pack(members: Any, facts: dict[str, Any], recipients: Sequence[str], out: Path, tick: Tick) -> dict[str, Any]:
    beside = out.with_name(f"{out.name}.partial")
    try:
        digest = pack(members, facts | {"part": out.name}, recipients, beside, tick)
        beside.rename(out)
    finally:
        beside.unlink(missing_ok=True)
    return {"file": out.name, "folder": str(out.parent), "bytes": out.stat().st_size, "sha256": digest}
