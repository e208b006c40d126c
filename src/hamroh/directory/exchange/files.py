"""A file of parties, services, locations and phones: read, tried, taken in and remembered."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.directory.exchange.hsds.reading import hsds_rows, is_json
from hamroh.directory.exchange.importing import Imported, Progress, import_rows
from hamroh.directory.exchange.rows import Row, Rows, rows_of
from hamroh.directory.exchange.tables import read_tables
from hamroh.directory.models import ImportBatch
from hamroh.vault import journal

LARGEST_FILE = 60 * 2**20
KIND = "directory"


@dataclass(frozen=True)
class Taken:
    """An import that was written, or what stood in its way."""

    imported: Imported
    batch: ImportBatch | None


def read_file(name: str, content: bytes) -> Rows:
    """The rows of a CSV, XLSX or HSDS JSON file, told apart by content; raises FileRefused."""
    return hsds_rows(content) if is_json(content) else rows_of(read_tables(name, content), name)


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def take_in(
    *, actor: Any, rows: tuple[Row, ...], digest: str, only_good: bool = False, progress: Progress | None = None
) -> Taken:
    """Import the rows in one transaction and remember the fate of each; nothing is kept where nothing was written."""
    policy.require(actor, "directory.import")
    imported = import_rows(actor=actor, rows=rows, only_good=only_good, progress=progress)
    if not (imported.written and imported.writes):
        return Taken(imported, None)
    batch = ImportBatch.objects.create(
        kind=KIND,
        digest=digest,
        imported_at=timezone.now(),
        imported_by=actor,
        counts=imported.counts,
        rows=[outcome.for_the_record() for outcome in imported.outcomes],
    )
    journal.record(actor=actor, verb="directory.import", about=batch, facts=imported.counts | {"digest": digest})
    return Taken(imported, batch)
