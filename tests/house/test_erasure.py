"""Forty secrets of one record are sealed, filed, indexed and erased: a thief who takes all that is left finds none of them, nor the
ciphertext that held them; a record beside it is there whole."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_dump import holding, run

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def told(tmp_path_factory: Any, blank_home: Callable[..., Path]) -> dict[str, Any]:
    """What a process of its own sealed and erased, and everything that stays afterwards, a fresh copy of the database included."""
    home, temporary = (tmp_path_factory.mktemp(name) for name in ("home", "tmp"))
    blank_home(home)
    done = run(home, temporary, "-m", "sealedroom.erasing", str(home))
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(home / "hamroh.sqlite3") as database:
        database.execute("VACUUM INTO ?", [str(temporary / "backup.sqlite3")])
    told: dict[str, Any] = json.loads((temporary / "sealed.json").read_text(encoding="utf-8"))
    (temporary / "sealed.json").unlink()
    paths = (path for root in (home, temporary) for path in root.rglob("*") if path.is_file())
    return told | {"left": {str(path): path.read_bytes() for path in paths}}


def found(told: dict[str, Any], which: str) -> set[str]:
    """Names of what was sealed in a record and stands somewhere afterwards."""
    return {
        name
        for name, text in told[which].items()
        if any(bytes.fromhex(text) in content for content in told["left"].values())
    }


def test_it_erased_one_record_and_left_the_other(told: dict[str, Any]) -> None:
    assert (told["state"], told["erased"], told["there"]) == ("done", 1, [True, False])


def test_it_sealed_forty_secrets(told: dict[str, Any]) -> None:
    assert len(set(told["canaries"])) == 40
    assert len(told["gone"]) > 40


def test_it_leaves_no_secret_in_plain(told: dict[str, Any]) -> None:
    assert [text for text in told["canaries"] if holding(told["left"], text)] == []


def test_it_leaves_no_ciphertext_token_or_key_of_what_was_erased(told: dict[str, Any]) -> None:
    assert found(told, "gone") == set()


def test_it_leaves_the_record_beside_it(told: dict[str, Any]) -> None:
    """Otherwise the test above would prove nothing."""
    assert found(told, "kept") == set(told["kept"])


def test_it_leaves_no_file_of_it_on_the_disk(told: dict[str, Any]) -> None:
    names = {Path(name).name for name in told["left"]}
    assert told["file"]["kept"] in names
    assert told["file"]["gone"] not in names
