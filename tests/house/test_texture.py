"""How the code is made: sizes, unfinished marks, names of one machine, licences and locks."""

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

from floors import ROOT

PACKAGE = ROOT / "src" / "hamroh"
MARKS = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|pragma: no cover")


def sources() -> Iterator[Path]:
    return (path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def functions() -> Iterator[tuple[str, int]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_it_keeps_files_under_500_lines() -> None:
    assert [path.name for path in sources() if path.read_text(encoding="utf-8").count("\n") > 500] == []


def test_it_keeps_functions_short() -> None:
    sizes = dict(functions())
    assert [name for name, size in sizes.items() if size > 60] == []
    assert statistics.median(sizes.values()) <= 9


def test_it_leaves_no_unfinished_mark() -> None:
    assert [path.name for path in sources() if MARKS.search(path.read_text(encoding="utf-8"))] == []


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_it_keeps_locks_free_of_addresses() -> None:
    locks = list((ROOT / "requirements").glob("*.lock"))
    assert locks
    assert [lock.name for lock in locks if re.search(r"https?://|--index|--find-links", lock.read_text())] == []


def test_it_pins_every_package_by_hash() -> None:
    for lock in (ROOT / "requirements").glob("*.lock"):
        for block in re.split(r"\n(?=\S)", lock.read_text().strip()):
            assert "--hash=sha256:" in block, block


def test_it_names_no_path_of_one_machine() -> None:
    # /root/item[ is how an XForm asks for a row of its lists
    paths = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/(?!item\[)")
    named = []
    for path in tracked():
        if path.suffix in {".py", ".md", ".toml", ".sh", ".yml", ".html", ".css", ".js", ".lock", ""}:
            text = path.read_text(encoding="utf-8", errors="ignore")
            named += [f"{path.name}: {match.group(0)}" for match in paths.finditer(text)]
    assert named == []


def test_it_says_where_its_data_come_from() -> None:
    silent = []
    for path in (PACKAGE / "data").rglob("*"):
        if path.suffix in {".csv", ".yml", ".tsv", ".txt"}:
            head = path.read_text(encoding="utf-8")[:2500].lower()
            if not all(word in head for word in ("source", "date", "licence")):
                silent.append(str(path.relative_to(PACKAGE)))
    assert silent == []


def test_it_names_every_test_by_what_it_does() -> None:
    lines = ((path, line.strip()) for path in (ROOT / "tests").rglob("*.py") for line in path.open(encoding="utf-8"))
    tests = [f"{path.name}: {line}" for path, line in lines if re.match(r"(async )?def test_", line)]
    assert len(tests) > 100
    assert [test for test in tests if "def test_it_" not in test] == []
