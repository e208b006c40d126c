"""Where the web's processes count together: whichever of them is asked tells the sum, of those before a hand-over too.

prometheus_client then keeps each process's counters in files of the home's folder ``run``: names of views and numbers.
"""

import os
from pathlib import Path

_FOLDER, _TOLD = "counted", "PROMETHEUS_MULTIPROC_DIR"


def begin(run: Path) -> None:
    """Count from nothing, in this folder, in every process that is started from here on."""
    folder = run / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    for left in folder.glob("*.db"):
        left.unlink()
    os.environ[_TOLD] = str(folder)


def is_together() -> bool:
    """Whether this process counts together with others."""
    return bool(os.environ.get(_TOLD))
