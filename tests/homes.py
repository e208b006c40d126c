"""Homes of processes that tests start: their empty database and their static files are made once for a run and copied."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

from service import surroundings

TESTS = Path(__file__).parent
#: what a pattern is made of: its settings, the pattern that it begins with, and what is run in it
PATTERNS = {
    "site": ("hamroh.site.settings", None, ("migrate", "collectstatic")),
    "sealedroom": ("sealedroom.settings", "site", ("migrate",)),
}


def copied(pattern: Path, home: Path) -> Path:
    """Bring the database and the static files of one home into another; each makes keys of its own."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(pattern / "hamroh.sqlite3", home / "hamroh.sqlite3")
    shutil.copytree(pattern / "static", home / "static", dirs_exist_ok=True)
    return home


def pattern(shared: Path, name: str) -> Path:
    """The home that others are copied from, made by the first of all workers that asks for it."""
    home = shared / f"pattern-{name}"
    with (shared / f"pattern-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "made").exists():
            _make(shared, name, home)
            (home / "made").touch()
    return home


def _make(shared: Path, name: str, home: Path) -> None:
    settings, before, steps = PATTERNS[name]
    if before:
        copied(pattern(shared, before), home)
    told = {"DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(TESTS)}
    for step in steps:
        command = [sys.executable, "-m", "django", step, "--no-input", "--verbosity", "0"]
        subprocess.run(command, env=surroundings(home) | told, check=True)
