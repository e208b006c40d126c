"""What leaves the house as a program: a bill of all that is in it, and a wheel that anybody can build again byte for byte."""

import hashlib
import json
import os
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from floors import ROOT

from hamroh.site.cli import main

NEEDED = ("pyproject.toml", "README.md", "LICENSE", ".gitignore")
#: what a folder that was worked in holds, and a wheel must not
LEFT_OVER = ("src/hamroh/kernel/__pycache__/names.cpython-311.pyc", "src/hamroh/site/left.sqlite3")


def sbom(*words: str) -> str:
    done = CliRunner().invoke(main, ["sbom", *words])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(sbom("--lock", "dev"))
    return told


@pytest.mark.parametrize("lock", ["base", "bulk"])
def test_it_writes_a_bill_that_the_standard_takes(lock: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom("--lock", lock)) is None


def test_it_would_hear_of_a_bill_that_the_standard_refuses() -> None:
    broken = sbom().replace('"library"', '"thing"', 1)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None


def test_it_names_every_pinned_package_with_its_hashes(bill: dict[str, Any]) -> None:
    lock = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    parts = [each for each in bill["components"] if each["purl"].startswith("pkg:pypi/")]
    hashes = {one["content"] for each in parts for file in each["externalReferences"] for one in file["hashes"]}
    assert (len(parts), hashes) == (len(re.findall(r"(?m)^\S+==", lock)), set(re.findall(r"sha256:(\w{64})", lock)))


def test_it_names_what_the_pages_of_forms_were_built_from(bill: dict[str, Any]) -> None:
    built = {each["purl"]: each for each in bill["components"] if each["purl"].startswith("pkg:npm/")}
    wanted = json.loads((ROOT / "tools" / "filler" / "package.json").read_text(encoding="utf-8"))
    assert {f"pkg:npm/{name.replace('@', '%40')}@{at}" for name, at in wanted["dependencies"].items()} <= set(built)
    assert not [purl for purl in built if purl.startswith("pkg:npm/vite@")]


def test_it_writes_the_same_bill_twice(tmp_path: Path) -> None:
    sbom("--out", str(tmp_path / "bill.json"))
    assert (tmp_path / "bill.json").read_text(encoding="utf-8") == sbom()


def build(folder: Path, at: int) -> Path:
    """The wheel of a copy whose files are of another time and other rights, and which was worked in."""
    from hatchling.builders.wheel import WheelBuilder

    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in NEEDED:
        shutil.copy(ROOT / name, folder)
    for number, name in enumerate(LEFT_OVER):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"{folder} {number}", encoding="utf-8")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o600 if at % 2 else 0o644)
        os.utime(path, (at, at))
    (made,) = WheelBuilder(str(folder)).build(directory=str(folder / "dist"), versions=["standard"])
    return Path(made)


def test_it_builds_the_same_wheel_anywhere_at_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    first, second = build(tmp_path / "a", 1_600_000_001), build(tmp_path / "b" / "elsewhere", 1_700_000_000)
    names = zipfile.ZipFile(first).namelist()
    assert not [name for name in names if name.endswith((".pyc", ".sqlite3"))]
    assert len(names) > 1000
    assert hashlib.sha256(first.read_bytes()).digest() == hashlib.sha256(second.read_bytes()).digest()
