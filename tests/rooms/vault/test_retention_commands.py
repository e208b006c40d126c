"""``hamroh retention`` as people run it, and erasures that are killed in the middle."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parents[2]
MANY = 16
PREPARE = f"""
import datetime as dt, io
from django.db import transaction
from django.utils import timezone
from hamroh.accounts import actions as people
from hamroh.accounts.actions import retention as actions
from hamroh.vault import files
from hamroh.vault.models import Release
from sealedroom.keeping import MATTERS
from sealedroom.models import Matter, Note
who = [people.add_member(actor=None, username=role, display_name=role, role=role, organisation_code="centre", password=None)
       for role in ("supervisor", "auditor")]
house = who[0].memberships.get().organisation
for number in range({MANY} + 3):
    with transaction.atomic():
        matter = Matter.objects.create(
            organisation=house, opened_week=dt.date(2018, 1, 1), closed_week=dt.date(2019, 3, 4), name=str(number))
        Note.objects.create(organisation=house, matter=matter, text="...")
        files.store(io.BytesIO(b"a letter"), name="a.txt", organisation_id=house.pk,
                    record=("sealedroom.matter", str(matter.pk)), actor=None)
ids = list(Matter.objects.values_list("pk", flat=True)[:{MANY}])
row = actions.propose(actor=who[0], organisation=house, of=MATTERS, ids=ids)
Release.objects.update(opens_at=timezone.now())
row.refresh_from_db()
actions.release(actor=who[1], organisation=house, row=row)
"""
CERTIFY = """
import json
from hamroh.vault import certificates
from hamroh.vault.models import Release
print(json.dumps(certificates.certificate(Release.objects.get(), organisation="centre")))
"""


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
    return kept | {"HAMROH_HOME": str(home), "DJANGO_SETTINGS_MODULE": "sealedroom.settings", "PYTHONPATH": str(TESTS)}


def script(home: Path, code: str) -> str:
    words = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
    done = subprocess.run(words, env=environment(home), capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def hamroh(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "hamroh.site.cli", "retention", *words]
    return subprocess.run(line, env=environment(home), capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: Any, blank_home: Callable[..., Path]) -> Path:
    place = blank_home(tmp_path_factory.mktemp("home"), "sealedroom")
    script(place, PREPARE)
    return place


def rows(home: Path, sql: str) -> list[Any]:
    with sqlite3.connect(home / "hamroh.sqlite3", timeout=20) as database:
        return database.execute(sql).fetchall()


def count(home: Path, table: str) -> int:
    return int(rows(home, f"SELECT count(*) FROM {table}")[0][0])


def kill_at(home: Path, left: int) -> None:
    """Let an erasure run until so many matters are left, then kill it."""
    words = [sys.executable, "-m", "hamroh.site.cli", "retention", "run"]
    running = subprocess.Popen(words, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while count(home, "sealedroom_matter") > left and running.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()


def test_it_leaves_each_record_whole_or_gone_whenever_it_is_killed(home: Path) -> None:
    for left in (MANY, MANY // 2, 5):
        kill_at(home, left)
        matters, notes, stored = (
            count(home, table) for table in ("sealedroom_matter", "sealedroom_note", "vault_sealedfile")
        )
        assert matters == notes == stored
        erased = rows(home, "SELECT count(*) FROM vault_releaseline WHERE outcome = 'erased'")[0][0]
        lines = rows(home, "SELECT count(*) FROM vault_journalline WHERE verb = 'retention.erase'")[0][0]
        assert matters + erased == MANY + 3
        assert lines == erased
        assert matters > 3
    done = hamroh(home, "run", "--json")
    assert json.loads(done.stdout.splitlines()[-1])["due"] == 3
    assert (count(home, "sealedroom_matter"), count(home, "vault_sealedfile")) == (3, 3)
    assert len(list((home / "files").glob("??/*"))) == 3
    assert rows(home, "SELECT state FROM vault_release") == [("done",)]


def test_it_says_what_is_due(home: Path) -> None:
    told = json.loads(hamroh(home, "due", "--json").stdout.splitlines()[-1])["due"]
    assert [(row["organisation"], row["record_class"], row["since"]) for row in told] == [
        ("centre", "sealed_matter", "2024-03-10")
    ]
    assert "centre" in hamroh(home, "due").stdout


def test_it_tells_a_genuine_certificate_from_a_changed_one(home: Path, tmp_path: Path) -> None:
    hamroh(home, "run")
    genuine, changed = tmp_path / "genuine.json", tmp_path / "changed.json"
    text = script(home, CERTIFY).splitlines()[-1]
    genuine.write_text(text)
    changed.write_text(text.replace(f'"erased": {MANY}', '"erased": 15'))
    said = [hamroh(home, "verify", str(path)) for path in (genuine, changed)]
    assert [done.returncode for done in said] == [0, 1]
    assert f"{MANY} of {MANY} lines" in said[0].stdout
    assert json.loads(hamroh(home, "verify", str(genuine), "--json").stdout.splitlines()[-1])["holds"]
