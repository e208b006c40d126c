"""Checks of the database, the journal and the backups."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from hamroh.site.backup import records
from hamroh.site.backup.receipts import receipts
from hamroh.site.doctor.upkeep import last_times
from hamroh.vault import anchors, chain
from hamroh.vault.certificates import BACKUPS_KEPT
from hamroh.vault.models import JournalBatch, JournalLine
from hamroh.web.findings import FAILING, RISKY, Finding

_SAFE_WAL = (3, 51, 3)
_SEALED_WITHIN = dt.timedelta(minutes=10)
_SKEW = dt.timedelta(minutes=1)
#: days after which a backup and a drill are too old
BACKUP_AGE, DRILL_AGE = 7, 30


def database() -> Iterator[Finding]:
    yield from _sqlite() if connection.vendor == "sqlite" else _postgres()


def _sqlite() -> Iterator[Finding]:
    told = {name: str(_asked(f"PRAGMA {name}")).lower() for name in ("journal_mode", "synchronous", "mmap_size")}
    version = sqlite3.sqlite_version
    if told["journal_mode"] == "wal" and sqlite3.sqlite_version_info < _SAFE_WAL:
        says = f"SQLite {version} with a write-ahead log can corrupt the database"
        yield Finding("database.journal_mode", FAILING, says, "Set journal_mode=DELETE, or use SQLite 3.51.3 or later.")
    if told["journal_mode"] in ("off", "memory") or int(told["synchronous"]) < 2:
        says = f"a power failure can lose or break what was written (journal_mode={told['journal_mode']}, "
        says += f"synchronous={told['synchronous']})"
        yield Finding("database.durable", FAILING, says, "Keep the settings' own PRAGMAs.")
    if told["mmap_size"] not in ("0", "none"):
        yield Finding("database.mmap", RISKY, "mmap_size is not 0", "Keep the settings' own PRAGMAs.")


def _postgres() -> Iterator[Finding]:
    do = "Serve as the unprivileged role hamroh_app; hamroh_owner owns the tables and migrates."
    row = _row("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    if row and row[0]:
        yield Finding("database.role", FAILING, "the database role is a superuser: row-level security is off", do)
    elif row and row[1]:
        yield Finding("database.role", FAILING, "the database role passes row-level security by (BYPASSRLS)", do)
    if _asked("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"):
        yield Finding("database.owner", FAILING, "the database role owns the tables it serves", do)
    ahead = _asked("SELECT extract(epoch FROM clock_timestamp())")
    if abs(float(ahead) - timezone.now().timestamp()) > _SKEW.total_seconds():  # type: ignore[arg-type]
        yield Finding("clock", FAILING, "this machine's clock and the database server's differ", "Set both by NTP.")


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding("migrations", FAILING, "the database is older than the code", "hamroh manage migrate")


def journal() -> Iterator[Finding]:
    """The end of the journal; the whole of it is for ``hamroh verify-journal``."""
    line = JournalLine.objects.order_by("-id").first()
    if line and line.written_at - timezone.now() > _SKEW:
        yield Finding("clock", FAILING, "the journal's last line was written in the future", "Set the clock (NTP).")
    oldest = chain.waiting().first()
    if oldest and timezone.now() - oldest.written_at > _SEALED_WITHIN:
        says = f"{chain.waiting().count()} lines of the journal wait to be chained since {oldest.written_at:%Y-%m-%d %H:%M}"
        yield Finding("journal.waiting", RISKY, says, "Start hamroh worker.")
    head = anchors.last()
    if head is None and JournalBatch.objects.exists():
        yield Finding("journal.heads", FAILING, "the file of the journal's heads is gone", "hamroh verify-journal")
    elif head and not any(anchors.Head.of(batch) == head for batch in JournalBatch.objects.filter(number=head.batch)):
        says = f"the journal does not hold the head {head} that was anchored: its tail was cut or replaced"
        yield Finding("journal.cut", FAILING, says, "hamroh verify-journal names the place.")


def backups() -> Iterator[Finding]:
    known, do = records.known(), "hamroh backup --to FOLDER --recipient age1..."
    if "backup" not in known:
        yield Finding("backup.missing", FAILING, "this home was never backed up", do)
    elif (days := _days(known["backup"]["at"])) > 1:
        level = FAILING if days > BACKUP_AGE else RISKY
        yield Finding("backup.age", level, f"the last backup is {days} days old", do, waivable=True)
    do = "hamroh drill FOLDER --identity FILE"
    if "drill" not in known:
        yield Finding("drill.missing", FAILING, "no backup was ever restored in a drill", do)
    elif (days := _days(known["drill"]["at"])) > DRILL_AGE:
        yield Finding("drill.age", FAILING, f"the last drill is {days} days old", do, waivable=True)


def old_copies() -> Iterator[Finding]:
    """Backups that hold what was erased since, for longer than certificates of erasure say."""
    told = records.known().get("backup", {}).get("to", "")
    if not told or not Path(told).is_dir():
        return
    days = BACKUPS_KEPT.days
    if old := [each for each in receipts(Path(told)) if _days(str(each.facts["taken_at"])) > days]:
        says = f"{len(old)} backups in {told} are older than {days} days: they hold what was erased since"
        yield Finding("backup.old_copies", RISKY, says, "Delete them, with their copies elsewhere.")


def _days(at: str) -> int:
    return (timezone.now() - dt.datetime.fromisoformat(at)).days


def _row(sql: str) -> tuple[object, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row: tuple[object, ...] | None = cursor.fetchone()
        return row


def _asked(sql: str) -> object:
    row = _row(sql)
    return row[0] if row else None


def ages() -> dict[str, str]:
    """When the last backup, the last drill and the last upkeep were, for the doctor's head line."""
    known = records.known()
    told = {name: str(known[name]["at"])[:16] for name in ("backup", "drill") if name in known}
    return told | last_times() | {"mode": settings.MODE}
