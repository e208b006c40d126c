"""Where a step of an exchange is worked on: a folder that lies in memory, and is wiped when the step ends.

The protocol works on files (`kernel.exchange`): its secret and its pieces would tell names to whoever has both. So they lie in the
memory file system of the machine and never on its disk; what has to last is sealed in the row of the exchange.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from hamroh.kernel.exchange.labour import Labour, Progress
from hamroh.kernel.exchange.steps import Own
from hamroh.kernel.exchange.terms import Unfit

MEMORY, _NAME, _STALE = Path("/dev/shm"), "hamroh-exchange-", 86_400  # noqa: S108 - memory, shut to others by its mode
_STATE = "state.json"


@contextmanager
def workroom() -> Iterator[Path]:
    """A folder for nobody else, wiped at the end; what a machine that stopped left behind is wiped first."""
    _sweep()
    with tempfile.TemporaryDirectory(prefix=_NAME, dir=_where()) as folder:
        yield Path(folder)


def _where() -> Path:
    """The memory of the machine; where it shows none as files, a folder of the home that only we open."""
    if MEMORY.is_dir():
        return MEMORY
    home: Path = settings.HOME.folder("exchanges")
    return home


def _sweep() -> None:
    for left in _where().glob(f"{_NAME}*"):
        if left.is_dir() and left.stat().st_uid == os.getuid() and left.stat().st_mtime < time.time() - _STALE:
            shutil.rmtree(left, ignore_errors=True)


def own(folder: Path, secret: str, records: Sequence[dict[str, Any]], tell: Progress) -> Own:
    """Our side for a step: one process of the machine, so that the desk stays quick."""
    from nacl.signing import SigningKey

    return Own(records, SigningKey(bytes.fromhex(secret)), folder, Labour(1, tell))


def brought_back(folder: Path, number: str, state: str) -> None:
    """What an earlier step left, as the protocol reads it."""
    (folder / number).mkdir(mode=0o700)
    (folder / number / _STATE).write_text(state, encoding="utf-8")


def left_behind(folder: Path, number: str) -> str:
    """What the next step needs."""
    return (folder / number / _STATE).read_text(encoding="utf-8")


def written(folder: Path, name: str, pieces: Any) -> Path:
    """A file of the other side; Unfit where there is no room for it."""
    path = folder / name
    try:
        with path.open("wb") as file:
            for piece in pieces:
                file.write(piece)
    except OSError as fault:
        raise Unfit("the memory of this machine has no room for the file") from fault
    return path
