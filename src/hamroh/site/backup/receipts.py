"""Receipts: the small open file that is written last and makes two archives a backup."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamroh.site.backup.archive import BackupRefused


@dataclass(frozen=True)
class Receipt:
    """What a backup consists of; lies beside the archives, unencrypted, and tells nothing of what is in them."""

    path: Path
    facts: dict[str, Any]

    def archive(self, part: str) -> Path:
        """The ``data`` or the ``keys`` archive: beside the receipt, or where it was put."""
        told = self.facts[part]
        beside: Path = self.path.parent / told["file"]
        return beside if beside.exists() else Path(told["folder"]) / told["file"]


def receipts(folder: Path) -> list[Receipt]:
    """Whole backups in a folder, oldest first."""
    found = (Receipt(path, json.loads(path.read_text(encoding="utf-8"))) for path in folder.glob("hamroh-*.json"))
    return sorted(found, key=lambda receipt: str(receipt.facts["taken_at"]))


def newest(folder: Path, wanted: str = "") -> Receipt:
    """The newest whole backup in a folder, or the one whose name begins with ``wanted``."""
    found = [each for each in receipts(folder) if str(each.facts["id"]).startswith(wanted)]
    if not found:
        raise BackupRefused(f"{folder} holds no whole backup{f' named {wanted}' if wanted else ''}")
    return found[-1]


def write_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all, also after a power failure."""
    beside = path.with_name(f"{path.name}.partial")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
