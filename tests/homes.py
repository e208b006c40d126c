"""Homes of processes that tests start: their empty database and their static files are made once for a run and copied."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

from service import surroundings

TESTS = Path(__file__).parent
#: with the tables of the sealed room, which an installation without that room passes over
MAKE = """
import django
from django.core.management import call_command
django.setup()
from hamroh.web.tables import models_known
with models_known():
    call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
"""


def copied(pattern: Path, home: Path) -> Path:
    """Bring the database and the static files of one home into another; each makes keys of its own."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(pattern / "hamroh.sqlite3", home / "hamroh.sqlite3")
    shutil.copytree(pattern / "static", home / "static", dirs_exist_ok=True)
    return home


def pattern(shared: Path) -> Path:
    """The home that others are copied from, made by the first of all workers that asks for it."""
    home = shared / "pattern"
    with (shared / "pattern.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "made").exists():
            _make(shared, home)
            (home / "made").touch()
    return home


def _make(shared: Path, home: Path) -> None:
    home.mkdir()
    if (shared / "tables.made").exists() and (shared / "tables.sqlite3").exists():
        shutil.copyfile(shared / "tables.sqlite3", home / "hamroh.sqlite3")
    told = {"DJANGO_SETTINGS_MODULE": "sealedroom.settings", "PYTHONPATH": str(TESTS)}
    subprocess.run([sys.executable, "-c", MAKE], env=surroundings(home) | told, check=True)
