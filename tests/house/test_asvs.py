"""The pages of security name what exists; the matrix of evidence leaves no row out and counts right."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest
from floors import ROOT

PAGE = ROOT / "docs" / "security" / "asvs.md"
STATES = ("tested", "done", "partly", "not yet", "not applicable")
NAMED = re.compile(r"`((?:tests|src|docs|requirements|tools)/[^`\s]+|[\w-]+\.(?:md|toml))`")
#: section of the standard -> how many rows of it, from 1 on, are of level 1 or 2, or were chosen of level 3
SECTIONS = {
    "1.1": 2, "1.2": 10, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 5, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 2, "9.1": 3, "9.2": 4, "11.1": 2, "11.2": 3, "11.3": 3,
    "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 8, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3,
    "16.5": 3,
}  # fmt: skip
LEVEL_3 = {"1.2.10", "2.3.5", "8.4.2", "14.2.6", "14.2.7", "14.2.8"}
NOT_CHOSEN = {"14.2.5"}


@dataclass(frozen=True)
class Row:
    """One requirement: ``level`` is 1, 2, 3, or 2+3 where it is judged by both."""

    number: str
    level: str
    state: str
    evidence: str


@pytest.fixture(scope="module")
def matrix() -> str:
    return PAGE.read_text(encoding="utf-8")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.fixture(scope="module")
def rows(matrix: str) -> list[Row]:
    found = [cells(line) for line in matrix.splitlines() if re.match(r"\| \d+\.\d+\.\d+ ", line)]
    return [Row(number, level, state, evidence) for number, level, _asked, state, evidence in found]


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests of a file, as its text says."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def exists(name: str) -> bool:
    path, _mark, test = name.partition("::")
    return (ROOT / path).is_file() and (not test or test in names_in(path))


def test_it_has_every_row_once(rows: list[Row]) -> None:
    wanted = {f"{section}.{place}" for section, most in SECTIONS.items() for place in range(1, most + 1)}
    assert Counter(row.number for row in rows) == Counter(wanted - NOT_CHOSEN)
    assert (len(rows) - len(LEVEL_3), len(LEVEL_3)) == (217, 6)


def test_it_tells_the_level_of_every_row(rows: list[Row]) -> None:
    assert {row.number for row in rows if row.level == "3"} == LEVEL_3
    assert {row.number for row in rows if row.level == "2+3"} == {"6.3.3", "16.3.2"}
    assert {row.level for row in rows} == {"1", "2", "2+3", "3"}


def test_it_knows_every_state(rows: list[Row]) -> None:
    assert [row.number for row in rows if row.state not in STATES] == []


def test_it_gives_evidence_or_a_reason_in_every_row(rows: list[Row]) -> None:
    assert [row.number for row in rows if len(row.evidence) < 5] == []


@pytest.mark.parametrize("page", ["asvs.md", "threats.md"])
def test_it_names_what_exists(page: str) -> None:
    said = (PAGE.parent / page).read_text(encoding="utf-8")
    assert [name for name in NAMED.findall(said) if not exists(name)] == []


def test_it_names_a_test_against_everybody_who_could_do_harm() -> None:
    _intro, _assets, *threats = (PAGE.parent / "threats.md").read_text(encoding="utf-8").split("\n## ")
    assert [
        each.splitlines()[0] for each in threats if "::test_it_" not in each or "**Stays possible:**" not in each
    ] == []


def test_it_misses_a_test_that_is_not_there() -> None:
    here = "tests/house/test_asvs.py"
    assert exists(f"{here}::test_it_names_what_exists")
    assert not exists(f"{here}::test_it_names_nothing")
    assert not exists("tests/house/test_nothing.py")


def test_it_names_a_test_for_what_is_tested(rows: list[Row]) -> None:
    assert [row.number for row in rows if row.state == "tested" and "::test_it_" not in row.evidence] == []


def test_it_counts_right(matrix: str, rows: list[Row]) -> None:
    """The rows of the table at the top, written anew from the rows below."""
    counts = Counter((row.level[0], row.state) for row in rows)
    lines = {state: [counts[level, state] for level in "123"] for state in STATES}
    lines["together"] = [sum(column) for column in zip(*lines.values(), strict=True)]
    told = [f"| {name} | {' | '.join(map(str, (*each, sum(each))))} |" for name, each in lines.items()]
    assert [line for line in told if line not in matrix.splitlines()] == []
