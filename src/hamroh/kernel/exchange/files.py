"""The files of an exchange: a line that says what they are, a header, tables of records of one length, and a signature.

A file is read as a stream. Its length follows from the header and is compared before anything is read; its signature is checked over
all of it before any record is looked at.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Self

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from hamroh.kernel.exchange.terms import VERSION, Unfit

_MAGIC, _SIGNATURE, _MOST_HEADER, _PIECE = b"hamroh-exchange ", 64, 1 << 16, 1 << 20
KINDS = ("offer", "answer", "result")
#: a table's name, how long its records are, how many there are
Table = tuple[str, int, int]


def written(
    path: Path, kind: str, header: Mapping[str, Any], tables: Iterable[tuple[Table, Iterable[bytes]]], key: SigningKey
) -> str:
    """Write a file whole or not at all; the digest of it in hexadecimal digits. A table gives its records in pieces."""
    given = list(tables)
    head = json.dumps({**header, "tables": [table for table, _pieces in given]}, sort_keys=True).encode()
    state = hashlib.sha256()
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        for piece in _pieces(kind, head, given):
            state.update(piece)
            file.write(piece)
        file.write(key.sign(state.digest()).signature)
    part.replace(path)
    return state.hexdigest()


def _pieces(kind: str, head: bytes, tables: Iterable[tuple[Table, Iterable[bytes]]]) -> Iterator[bytes]:
    yield _MAGIC + f"{VERSION} {kind}\n".encode() + len(head).to_bytes(4, "big") + head
    for (name, size, count), pieces in tables:
        left = size * count
        for piece in pieces:
            left -= len(piece)
            yield piece
        if left:
            raise ValueError(f"the table {name} has not the length that it says")


class Opened:
    """A file of the other side, checked: ``kind``, ``header``, ``digest``. Unfit says what is wrong with it."""

    def __init__(self, path: Path, key: str, kinds: tuple[str, ...]) -> None:
        self._path = path
        try:
            self._file: BinaryIO = path.open("rb")
        except OSError as fault:
            raise Unfit(f"{path.name} cannot be read: {fault.strerror}") from fault
        try:
            self.kind, self.header = _head(self._file, path.name, kinds)
            self._tables = _tables(self.header, self._file.tell())
            self.digest = self._checked(key)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        self._file.close()

    def records(self, name: str, at_once: int) -> Iterator[list[bytes]]:
        """The records of a table, so many at once."""
        start, size, count = self._tables[name]
        for first in range(0, count, at_once):
            self._file.seek(start + first * size)
            piece = self._file.read(min(at_once, count - first) * size)
            yield [piece[at : at + size] for at in range(0, len(piece), size)]

    def record(self, name: str, at: int) -> bytes:
        """One record of a table."""
        start, size, count = self._tables[name]
        if not 0 <= at < count:
            raise IndexError(at)
        self._file.seek(start + at * size)
        return self._file.read(size)

    def count(self, name: str, size: int) -> int:
        """How many records of this length a table has; Unfit where they are of another."""
        if name not in self._tables or self._tables[name][1] != size:
            raise Unfit(f"{self._path.name} is not built as this program builds it")
        return self._tables[name][2]

    def _checked(self, key: str) -> str:
        """The digest of the whole file, where the signature is the one of this key."""
        end = max([start + size * count for start, size, count in self._tables.values()], default=self._file.tell())
        length = self._path.stat().st_size
        if length != end + _SIGNATURE:
            raise Unfit(
                f"{self._path.name} is {'cut' if length < end + _SIGNATURE else 'too long'}: have it sent again"
            )
        state, left = hashlib.sha256(), end
        self._file.seek(0)
        while left:
            piece = self._file.read(min(_PIECE, left))
            state.update(piece)
            left -= len(piece)
        try:
            VerifyKey(bytes.fromhex(key)).verify(state.digest(), self._file.read(_SIGNATURE))
        except (BadSignatureError, ValueError) as fault:
            raise Unfit(f"{self._path.name} was changed on its way, or somebody else signed it") from fault
        return state.hexdigest()


def kind_of(path: Path) -> str:
    """What a file says it is: offer, answer or result; Unfit where it is none of an exchange."""
    with path.open("rb") as file:
        return _head(file, path.name, KINDS)[0]


def header_of(path: Path, kind: str) -> dict[str, Any]:
    """What a file says in its header; nothing in it is checked."""
    try:
        with path.open("rb") as file:
            return _head(file, path.name, (kind,))[1]
    except OSError as fault:
        raise Unfit(f"{path.name} cannot be read: {fault.strerror}") from fault


def _head(file: BinaryIO, name: str, kinds: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    line = file.readline(64)
    words = line.split()
    if not line.startswith(_MAGIC) or len(words) != 3:
        raise Unfit(f"{name} is no file of an exchange")
    if words[1] != b"%d" % VERSION:
        raise Unfit(f"{name} is of another version than {VERSION}: bring both programs up to date")
    kind = words[2].decode("ascii", "replace")
    if kind not in kinds:
        raise Unfit(f"{name} is of the kind {kind[:20]}, what is wanted here is: {' or '.join(kinds)}")
    length = int.from_bytes(file.read(4), "big")
    if length > _MOST_HEADER:
        raise Unfit(f"{name} has a header that is too long")
    try:
        header = json.loads(file.read(length))
    except (ValueError, RecursionError) as fault:
        raise Unfit(f"{name} is cut or damaged: have it sent again") from fault
    if not isinstance(header, dict):
        raise Unfit(f"{name} has no header")
    return kind, header


def _tables(header: Mapping[str, Any], start: int) -> dict[str, tuple[int, int, int]]:
    """Where each table begins, how long its records are and how many; Unfit where the header does not say so."""
    found: dict[str, tuple[int, int, int]] = {}
    given = header.get("tables")
    for table in given if isinstance(given, list) else [None]:
        match table:
            case [str(name), int(size), int(count)] if 0 < size <= _MOST_HEADER and 0 <= count <= 1 << 32:
                found[name] = (start, size, count)
                start += size * count
            case _:
                raise Unfit("the header of the file names no tables that can be read")
    return found
