"""An archive: a tar stream encrypted with age to recipient keys, written and read without a plain copy on disk.

The last member, ``manifest.json``, holds size and SHA-256 of every other; an archive that was cut has none.
"""

import contextlib
import hashlib
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyrage

MANIFEST = "manifest.json"
_BLOCK, _CHUNK = 512, 1 << 16
Tick = Callable[[int], object]


class BackupRefused(RuntimeError):
    """A backup, restore or drill cannot go on; the message says why and what to do."""


@dataclass(frozen=True)
class Member:
    """A file that goes into an archive under a name."""

    name: str
    path: Path


def recipient(text: str) -> pyrage.x25519.Recipient:
    """The recipient key ``age1...``; BackupRefused when it cannot be one."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise BackupRefused(f"{text!r} is no recipient key; it begins with age1") from error


def identities(path: Path) -> list[pyrage.x25519.Identity]:
    """The secret keys of an identity file, as age-keygen or ``hamroh backup --new-identity`` writes it."""
    lines = [line.strip() for line in path.read_text(encoding="ascii", errors="replace").splitlines()]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise BackupRefused(f"{path} holds something that is no age identity (AGE-SECRET-KEY-1...)") from error
    if not found:
        raise BackupRefused(f"{path} holds no age identity (AGE-SECRET-KEY-1...)")
    return found


def new_identity(path: Path) -> str:
    """Write a new identity file (0600, never over an old one) and return its recipient key."""
    made = pyrage.x25519.Identity.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"# public key: {made.to_public()}\n{made}\n")
    return str(made.to_public())


def pack(members: Iterable[Member], facts: dict[str, Any], recipients: Iterable[str], out: Path, tick: Tick) -> str:
    """Encrypt the members and their manifest into ``out``, wait for the disk, and return the archive's SHA-256."""
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        digest = _Digesting(file)
        pyrage.encrypt_io(_Reader(_tar(members, facts, tick)), digest, [recipient(each) for each in recipients])
        file.flush()
        os.fsync(file.fileno())
    return digest.sha.hexdigest()


def unpack(archive: Path, keys: Iterable[pyrage.x25519.Identity], target: Path) -> dict[str, Any]:
    """Decrypt an archive into a folder and return its manifest; every file is checked against it.

    Raises BackupRefused for a wrong identity, an archive that was cut or changed, or a member that should not be there.
    """
    read_end, write_end = os.pipe()
    extraction = _Extraction(read_end, target)
    extraction.start()
    try:
        with archive.open("rb") as file, os.fdopen(write_end, "wb") as plain, _reader_gone():
            pyrage.decrypt_io(file, plain, list(keys))
    except pyrage.DecryptError as error:
        raise BackupRefused(f"{archive.name} does not open: {_reason(error)}") from error
    except OSError as error:
        if extraction.error is None:
            raise BackupRefused(f"{archive.name} was cut or damaged, or the disk is full: {error}") from error
    finally:
        extraction.join()
    if extraction.error:
        raise BackupRefused(f"{archive.name}{_said(extraction.error)}") from extraction.error
    return _checked(archive, extraction, target)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reason(error: Exception) -> str:
    if "No matching keys" in str(error):
        return "it was encrypted to another recipient; use the identity that belongs to this backup"
    return f"it was cut or damaged ({error})"


def _said(error: Exception) -> str:
    """Why an archive that decrypts could not be taken out: our own refusal, or what the reader of the tar met."""
    return f": {error}" if isinstance(error, BackupRefused) else f" was cut or damaged, or the disk is full: {error}"


@contextlib.contextmanager
def _reader_gone() -> Iterator[None]:
    """The reading thread says itself why it stopped."""
    with contextlib.suppress(BrokenPipeError):
        yield


class _Digesting:
    """A writer that counts what it writes into a digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sha = file, hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.sha.update(content)
        return self.file.write(content)

    def flush(self) -> None:
        self.file.flush()


class _Reader:
    """A reader over chunks, which are made only when they are asked for."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.left = chunks, b""

    def read(self, size: int = -1) -> bytes:
        while not self.left:
            chunk = next(self.chunks, None)
            if chunk is None:
                return b""
            self.left = chunk
        size = len(self.left) if size < 0 else size
        found, self.left = self.left[:size], self.left[size:]
        return found


def _tar(members: Iterable[Member], facts: dict[str, Any], tick: Tick) -> Iterator[bytes]:
    told: dict[str, dict[str, Any]] = {}
    for member in members:
        try:
            file = member.path.open("rb")
        except FileNotFoundError:  # erased since it was listed
            continue
        with file:
            yield from _member(member.name, file, told, tick)
    manifest = json.dumps(facts | {"members": told}, indent=1, sort_keys=True).encode()
    yield _head(MANIFEST, len(manifest)) + manifest + b"\0" * (-len(manifest) % _BLOCK)
    yield b"\0" * 2 * _BLOCK


def _member(name: str, file: IO[bytes], told: dict[str, dict[str, Any]], tick: Tick) -> Iterator[bytes]:
    size = os.fstat(file.fileno()).st_size
    digest, left = hashlib.sha256(), size
    yield _head(name, size)
    while left:
        chunk = file.read(min(_CHUNK, left))
        if not chunk:
            raise BackupRefused(f"{name} became shorter while it was read; start again")
        digest.update(chunk)
        left -= len(chunk)
        tick(len(chunk))
        yield chunk
    yield b"\0" * (-size % _BLOCK)
    told[name] = {"bytes": size, "sha256": digest.hexdigest()}


def _head(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.PAX_FORMAT)


class _Extraction(threading.Thread):
    """Reads the tar stream from a pipe into a folder and remembers what it wrote."""

    def __init__(self, pipe: int, target: Path) -> None:
        super().__init__(name="extraction", daemon=True)
        self.pipe, self.target = pipe, target
        self.found: dict[str, dict[str, Any]] = {}
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with os.fdopen(self.pipe, "rb") as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
                for info in tar:
                    self._take(info, tar)
                while stream.read(_CHUNK):  # what stands behind the end, so that the writer is not cut off
                    pass
        except (OSError, tarfile.TarError, BackupRefused) as error:
            self.error = error

    def _take(self, info: tarfile.TarInfo, tar: tarfile.TarFile) -> None:
        name, content = PurePosixPath(info.name), tar.extractfile(info) if info.isreg() else None
        if content is None or name.is_absolute() or ".." in name.parts:
            raise BackupRefused(f"holds {info.name!r}, which no backup of ours holds")
        path = self.target / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest, mode = hashlib.sha256(), 0o400 if name.parts[0] == "keys" else 0o600
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                file.write(chunk)
        self.found[info.name] = {"bytes": info.size, "sha256": digest.hexdigest()}


def _checked(archive: Path, extraction: _Extraction, target: Path) -> dict[str, Any]:
    path = target / MANIFEST
    if not path.exists():
        raise BackupRefused(f"{archive.name} has no manifest: it was cut")
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    found = {name: told for name, told in extraction.found.items() if name != MANIFEST}
    if manifest["members"] != found:
        wrong = sorted(
            name for name in {*found, *manifest["members"]} if found.get(name) != manifest["members"].get(name)
        )
        raise BackupRefused(f"{archive.name} does not hold what its manifest says: {', '.join(wrong[:5])}")
    return manifest
