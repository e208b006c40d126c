"""Sealed files: streamed in chunks under a key of their own, in order and with a sure end, in the home's ``files/``.

The format is that of STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce of each chunk is a counter and a flag for the last
one, so that a cut, a swap or a repetition of chunks does not open.
"""

import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils import timezone

from hamroh.vault import envelope, intake, journal, keyring
from hamroh.vault.decisions import Decision
from hamroh.vault.errors import OpeningRefused, Tampered
from hamroh.vault.models import SealedFile
from hamroh.web import logs

CHUNK = 64 * 2**10
_VERSION = b"HF1\n"
_KEY_LABEL, _ABOUT_LABEL = "vault.file.key", "vault.file.about"


@dataclass(frozen=True)
class About:
    """What the sealed file says of itself: the name it came with, its type by content, its size in bytes."""

    name: str
    mime: str
    size: int


def path_of(file: SealedFile) -> Path:
    """Its place on disk: the random id says nothing, and its first letters spread files over folders."""
    folder: Path = settings.HOME.folder("files") / file.pk.hex[:2]
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / file.pk.hex


def store(
    content: IO[bytes], *, name: str, organisation_id: UUID, record: tuple[str, str], actor: Any, as_it_came: bool = False, is_opaque: bool = False,
) -> SealedFile:  # fmt: skip
    """Take a file in: checked by content, images made anew without what they betray, sealed while it is read.

    ``as_it_came`` keeps every byte: for evidence, whose original a court may want to see. ``is_opaque`` is what was sealed before it
    came: it looks like nothing, and is only held to its size.

    Call within the action's transaction. intake.FileRefused says what is wrong with it. Nothing is left on disk where the
    transaction does not commit: ``sweep`` removes what no row knows.
    """
    taken = _taken(content, name, actor, as_it_came=as_it_came, is_opaque=is_opaque)
    keys, key = keyring.active(organisation_id), secrets.token_bytes(32)
    file = SealedFile(
        organisation_id=organisation_id, kind=record[0], record_id=UUID(record[1]), made_at=timezone.now()
    )
    size = _write(path_of(file), _sealed(key, file.pk, _chunks(taken.content)))
    about = json.dumps({"name": taken.name, "mime": taken.mime, "size": size})
    file.wrapped = envelope.seal(keys.id, keys.cipher, _at(file, _KEY_LABEL), key)
    file.about = envelope.seal(keys.id, keys.cipher, _at(file, _ABOUT_LABEL), about)
    file.save(force_insert=True)
    journal.record(actor=actor, verb="vault.store_file", about=file)
    return file


def _taken(content: IO[bytes], name: str, actor: Any, *, as_it_came: bool, is_opaque: bool) -> intake.Taken:
    try:
        if is_opaque:
            return intake.take_opaque(content, name)
        return intake.take(content, name, as_it_came=as_it_came)
    except intake.FileRefused:
        logs.security("vault.file_refused", user=getattr(actor, "pk", None))
        raise


def about(file: SealedFile, *, decision: Decision, purpose: str) -> About:
    """Name, type and size of a file; the opening stands in the journal."""
    _require(file, decision, purpose, "name")
    return About(**json.loads(_opened(file, _ABOUT_LABEL, file.about)))


def read(file: SealedFile, *, decision: Decision, purpose: str) -> Iterator[bytes]:
    """The content in chunks, each proved before it is given; Tampered ends it where something was changed."""
    _require(file, decision, purpose, "content")
    return _unsealed(_opened(file, _KEY_LABEL, file.wrapped), file.pk, path_of(file))


def remove(file: SealedFile, *, actor: Any) -> None:
    """Erase a file: its key goes with its row, then its ciphertext."""
    path = path_of(file)
    journal.record(actor=actor, verb="vault.remove_file", about=file)
    file.delete()
    path.unlink(missing_ok=True)


def sweep() -> int:
    """Remove ciphertext that no row knows (a transaction that did not commit), a day after it was written; how many."""
    oldest = timezone.now().timestamp() - 86_400
    known = {key.hex for key in SealedFile.objects.values_list("pk", flat=True)}
    lost = [
        path
        for path in settings.HOME.folder("files").glob("??/*")
        if path.name.partition(".")[0] not in known and path.stat().st_mtime < oldest
    ]
    for path in lost:
        path.unlink()
    return len(lost)


def resealed(file: SealedFile) -> dict[str, bytes]:
    """The file's key and description under the organisation's active key; its content stays as it is."""
    keys = keyring.active(file.organisation_id)
    return {
        name: envelope.seal(keys.id, keys.cipher, _at(file, label), _opened(file, label, getattr(file, name)))
        for name, label in (("wrapped", _KEY_LABEL), ("about", _ABOUT_LABEL))
    }


def key_id_of(file: SealedFile) -> int:
    return envelope.key_id_of(bytes(file.wrapped))


def _require(file: SealedFile, decision: Decision, purpose: str, field: str) -> None:
    record = (file.kind, str(file.record_id))
    if not decision.yes or decision.record != record or not purpose.strip():
        raise OpeningRefused("the decision does not cover this file, or no purpose was given")
    journal.opened(
        actor_id=decision.actor_id, verb=decision.verb, record=record, fields=(f"file {field}",), purpose=purpose,
        organisation_id=file.organisation_id,
    )  # fmt: skip


def _at(file: SealedFile, label: str) -> bytes:
    """Place of the file's key: bound to the record too, so that a file does not open under another one."""
    return envelope.place(label, file.pk, file.organisation_id) + f"{file.kind}|{file.record_id}".encode()


def _opened(file: SealedFile, label: str, sealed: bytes | memoryview) -> Any:
    content = bytes(sealed)
    keys = keyring.opening(file.organisation_id, envelope.key_id_of(content))
    return envelope.unseal(keys.cipher, _at(file, label), content)


# -- the stream ----------------------------------------------------------------------------------------------------


def _sealed(key: bytes, file_id: UUID, chunks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Each sealed chunk with the size of its content; the last one says that it is the last."""
    cipher, number, waiting = AESGCM(key), 0, b""
    for chunk in chunks:
        if waiting:
            yield cipher.encrypt(_nonce(number, last=False), waiting, file_id.bytes), len(waiting)
            number += 1
        waiting = chunk
    yield cipher.encrypt(_nonce(number, last=True), waiting, file_id.bytes), len(waiting)


def _unsealed(key: bytes, file_id: UUID, path: Path) -> Iterator[bytes]:
    cipher, size = AESGCM(key), CHUNK + envelope.TAG
    with path.open("rb") as stored:
        if stored.read(len(_VERSION)) != _VERSION:
            raise Tampered("a sealed file was changed")
        number, chunk = 0, stored.read(size)
        while chunk:
            following = stored.read(size)
            try:
                yield cipher.decrypt(_nonce(number, last=not following), chunk, file_id.bytes)
            except InvalidTag:
                raise Tampered("a sealed file was changed, cut or put together anew") from None
            number, chunk = number + 1, following
        if number == 0:
            raise Tampered("a sealed file was cut")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    while chunk := content.read(CHUNK):
        yield chunk


def _write(path: Path, pieces: Iterable[tuple[bytes, int]]) -> int:
    """Write beside and rename, so that no half file has the name of a whole one; the size of the content."""
    beside, size = path.with_name(f"{path.name}.part"), 0
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_VERSION)
            for piece, length in pieces:
                file.write(piece)
                size += length
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return size
