"""Restoring a backup into an empty home, before there is an installation: nothing here needs Django's settings."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hamroh.site.backup import snapshot
from hamroh.site.backup.archive import BackupRefused, identities, sha256, unpack
from hamroh.site.backup.receipts import Receipt


def restore(receipt: Receipt, identity: Path, home: Path, database_url: str = "") -> None:
    """Make ``home`` (absent or empty) what was backed up; a kill leaves no home that looks whole."""
    if home.exists() and any(home.iterdir()):
        raise BackupRefused(f"{home} is not empty; a restore never writes over a home")
    aside = home.with_name(f"{home.name}.restoring")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True, mode=0o700)
    try:
        _fill(receipt, identity, aside, database_url)
        if home.exists():
            home.rmdir()
        aside.rename(home)
    except OSError as error:
        raise BackupRefused(f"the restore was not finished: {error}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _fill(receipt: Receipt, identity: Path, target: Path, database_url: str) -> None:
    keys = identities(identity)
    for part in ("data", "keys"):
        archive = receipt.archive(part)
        if not archive.exists():
            raise BackupRefused(f"the {part} archive {archive.name} is missing; put it beside {receipt.path.name}")
        if sha256(archive) != receipt.facts[part]["sha256"]:
            raise BackupRefused(f"{archive.name} was cut or changed since it was written: its digest differs")
        manifest = unpack(archive, keys, target)
        if manifest["id"] != receipt.facts["id"]:
            raise BackupRefused(f"{archive.name} belongs to another backup")
    (target / "files").mkdir(exist_ok=True, mode=0o700)
    if (target / snapshot.SQLITE).exists():
        (target / snapshot.SQLITE).rename(target / "hamroh.sqlite3")
    else:
        snapshot.fill_postgres(target / snapshot.POSTGRES, database_url)


def check(home: Path, head: str | None, database_url: str = "") -> dict[str, Any]:
    """Look at a restored home in a process of its own: its journal and a sample of its sealed values."""
    left_out = ("HAMROH_ANCHORS", "HAMROH_DATABASE")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {"HAMROH_HOME": str(home)} | ({"HAMROH_DATABASE": database_url} if database_url else {})
    command = [sys.executable, "-m", "hamroh.site.backup.checking", head or ""]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
    if done.returncode:
        raise BackupRefused(f"the restored home does not start: {done.stderr.strip()[-600:]}")
    return dict(json.loads(done.stdout))
