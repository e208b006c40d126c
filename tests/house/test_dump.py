"""Forty secrets are told at every door of an installation; a thief who takes all that it wrote finds none of them."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyrage
import pytest

from sealedroom.doors import DOORS, OPEN, WORDS, canary

TESTS = Path(__file__).parents[1]
CANARIES = [canary(door, script) for script in WORDS for door in DOORS]


def run(home: Path, temporary: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
    environment |= {
        "HAMROH_HOME": str(home), "DJANGO_SETTINGS_MODULE": "sealedroom.settings", "PYTHONPATH": str(TESTS),
        "TMPDIR": str(temporary),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def loot(tmp_path_factory: Any, blank_home: Callable[..., Path]) -> dict[str, bytes]:
    """Everything that stays: database, journal, files, heads, logs, temporary files, and a backup."""
    home, temporary, backup = (tmp_path_factory.mktemp(name) for name in ("home", "tmp", "backup"))
    blank_home(home)
    told = run(home, temporary, "-m", "sealedroom.doors", str(home))
    assert told.returncode == 0, told.stderr
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    saved = run(home, temporary, "-m", "hamroh.site.cli", "backup", "--to", str(backup), "--recipient", recipient)
    assert saved.returncode == 0, saved.stderr
    taken = {
        str(path): path.read_bytes() for root in (home, temporary, backup) for path in root.rglob("*") if path.is_file()
    }
    return taken | {"log": (told.stdout + told.stderr + saved.stdout + saved.stderr).encode()}


def shapes(text: str) -> set[bytes]:
    """A text in the encodings that a dump, a log or a token may hold it in."""
    found: set[bytes] = set()
    for each in {text, text.casefold(), text.upper()}:
        plain = each.encode()
        found |= {
            plain,
            each.encode("utf-16-le"),
            each.encode("utf-16-be"),
            plain.hex().encode(),
            plain.hex().upper().encode(),
        }
        found |= {json.dumps(each).strip('"').encode(), quote(each).encode()}
        found |= {_inner(plain, shift) for shift in range(3)}
    return found


def _inner(plain: bytes, shift: int) -> bytes:
    """What base64 makes of these bytes wherever they begin, without the ends that depend on their neighbours."""
    return base64.b64encode(bytes(shift) + plain)[4:-4]


def holding(loot: dict[str, bytes], text: str) -> list[str]:
    return sorted({name for shape in shapes(text) for name, content in loot.items() if shape in content})


def test_it_knocked_at_every_door(loot: dict[str, bytes]) -> None:
    answers = json.loads(next(content for name, content in loot.items() if name.endswith("answers.json")))
    statuses = {door: {answer[door] for answer in answers} for door in answers[0]}
    assert statuses == {
        "read": {200}, "rename": {204}, "fault": {500}, "words": {422}, "place": {422}, "search": {200},
        "sign in": {200}, "no such form": {404}, "key": {302}, "hide": {302}, "find": {200}, "held back": {409},
        "guessed": {422}, "moved": {302}, "hide wrong": {422}, "hide in a case": {302}, "find in a case": {200},
        "identify wrong": {422}, "identify": {302}, "decide wrong": {422}, "decide": {302}, "read the case": {200},
    }  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_it_keeps_no_secret_that_a_thief_can_read(loot: dict[str, bytes], door: str) -> None:
    assert {script: found for script in WORDS if (found := holding(loot, canary(door, script)))} == {}


def test_it_finds_what_was_told_openly(loot: dict[str, bytes]) -> None:
    assert [name for name in holding(loot, OPEN) if name.endswith(".sqlite3")]


def test_it_tells_forty_different_secrets() -> None:
    assert len(set(CANARIES)) == len(CANARIES) >= 40
