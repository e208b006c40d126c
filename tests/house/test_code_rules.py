"""What our own code may not do, and where the few places are that may: SQL as text, markup that is trusted, sealed values opened
past the vault, lines and programs of the outside, whatever runs as code."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from floors import ROOT

PACKAGE = ROOT / "src" / "hamroh"
#: the benches are run by hand beside an installation, never by it
LEFT_OUT = ("migrations", "benches")
#: SQL stands as text in these alone
SQL = {
    "accounts/rowsecurity.py", "evidence/actions/inserting.py", "evidence/freezing.py", "search/backends/postgres.py", "search/backends/sqlite.py", "search/postings.py", "search/selectors.py",
    "search/spelling.py", "site/backup/snapshot.py", "site/doctor/pooling.py", "site/doctor/records.py", "site/health.py", "site/metrics.py",
    "site/moving/leaving.py", "thesaurus/actions/changes.py", "thesaurus/actions/closure.py", "thesaurus/actions/imports.py",
    "thesaurus/selectors/memory.py", "thesaurus/selectors/queries.py", "vault/chain.py", "vault/erasure.py", "vault/verifying.py",
    "web/statistics.py",
}  # fmt: skip
#: these speak to other machines, or to a keeper on this one
LINES = {
    "tracing/exchanging/line.py", "library/exchange/fetching.py", "vault/keeper.py", "bulletins/actions/sending.py", "site/manager.py",
    "accounts/views/letters.py",
}  # fmt: skip
OUTSIDE = {
    "socket",
    "ssl",
    "http.client",
    "smtplib",
    "ftplib",
    "urllib.request",
    "requests",
    "httpx",
    "aiohttp",
    "telnetlib",
    "poplib",
}
#: these start programs of the operator, who may stop them; all others set a time limit
OPERATORS = {
    "site/supervisor.py", "site/backup/restoring.py", "site/backup/snapshot.py", "site/commands/bench.py", "site/commands/serving.py",
    "site/commands/testing.py", "site/commands/installing.py",
}  # fmt: skip
#: parts of the vault that open without a decision; the vault alone calls them, and these, each of which says why
INNER = {"unseal", "open_column", "open_columns"}
#: a line of the journal that was changed is named by its number
NUMBERS = {"vault/chain.py"}
#: who unseals by the key of a session, and not by one of an organisation
OWN_KEYS = {
    "accounts/sealing.py",
    "accounts/sessions.py",
    "accounts/devices.py",
    "accounts/factors.py",
    "accounts/seeds.py",
}


@cache
def trees() -> dict[str, ast.Module]:
    files = (path for path in PACKAGE.rglob("*.py") if not set(LEFT_OUT) & set(path.parts))
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def name_of(call: ast.Call) -> str:
    """Its function as it is written, where that is a name or a name of a name."""
    words, node = list[str](), call.func
    while isinstance(node, ast.Attribute):
        words, node = [node.attr, *words], node.value
    return ".".join([node.id if isinstance(node, ast.Name) else "", *words])


@cache
def calls(tree: ast.Module) -> list[tuple[ast.Call, str]]:
    return [(node, name_of(node)) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def imported(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            yield from ((node, f"{node.module}.{each.name}") for each in node.names)


def sql(file: str, tree: ast.Module) -> Iterator[ast.AST]:
    """A cursor, a raw query or an expression of raw SQL outside the files of SQL."""
    if file not in SQL:
        for call, name in calls(tree):
            if name.endswith((".cursor", ".raw", ".extra", "RawSQL")):
                yield call


def built(_file: str, tree: ast.Module) -> Iterator[ast.AST]:
    """A query joined from texts where a cursor takes it."""
    for call, name in calls(tree):
        if name.endswith((".execute", ".executemany")) and call.args and isinstance(call.args[0], ast.BinOp):
            yield call


def lines(file: str, tree: ast.Module) -> Iterator[ast.AST]:
    """A library that reaches other machines outside the files of lines."""
    if file not in LINES:
        yield from (node for node, name in imported(tree) if name in OUTSIDE)


def programs(file: str, tree: ast.Module) -> Iterator[ast.AST]:
    """A program by a shell, or one that may run for ever."""
    for call, name in calls(tree):
        given = {word.arg: word.value for word in call.keywords}
        if name.startswith("os.") and re.fullmatch(r"os\.(system|popen|spawn\w+|exec\w+)", name):
            yield call
        if name.startswith("subprocess.") and "shell" in given:
            yield call
        if name in {"subprocess.run", "subprocess.check_output"} and "timeout" not in given and file not in OPERATORS:
            yield call


def executed(_file: str, tree: ast.Module) -> Iterator[ast.AST]:
    """What makes code or objects of data."""
    for call, name in calls(tree):
        if name in {
            "eval",
            "exec",
            "compile",
            "__import__",
            "pickle.loads",
            "pickle.load",
            "marshal.loads",
            "yaml.unsafe_load",
        }:
            yield call
    yield from (node for node, name in imported(tree) if name in {"pickle", "marshal", "shelve", "dill"})


def opened(file: str, tree: ast.Module) -> Iterator[ast.AST]:
    """A sealed value opened without a decision, outside the vault."""
    if not file.startswith("vault/") and file not in OWN_KEYS:
        for call, name in calls(tree):
            if name.rpartition(".")[2] in INNER:
                yield call


def logged(file: str, tree: ast.Module) -> Iterator[ast.AST]:
    """A line of a log with more than constant words and the name of a kind of error."""
    for call, name in calls(tree):
        if file not in NUMBERS and re.fullmatch(
            r"(log|logger|logging)\.(debug|info|warning|error|exception|critical)", name
        ):
            telling = [each for each in call.args[1:] if not ast.unparse(each).startswith("type(")]
            if telling or not (call.args and isinstance(call.args[0], ast.Constant)):
                yield call


RULES: dict[Callable[[str, ast.Module], Iterator[ast.AST]], str] = {
    sql: "connection.cursor()",
    built: "cursor.execute('SELECT ' + word)",
    lines: "import socket",
    programs: "subprocess.run(words)",
    executed: "import pickle",
    opened: "sealing.unseal(row.name)",
    logged: "log.info('came: %s', person)",
}


def broken(rule: Callable[[str, ast.Module], Iterator[ast.AST]]) -> list[str]:
    return [
        f"{file}:{node.lineno} {ast.unparse(node)[:80]}" for file, tree in trees().items() for node in rule(file, tree)
    ]  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_it_keeps_to_the_rule(rule: Callable[[str, ast.Module], Iterator[ast.AST]]) -> None:
    assert broken(rule) == []


@pytest.mark.parametrize(("rule", "breach"), RULES.items(), ids=lambda given: getattr(given, "__name__", ""))
def test_it_would_see_a_breach(rule: Callable[[str, ast.Module], Iterator[ast.AST]], breach: str) -> None:
    assert [*rule("cases/views.py", ast.parse(breach))]


@pytest.mark.parametrize("files", [SQL, LINES, OPERATORS, OWN_KEYS, NUMBERS])
def test_it_excepts_no_file_that_is_gone(files: set[str]) -> None:
    assert files - trees().keys() == set()


@cache
def bandit() -> list[dict[str, str]]:
    """What bandit finds of medium weight or more."""
    asked = [
        Path(sys.executable).parent / "bandit",
        "-q",
        "-r",
        "-ll",
        "-f",
        "json",
        "-x",
        "*/migrations/*",
        str(PACKAGE),
    ]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    found: list[dict[str, str]] = json.loads(done.stdout)["results"]
    return found


def excused(finding: dict[str, str]) -> bool:
    """Whether the line itself, or the statement around it, says to the same rule of ruff why it is right."""
    rule = {"B703": "S308"}.get(finding["test_id"], f"S{finding['test_id'][1:]}")
    reach = finding["line_range"]
    text = Path(finding["filename"]).read_text(encoding="utf-8").splitlines()[min(reach) - 1 : max(reach)]
    return any(re.search(rf"# noqa: [A-Z0-9, ]*{rule}[A-Z0-9, ]* - \S", line) for line in text)


def test_it_is_clean_by_bandit_but_for_lines_that_say_why() -> None:
    found = bandit()
    assert found
    silent = [each for each in found if not excused(each) and "/benches/" not in each["filename"]]
    assert [f"{each['filename']}:{each['line_number']} {each['test_id']}" for each in silent] == []
