"""Backup, restore and drill of a real home, each by its command in a process of its own."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forked import Forked

CANARY = "Гулнора Ҳакимова, кӯчаи Рӯдакӣ"
FILL = f"""
import os, django
django.setup()
from django.core.management import call_command
from hamroh.web.tables import models_known
with models_known():
    call_command("migrate", verbosity=0)
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from hamroh.accounts.models import Organisation
from hamroh.vault import journal
for n in range(3):
    with transaction.atomic():
        about = Organisation.objects.create(code=f"org-{{n}}", country="tj", names={{"tg": "{CANARY}" * 2000}})
        journal.record(actor=None, verb="test.write", about=about, facts={{"n": n}})
default_storage.save("letters/one", ContentFile("{CANARY}".encode() * 5000))
"""


def run(home: Path, *command: str, **environment: str) -> Any:
    kept = {name: value for name, value in os.environ.items() if name not in ("HAMROH_DATABASE", "HAMROH_ANCHORS")}
    told = {"HAMROH_HOME": str(home), "DJANGO_SETTINGS_MODULE": "hamroh.site.settings"} | environment
    return subprocess.run(command, env=kept | told, capture_output=True, text=True, check=False)


def hamroh(home: Path, *arguments: object, **environment: str) -> Any:
    return run(home, sys.executable, "-m", "hamroh.site.cli", *map(str, arguments), **environment)


def filled(home: Path, **environment: str) -> Path:
    done = run(home, sys.executable, "-c", FILL, **environment)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory: Any, blank_home: Callable[..., Path]) -> Path:
    return filled(blank_home(tmp_path_factory.mktemp("own") / "home"))


@pytest.fixture(scope="module")
def own(home: Path) -> Iterator[Forked]:
    """Commands at the home."""
    with Forked(home) as commands:
        yield commands


@pytest.fixture(scope="module")
def identity(own: Forked, tmp_path_factory: Any) -> Path:
    path = tmp_path_factory.mktemp("identity") / "key"
    assert own.hamroh("backup", "--new-identity", path).returncode == 0
    return path


@pytest.fixture(scope="module")
def recipient(identity: Path) -> str:
    return identity.read_text().splitlines()[0].rpartition(" ")[2]


@pytest.fixture(scope="module")
def made(own: Forked, recipient: str, tmp_path_factory: Any) -> Path:
    folder = tmp_path_factory.mktemp("backups") / "here"
    done = own.hamroh("backup", "--to", folder, "--recipient", recipient)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    """The backup in a folder where it may be harmed; the archives are found only there."""
    folder = Path(shutil.copytree(made, tmp_path / "copied"))
    for path in folder.glob("*.json"):
        facts = json.loads(path.read_text())
        path.write_text(json.dumps(facts | {part: facts[part] | {"folder": str(folder)} for part in ("data", "keys")}))
    return folder


def archive(folder: Path, part: str) -> Path:
    (found,) = folder.glob(f"*.{part}.age")
    return found


def codes(database: Path) -> list[str]:
    with sqlite3.connect(database) as connection:
        return [code for (code,) in connection.execute("SELECT code FROM accounts_organisation ORDER BY code")]


@pytest.fixture(scope="module")
def restored(made: Path, identity: Path, tmp_path_factory: Any) -> tuple[Path, Any]:
    """What was restored, and what the command said; it starts from nothing, where there is no home yet."""
    folder = tmp_path_factory.mktemp("restored")
    target = folder / "restored"
    return target, hamroh(folder / "none", "restore", made, "--identity", identity, "--home", target)


def test_it_restores_database_files_and_keys(home: Path, restored: tuple[Path, Any]) -> None:
    target, done = restored
    assert done.returncode == 0, done.stderr
    assert codes(target / "hamroh.sqlite3") == ["org-0", "org-1", "org-2"]
    assert (target / "files/letters/one").read_bytes() == (home / "files/letters/one").read_bytes()
    assert (target / "keys/journal.key").read_bytes() == (home / "keys/journal.key").read_bytes()
    assert "Its journal holds (3 lines)" in done.stdout
    assert not target.with_name("none").exists()


def test_it_restores_privately(restored: tuple[Path, Any]) -> None:
    target, _done = restored
    open_to_others = [path for path in (target, *target.rglob("*")) if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert (target / "keys/journal.key").stat().st_mode & 0o777 == 0o400


def test_it_writes_nothing_readable_and_no_key_with_the_data(home: Path, made: Path) -> None:
    told = b"".join(path.read_bytes() for path in made.iterdir())
    secrets = [CANARY.encode(), CANARY.encode("utf-16-le"), *(key.read_bytes() for key in (home / "keys").iterdir())]
    assert [secret for secret in secrets if secret in told] == []
    assert not any((home / "tmp").iterdir())


def test_it_keeps_keys_where_and_for_whom_they_are_told(own: Forked, recipient: str, tmp_path: Path) -> None:
    other = own.hamroh("backup", "--new-identity", tmp_path / "other").stdout.split()[-1]
    told = (
        "--to",
        tmp_path / "data",
        "--recipient",
        recipient,
        "--keys-to",
        tmp_path / "keys",
        "--keys-recipient",
        other,
    )
    assert own.hamroh("backup", *told).returncode == 0
    assert [path.suffixes[-2:] for path in (tmp_path / "keys").iterdir()] == [[".keys", ".age"]]
    assert not list((tmp_path / "data").glob("*.keys.age"))


def test_it_says_which_versions_and_which_head_it_holds(made: Path) -> None:
    (receipt,) = made.glob("*.json")
    facts = json.loads(receipt.read_text())
    assert facts["journal_head"].startswith("1.3.")
    assert {"hamroh", "python", "database", "migrations", "taken_at"} <= facts.keys()


def test_it_drills_and_remembers(home: Path, own: Forked, made: Path, identity: Path) -> None:
    done = own.hamroh("drill", made, "--identity", identity, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["journal"]["holds"]
    assert json.loads((home / "backups.json").read_text())["drill"]["backup"] == json.loads(done.stdout)["backup"]
    assert not any((home / "tmp").iterdir())


def refusal(folder: Path, identity: Path, target: Path) -> str:
    done = hamroh(target.parent / "none", "restore", folder, "--identity", identity, "--home", target)
    assert (done.returncode, target.exists()) == (1, False)
    assert [path.name for path in target.parent.iterdir() if path.name.endswith(".restoring")] == []
    return str(done.stderr)


def test_it_refuses_a_wrong_identity(own: Forked, made: Path, tmp_path: Path) -> None:
    own.hamroh("backup", "--new-identity", tmp_path / "wrong")
    assert "another recipient" in refusal(made, tmp_path / "wrong", tmp_path / "restored")


@pytest.mark.parametrize("part", ["data", "keys"])
def test_it_refuses_an_archive_that_was_cut(copied: Path, identity: Path, tmp_path: Path, part: str) -> None:
    path = archive(copied, part)
    os.truncate(path, path.stat().st_size - 100)
    assert "was cut or changed" in refusal(copied, identity, tmp_path / "restored")


@pytest.mark.parametrize("harm", ["cut", "half", "flip"])
def test_it_trusts_no_receipt_that_was_made_to_fit(copied: Path, identity: Path, tmp_path: Path, harm: str) -> None:
    import hashlib

    path, (receipt,) = archive(copied, "data"), copied.glob("*.json")
    content = bytearray(path.read_bytes())
    if harm == "flip":
        content[len(content) // 2] ^= 1
    path.write_bytes({"cut": content[:-100], "half": content[: len(content) // 2], "flip": content}[harm])
    facts = json.loads(receipt.read_text())
    facts["data"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    receipt.write_text(json.dumps(facts))
    assert "cut or damaged" in refusal(copied, identity, tmp_path / "restored")


def test_it_counts_no_archive_without_its_receipt(copied: Path, identity: Path, tmp_path: Path) -> None:
    next(copied.glob("*.json")).unlink()
    assert "no whole backup" in refusal(copied, identity, tmp_path / "restored")


def test_it_never_writes_over_a_home(home: Path, own: Forked, made: Path, identity: Path) -> None:
    before = codes(home / "hamroh.sqlite3")
    done = own.hamroh("restore", made, "--identity", identity, "--home", home)
    assert (done.returncode, "not empty" in done.stderr) == (1, True)
    assert codes(home / "hamroh.sqlite3") == before


def test_it_refuses_what_is_no_recipient(own: Forked, tmp_path: Path) -> None:
    done = own.hamroh("backup", "--to", tmp_path / "x", "--recipient", "age1nobody")
    assert (done.returncode, "no recipient key" in done.stderr) == (1, True)


def killed(own: Forked, folder: Path, recipient: str, after: float) -> None:
    before = len(list(folder.glob("*.partial")))
    running = own.start("backup", "--to", folder, "--recipient", recipient)
    deadline = time.monotonic() + 120
    while len(list(folder.glob("*.partial"))) == before and not running.over and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(after)
    running.kill()


def test_it_leaves_nothing_that_looks_whole_when_it_is_killed(
    home: Path, own: Forked, recipient: str, tmp_path: Path
) -> None:
    from hamroh.site.backup.receipts import receipts

    with (home / "files" / "large").open("wb") as large:
        for _ in range(60):
            large.write(os.urandom(1 << 20))
    folder, chance = tmp_path / "killed", random.Random(1)
    for _ in range(4):
        killed(own, folder, recipient, chance.uniform(0, 0.15))
    (home / "files" / "large").unlink()
    assert [
        each for each in receipts(folder) if not all(each.archive(part).exists() for part in ("data", "keys"))
    ] == []
    assert any(folder.glob("*.partial"))
    assert own.hamroh("backup", "--to", folder, "--recipient", recipient).returncode == 0
    assert not any((home / "tmp").iterdir())


def test_it_says_that_the_disk_is_full_and_leaves_nothing(
    home: Path, own: Forked, recipient: str, small_disk: Path
) -> None:
    (home / "files" / "letter").write_bytes(os.urandom(600_000))
    done = own.hamroh("backup", "--to", small_disk, "--recipient", recipient)
    (home / "files" / "letter").unlink()
    assert (done.returncode, "No space left" in done.stderr) == (1, True)
    assert list(small_disk.iterdir()) == []


@pytest.mark.postgres
def test_it_restores_postgresql(identity: Path, recipient: str, tmp_path: Path) -> None:
    from hamroh.site.benches.postgres import server

    with server() as running:
        own, other = (running.url(running.create()) for _ in range(2))
        home = filled(tmp_path / "home", HAMROH_DATABASE=own)
        done = hamroh(home, "backup", "--to", tmp_path / "b", "--recipient", recipient, HAMROH_DATABASE=own)
        assert done.returncode == 0, done.stderr
        told = ("restore", tmp_path / "b", "--identity", identity, "--home", tmp_path / "restored")
        done = hamroh(tmp_path / "none", *told, HAMROH_DATABASE=other)
        assert done.returncode == 0, done.stderr
        assert "Its journal holds (3 lines)" in done.stdout
        again = hamroh(tmp_path / "none", *told[:-1], tmp_path / "second", HAMROH_DATABASE=other)
        assert (again.returncode, "not empty" in again.stderr) == (1, True)
