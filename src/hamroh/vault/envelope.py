"""Sealing of one value: AES-256-GCM bound to its place, padded so that lengths tell little. Pure: keys come in, bytes go out.

A sealed value is ``b"H1" | key id (u32) | nonce (12) | ciphertext | tag (16)``. Inside stand one type byte, the length (u32),
the content and zeros up to the bucket: 32 bytes below 512, above that Padmé (at most 12 % more; Nikitin et al. 2019).
"""

import datetime as dt
import json
import os
import struct
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hamroh.vault.errors import Tampered

#: sealed by an organisation's key, and by a record's own key (S4)
ORGANISATION, RECORD = b"H1", b"H4"
_HEAD, _INSIDE = struct.Struct(">2sI"), struct.Struct(">BI")
NULL, TEXT, JSON, DATE, BYTES = range(5)
_KNOWN, _NONCE, TAG = _HEAD.size, 12, 16
OVERHEAD = _KNOWN + _NONCE + TAG
_FIRST_LARGE, _BUCKET = 512, 32
_BEFORE = _INSIDE.size


def place(label: str, row: UUID, organisation: UUID) -> bytes:
    """Where a value belongs: the permanent label of its field, its row and its organisation.

    All parts but the label have a fixed size and the label has its length: no two places read the same.
    """
    return measured(label) + row.bytes + organisation.bytes


@lru_cache(maxsize=4096)
def measured(label: str) -> bytes:
    return struct.pack(">H", len(label.encode())) + label.encode()


def seal(key_id: int, cipher: AESGCM, at: bytes, value: Any, version: bytes = ORGANISATION) -> bytes:
    """The sealed form of a text, date, bytes, None or anything that JSON holds; ``at`` is its place."""
    known, nonce = version + key_id.to_bytes(4), os.urandom(_NONCE)
    return known + nonce + cipher.encrypt(nonce, _packed(value), known + at)


def unseal(cipher: AESGCM, at: bytes, sealed: bytes) -> Any:
    """The value that was sealed for this very place; Tampered for everything else."""
    try:
        inside = cipher.decrypt(sealed[_KNOWN : _KNOWN + _NONCE], sealed[_KNOWN + _NONCE :], sealed[:_KNOWN] + at)
    except (InvalidTag, ValueError):
        raise Tampered("a sealed value does not open: it was changed or moved") from None
    kind, length = _INSIDE.unpack_from(inside)
    content = inside[_BEFORE : _BEFORE + length]
    return content.decode() if kind == TEXT else _DECODE[kind](content)


def key_id_of(sealed: bytes, version: bytes = ORGANISATION) -> int:
    """The id of the key that sealed a value; Tampered where the bytes are no value sealed in this version."""
    if len(sealed) >= OVERHEAD:
        found, key_id = _HEAD.unpack_from(sealed)
        if found == version:
            return int(key_id)
    raise Tampered("what is stored is no sealed value, or one by a key of another class")


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
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return DATE, value.isoformat().encode()
    return JSON, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


_DECODE: dict[int, Any] = {
    NULL: lambda _content: None,
    JSON: json.loads,
    DATE: lambda content: dt.date.fromisoformat(content.decode()),
    BYTES: bytes,
}
