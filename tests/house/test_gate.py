"""The gate runs the suite, on a quick machine on both databases, tells the counts last and lets nothing through that failed or could not run."""

import shutil
import subprocess
from pathlib import Path

import pytest

GATE = Path(__file__).parents[2] / ".ci" / "run"
GOOD = "3 passed, 1 skipped in 2.00s"
SKIPPED = "SKIPPED [1] tests/conftest.py:94:"
LOST = """worker 'gw0' crashed while running 'tests/journeys/test_exit.py::test_it_ends[chromium]'
FAILED tests/journeys/test_exit.py::test_it_ends[chromium]
{more}1 failed, 2 passed in 9.00s
hamroh: 9 s; failed steps: {steps}"""


def gate(
    tmp_path: Path, *, sqlite: str = GOOD, postgres: str = GOOD, codes: tuple[int, int] = (0, 0), enough: int = 1500,
    again: int = 99,
) -> tuple[int, str]:  # fmt: skip
    """Exit code and words of the gate over a suite that says this on each database."""
    (tmp_path / ".ci").mkdir()
    copy = tmp_path / ".ci" / "run"
    shutil.copy(GATE, copy)
    copy.write_text(GATE.read_text().replace("ENOUGH=900", f"ENOUGH={enough}"))
    suite = tmp_path / "hamroh"
    suite.write_text(
        f"""#!/bin/sh
case "$*" in
    test) cat <<'SAID'
{sqlite}
SAID
exit {codes[0]} ;;
    "test --postgres --only-tests") printf '%s\\n' '{postgres}'; exit {codes[1]} ;;
    "test --only-tests tests/journeys/test_exit.py::test_it_ends[chromium]") printf '%s\\n' '{GOOD}'; exit {again} ;;
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
    assert said.splitlines()[-2:] == [f"tests: {GOOD}", "PostgreSQL: 5 passed in 9.00s (0:00:09)"]


@pytest.mark.parametrize("codes", [(1, 0), (0, 1), (2, 2)], ids=["SQLite", "PostgreSQL", "both"])
def test_it_shuts_for_a_failure(tmp_path: Path, codes: tuple[int, int]) -> None:
    assert gate(tmp_path, codes=codes)[0] == 1


def test_it_shuts_where_no_test_ran(tmp_path: Path) -> None:
    code, said = gate(tmp_path, postgres="")
    assert (code, said.splitlines()[-1]) == (1, "PostgreSQL: no test ran")


def test_it_ends_after_the_first_part_on_a_slow_machine(tmp_path: Path) -> None:
    code, said = gate(tmp_path, codes=(0, 1), enough=0)
    assert (code, said.splitlines()[-2]) == (0, f"tests: {GOOD}")


def test_it_shuts_for_a_failure_on_a_slow_machine(tmp_path: Path) -> None:
    assert gate(tmp_path, codes=(1, 0), enough=0)[0] == 1


def test_it_shuts_for_a_test_that_needs_what_is_not_here(tmp_path: Path) -> None:
    assert gate(tmp_path, sqlite=f"{SKIPPED} needs root, who may mount a small disk\n{GOOD}")[0] == 1


def test_it_lets_pass_what_does_not_apply(tmp_path: Path) -> None:
    assert gate(tmp_path, sqlite=f"{SKIPPED} SQLite has one writer: nothing commits late\n{GOOD}")[0] == 0


def test_it_runs_a_journey_once_more_whose_browser_was_lost(tmp_path: Path) -> None:
    code, said = gate(tmp_path, sqlite=LOST.format(more="", steps="none"), codes=(1, 0), again=0)
    assert (code, said.splitlines()[-2]) == (0, f"tests-again: {GOOD}")


def test_it_shuts_for_a_journey_that_is_lost_again(tmp_path: Path) -> None:
    assert gate(tmp_path, sqlite=LOST.format(more="", steps="none"), codes=(1, 0), again=1)[0] == 1


def test_it_runs_a_journey_once_more_whose_browser_could_not_paint(tmp_path: Path) -> None:
    said = LOST.replace("worker 'gw0' crashed while running", "the browser failed in").format(more="", steps="none")
    assert gate(tmp_path, sqlite=said, codes=(1, 0), again=0)[0] == 0


@pytest.mark.parametrize(
    ("more", "steps"),
    [("FAILED tests/kernel/test_owed.py::test_it_adds_up - assert 1 == 2\n", "none"), ("", "style"),
     (f"{SKIPPED} needs root\n", "none")],
    ids=["a failure", "style", "a missing tool"],
)  # fmt: skip
def test_it_shuts_where_more_is_wrong_than_a_lost_journey(tmp_path: Path, more: str, steps: str) -> None:
    assert gate(tmp_path, sqlite=LOST.format(more=more, steps=steps), codes=(1, 0), again=0)[0] == 1
