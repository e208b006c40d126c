"""The home that a bench begins with: empty and migrated. Many benches in a row take a copy of one, since migrating takes longer than most."""

import os
import shutil
from pathlib import Path

#: names the migrated home that is copied; set by ``hamroh bench`` for the processes that it starts
VARIABLE = "HAMROH_BENCH_HOME"


def begin(home: str | Path) -> None:
    """Put a copy of the migrated home there, where one was made; whoever comes after has little left to migrate."""
    if made := os.environ.get(VARIABLE):
        shutil.copytree(made, home, dirs_exist_ok=True)
