"""The journal's head outside the database: a file that only grows, and a short form for a second party."""

import base64
import contextlib
import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from hamroh.vault.models import JournalBatch

_SHORT = re.compile(r"(\d+)\.(\d+)\.([A-Z2-7]{24})")


@dataclass(frozen=True)
class Head:
    """Where the chain ended at a time: the last batch, its last line, and 120 bits of its MAC in base 32."""

    batch: int
    line: int
    code: str

    def __str__(self) -> str:
        """Short enough for paper or an e-mail: ``128.5032.ABCD-EFGH-...``; it tells nothing of what the lines say."""
        return f"{self.batch}.{self.line}." + "-".join(re.findall("....", self.code))

    @classmethod
    def of(cls, batch: JournalBatch) -> "Head":
        return cls(batch.number, batch.last, base64.b32encode(bytes.fromhex(batch.mac)[:15]).decode())

    @classmethod
    def read(cls, text: str) -> "Head":
        """The head from its short form, however it was copied; ValueError when it cannot be one."""
        found = _SHORT.fullmatch(re.sub(r"[\s-]", "", text).upper())
        if not found:
            raise ValueError("this is no head of a journal: it looks like 128.5032.ABCD-EFGH-IJKL-MNOP-QRST-UVWX")
        return cls(int(found[1]), int(found[2]), found[3])


def path() -> Path:
    """The file of heads: in the home, or where ``HAMROH_ANCHORS`` puts it, on another disk or host."""
    return Path(settings.JOURNAL_HEADS)


def append(head: Head) -> None:
    """Add a head at the end and wait for the disk; passed over where a later one stands there already."""
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = last()
        if before and before.batch >= head.batch:
            return
        file.write(b"\n" * _is_cut(file) + f"{head}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def _is_cut(file: IO[bytes]) -> bool:
    """Did a power failure cut the last line?"""
    end = file.seek(0, os.SEEK_END)
    return end > 0 and os.pread(file.fileno(), 1, end - 1) != b"\n"


def heads() -> Iterator[Head]:
    """Every anchored head, oldest first; what a power failure cut is passed over."""
    if path().exists():
        with path().open(encoding="ascii", errors="replace") as lines:
            yield from _whole(lines)


def last() -> Head | None:
    """The head that was anchored last; reads only the end of the file."""
    if not path().exists():
        return None
    with path().open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 400))
        return max(
            _whole(file.read().decode("ascii", "replace").splitlines()), key=lambda head: head.batch, default=None
        )


def _whole(lines: Iterable[str]) -> Iterator[Head]:
    for line in lines:
        with contextlib.suppress(ValueError):
            yield Head.read(line)
