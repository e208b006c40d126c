"""``hamroh retention`` as people run it, and erasures that are killed in the middle."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forked import Forked

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


@pytest.fixture(scope="module")
def forked(tmp_path_factory: Any, blank_home: Callable[..., Path]) -> Iterator[Forked]:
    """Commands at a home with records that are due."""
    with Forked(blank_home(tmp_path_factory.mktemp("home")), "sealedroom.settings") as commands:
        done = commands.script(PREPARE)
        assert done.returncode == 0, done.stderr
        yield commands


@pytest.fixture
def home(forked: Forked) -> Path:
    return forked.home


def rows(home: Path, sql: str) -> list[Any]:
    with sqlite3.connect(home / "hamroh.sqlite3", timeout=20) as database:
        return database.execute(sql).fetchall()


def count(home: Path, table: str) -> int:
    return int(rows(home, f"SELECT count(*) FROM {table}")[0][0])


def kill_at(forked: Forked, left: int) -> None:
    """Let an erasure run until so many matters are left, then kill it."""
    running = forked.start("retention", "run")
    until = time.monotonic() + 120
    while count(forked.home, "sealedroom_matter") > left and not running.over and time.monotonic() < until:
        time.sleep(0.005)
    running.kill()


def test_it_leaves_each_record_whole_or_gone_whenever_it_is_killed(forked: Forked, home: Path) -> None:
    for left in (MANY, MANY // 2, 5):
        kill_at(forked, left)
        matters, notes, stored = (
            count(home, table) for table in ("sealedroom_matter", "sealedroom_note", "vault_sealedfile")
        )
        assert matters == notes == stored
        erased = rows(home, "SELECT count(*) FROM vault_releaseline WHERE outcome = 'erased'")[0][0]
        lines = rows(home, "SELECT count(*) FROM vault_journalline WHERE verb = 'retention.erase'")[0][0]
        assert matters + erased == MANY + 3
        assert lines == erased
        assert matters > 3
    done = forked.hamroh("retention", "run", "--json")
    assert json.loads(done.stdout.splitlines()[-1])["due"] == 3
    assert (count(home, "sealedroom_matter"), count(home, "vault_sealedfile")) == (3, 3)
    assert len(list((home / "files").glob("??/*"))) == 3
    assert rows(home, "SELECT state FROM vault_release") == [("done",)]


def test_it_says_what_is_due(forked: Forked) -> None:
    told = json.loads(forked.hamroh("retention", "due", "--json").stdout.splitlines()[-1])["due"]
    assert [(row["organisation"], row["record_class"], row["since"]) for row in told] == [
        ("centre", "sealed_matter", "2024-03-10")
    ]
    assert "centre" in forked.hamroh("retention", "due").stdout


def test_it_tells_a_genuine_certificate_from_a_changed_one(forked: Forked, tmp_path: Path) -> None:
    forked.hamroh("retention", "run")
    genuine, changed = tmp_path / "genuine.json", tmp_path / "changed.json"
    text = forked.script(CERTIFY).stdout.splitlines()[-1]
    genuine.write_text(text)
    changed.write_text(text.replace(f'"erased": {MANY}', '"erased": 15'))
    said = [forked.hamroh("retention", "verify", str(path)) for path in (genuine, changed)]
    assert [done.returncode for done in said] == [0, 1]
    assert f"{MANY} of {MANY} lines" in said[0].stdout
    assert json.loads(forked.hamroh("retention", "verify", str(genuine), "--json").stdout.splitlines()[-1])["holds"]
