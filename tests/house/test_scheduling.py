"""A process that is lost takes one test with it: the others are run, and the run ends."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
USED = """
def pytest_xdist_make_scheduler(config, log):
    from scheduling import Steady
    return Steady(config, log)
"""
QUICK = "def test_it_passes():\n    pass\n"
#: the process ends within a test, after the other one had nothing more to do and was told so
LOST = "import os, time\ndef test_it_is_lost():\n    time.sleep(1)\n    os._exit(1)\n" + QUICK
FATAL = "import os, time\ndef test_it_is_lost_alone():\n    time.sleep(1)\n    os._exit(1)\n"


def told(folder: Path, files: dict[str, str]) -> str:
    """What two processes say that share these files; a run that waits for ever is an error after a minute."""
    (folder / "conftest.py").write_text(USED)
    for name, content in files.items():
        (folder / f"test_{name}.py").write_text(content)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    command += ["--max-worker-restart", "2", "-p", "no:django", "-p", "no:cacheprovider", "-c", os.devnull]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
    done = subprocess.run(
        [*command, "--rootdir", str(folder), str(folder)], env=kept | {"PYTHONPATH": str(TESTS)}, cwd=folder,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ({"a": QUICK, "b": QUICK, "c": LOST, "d": QUICK}, "1 failed, 4 passed"),
        ({"a": QUICK, "b": QUICK, "c": FATAL, "d": QUICK}, "1 failed, 3 passed"),
        ({"a": LOST, "b": LOST, "c": QUICK, "d": QUICK, "e": QUICK}, "2 failed, 5 passed"),
    ],
    ids=["with one after it", "as the last", "twice"],
)
def test_it_runs_what_a_lost_process_left_and_ends(tmp_path: Path, files: dict[str, str], counts: str) -> None:
    said = told(tmp_path, files)
    assert re.search(rf"^{counts} in", said, re.MULTILINE), said


def test_it_names_the_test_that_was_lost(tmp_path: Path) -> None:
    said = told(tmp_path, {"a": QUICK, "b": QUICK, "c": LOST, "d": QUICK})
    assert re.search(r"^worker 'gw\d' crashed while running 'test_c.py::test_it_is_lost'$", said, re.MULTILINE), said
