"""Programs that others made, each in an environment of its own; what cannot be had here is left out and said so."""

import os
import subprocess
import venv
from pathlib import Path

_INSTALL_TIME = 1800


class Absent(Exception):
    """Something cannot run here; the text says why."""


def environment(folder: Path, lock: Path) -> Path:
    """The interpreter of a new environment in ``folder`` with the packages of a lock. Absent without the network."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    ran([str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)], _INSTALL_TIME)
    return python


def ran(command: list[str], seconds: int) -> None:
    """Run a program on one core; Absent with its last word where it fails or takes too long."""
    one_core = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            command, check=False, capture_output=True, text=True, timeout=seconds, env=os.environ | one_core
        )
    except subprocess.TimeoutExpired as late:
        raise Absent(f"not done in {seconds} s") from late
    if done.returncode:
        raise Absent((done.stderr.strip().splitlines() or ["ended without a word"])[-1])
