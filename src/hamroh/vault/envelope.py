"""Sealing of one value: AES-256-GCM bound to its place, padded so that lengths tell little. Pure: keys come in, bytes go out.

A sealed value is ``b"H1" | key id (u32) | nonce (12) | ciphertext | tag (16)``. Inside stand one type byte, the length (u32),
the content and zeros up to the bucket: 32 bytes below 512, above that Padmé (at most 12 % more; Nikitin et al. 2019).
"""

import datetime
import json
import os
import struct
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hamroh.vault.errors import Tampered

#: sealed by an organisation's key, and by a record's own key (S4)
ORGANISATION, RECORD = b"H1", b"H4"
_HEAD = struct.Struct(">2sI12s")
_INSIDE = struct.Struct(">BI")
_LENGTHS = struct.Struct(">HHH")
NULL, TEXT, JSON, DATE, BYTES = range(5)
OVERHEAD = _HEAD.size + 16
TAG = 16
_FIRST_LARGE, _BUCKET = 512, 32


class Place(NamedTuple):
    """Where a sealed value belongs: the permanent label of its field, its row and its organisation."""

    label: str
    row: UUID
    organisation: UUID

    def bound(self, version: bytes, key_id: int) -> bytes:
        """The associated data: each part with its length, so that no two places read the same."""
        label = self.label.encode()
        row, organisation = self.row.bytes, self.organisation.bytes
        lengths = _LENGTHS.pack(len(label), len(row), len(organisation))
        return b"".join((version, key_id.to_bytes(4), lengths, label, row, organisation))


def seal(cipher: AESGCM, key_id: int, place: Place, value: Any, version: bytes = ORGANISATION) -> bytes:
    """The sealed form of a text, date, bytes, None or anything that JSON holds."""
    nonce = os.urandom(12)
    bound = place.bound(version, key_id)
    return _HEAD.pack(version, key_id, nonce) + cipher.encrypt(nonce, _packed(value), bound)


def unseal(cipher: AESGCM, place: Place, sealed: bytes) -> Any:
    """The value that was sealed for this very place; Tampered for everything else."""
    version, key_id, nonce = head(sealed)
    try:
        inside = cipher.decrypt(nonce, sealed[_HEAD.size :], place.bound(version, key_id))
    except InvalidTag:
        raise Tampered(f"{place.label} does not open: it was changed or moved") from None
    return _unpacked(inside)


def head(sealed: bytes) -> tuple[bytes, int, bytes]:
    """Version, key id and nonce; Tampered where the bytes are no sealed value."""
    if len(sealed) < OVERHEAD:
        raise Tampered("a sealed value is cut short")
    version, key_id, nonce = _HEAD.unpack_from(sealed)
    if version not in (ORGANISATION, RECORD):
        raise Tampered("a sealed value has no known version")
    return version, key_id, nonce


def key_id_of(sealed: bytes) -> int:
    return head(sealed)[1]


def bucket(length: int) -> int:
    """The padded size of ``length`` bytes."""
    if length <= _FIRST_LARGE:
        return -(-length // _BUCKET) * _BUCKET
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def _packed(value: Any) -> bytes:
    kind, content = _encoded(value)
    plain = _INSIDE.pack(kind, len(content)) + content
    return plain.ljust(bucket(len(plain)), b"\0")


def _encoded(value: Any) -> tuple[int, bytes]:
    if isinstance(value, str):
        return TEXT, value.encode()
    if value is None:
        return NULL, b""
    if isinstance(value, bytes):
        return BYTES, value
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return DATE, value.isoformat().encode()
    return JSON, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _unpacked(inside: bytes) -> Any:
    kind, length = _INSIDE.unpack_from(inside)
    content = inside[_INSIDE.size : _INSIDE.size + length]
    if kind == TEXT:
        return content.decode()
    return _DECODE[kind](content)


_DECODE: dict[int, Any] = {
    NULL: lambda _content: None,
    JSON: json.loads,
    DATE: lambda content: datetime.date.fromisoformat(content.decode()),
    BYTES: bytes,
}
