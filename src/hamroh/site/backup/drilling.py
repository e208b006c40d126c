"""The drill: restore a backup aside, verify its journal, open a sample of what is sealed, and remember it."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from hamroh.site.backup import records
from hamroh.site.backup.archive import BackupRefused
from hamroh.site.backup.receipts import Receipt
from hamroh.site.backup.restoring import check, restore
from hamroh.site.backup.taking import working_folder
from hamroh.vault import journal


def drill(receipt: Receipt, identity: Path, database_url: str = "") -> dict[str, Any]:
    """Restore a backup into a scratch home, check it, remove it, and remember that this was done."""
    started = timezone.now()
    with working_folder("drill") as folder:
        scratch = folder / "home"
        restore(receipt, identity, scratch, database_url)
        _tell_journal(receipt)
        found = check(scratch, receipt.facts["journal_head"], database_url)
    if not found["journal"]["holds"]:
        raise BackupRefused(f"the restored journal is broken: {found['journal']['broken']['says']}")
    if refused := sum(sample["refused"] for sample in found["samples"]):
        raise BackupRefused(f"{refused} sealed values of the sample do not open with the restored keys")
    seconds = round((timezone.now() - started).total_seconds(), 1)
    told = {"at": timezone.now().isoformat(), "backup": receipt.facts["id"], "seconds": seconds, **found}
    records.remember(drill=told)
    return told


def _tell_journal(receipt: Receipt) -> None:
    """A drill opens sealed values, if only to count them: that stands in the journal of the living home."""
    about = ("site.backup", str(receipt.facts["id"]))
    with journal.openings("command"):
        journal.opened(actor_id=None, verb="site.drill", record=about, fields=("",), purpose="restore drill")
