"""A copy of the package to plant breaches in: the contracts must name them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def copy_of_the_house(folder: Path) -> Path:
    """Copy sources and contracts; returns the copied package."""
    shutil.copytree(
        ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "data", "locale", "static", "*.mo")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder / "src" / "hamroh"


def contracts_say(folder: Path) -> tuple[int, str]:
    """Exit code and words of import-linter in a copied house."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def plant(file: Path, line: str) -> None:
    """Add a line of code at the end of a file."""
    file.write_text(file.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
