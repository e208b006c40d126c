"""The gate runs the suite on both databases, tells both counts last and lets nothing through that failed or could not run."""

import shutil
import subprocess
from pathlib import Path

import pytest

GATE = Path(__file__).parents[2] / ".ci" / "run"
GOOD = "3 passed, 1 skipped in 2.00s"
SKIPPED = "SKIPPED [1] tests/conftest.py:94:"


def gate(
    tmp_path: Path, *, sqlite: str = GOOD, postgres: str = GOOD, codes: tuple[int, int] = (0, 0)
) -> tuple[int, str]:
    """Exit code and words of the gate over a suite that says this on each database."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(GATE, tmp_path / ".ci" / "run")
    suite = tmp_path / "hamroh"
    suite.write_text(
        f"""#!/bin/sh
case "$*" in
    test) printf '%s\\n' '{sqlite}'; exit {codes[0]} ;;
    "test --postgres --only-tests") printf '%s\\n' '{postgres}'; exit {codes[1]} ;;
esac
exit 99
"""
    )
    suite.chmod(0o755)
    done = subprocess.run([tmp_path / ".ci" / "run"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_it_tells_both_counts_last(tmp_path: Path) -> None:
    code, said = gate(tmp_path, postgres="5 passed in 9.00s (0:00:09)")
    assert code == 0
    assert said.splitlines()[-2:] == [f"SQLite: {GOOD}", "PostgreSQL: 5 passed in 9.00s (0:00:09)"]


@pytest.mark.parametrize("codes", [(1, 0), (0, 1), (2, 2)], ids=["SQLite", "PostgreSQL", "both"])
def test_it_shuts_for_a_failure(tmp_path: Path, codes: tuple[int, int]) -> None:
    assert gate(tmp_path, codes=codes)[0] == 1


def test_it_shuts_where_no_test_ran(tmp_path: Path) -> None:
    code, said = gate(tmp_path, postgres="")
    assert (code, said.splitlines()[-1]) == (1, "PostgreSQL: no test ran")


def test_it_shuts_for_a_test_that_needs_what_is_not_here(tmp_path: Path) -> None:
    assert gate(tmp_path, sqlite=f"{SKIPPED} needs root, who may mount a small disk\n{GOOD}")[0] == 1


def test_it_lets_pass_what_does_not_apply(tmp_path: Path) -> None:
    assert gate(tmp_path, sqlite=f"{SKIPPED} SQLite has one writer: nothing commits late\n{GOOD}")[0] == 0
