"""The seal of a row: a counter and the newest tag of each sealed column under one MAC, so that an old value is not taken for new.

``b"R1" | key id (u32) | counter (u32) | (mark of a label (4), tag (16)) ... | mac (16)``. A column that is empty has no entry. The
tag of a value is that of its AES-GCM; of a blind index, the index itself.
"""

import hashlib
import hmac
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from hamroh.vault.errors import Tampered

_HEAD = struct.Struct(">2sII")
_MARK, _TAG, _MAC = 4, 16, 16
_ENTRY = _MARK + _TAG
VERSION = b"R1"


def mark(label: str) -> bytes:
    """Four bytes that stand for a permanent label; the labels of one model must differ in them."""
    return hashlib.blake2s(label.encode(), digest_size=_MARK).digest()


@dataclass(frozen=True, slots=True)
class RowState:
    """What a row's columns must hold: the tag of each mark."""

    counter: int
    tags: Mapping[bytes, bytes]

    def after(self, changes: Mapping[bytes, bytes | None]) -> "RowState":
        """The state once some columns hold new values; None empties one."""
        tags = {**self.tags, **changes}
        return RowState(self.counter + 1, {key: tag for key, tag in tags.items() if tag is not None})


EMPTY = RowState(0, {})


def write(state: RowState, *, key_id: int, key: bytes, row: UUID, organisation: UUID) -> bytes:
    content = _HEAD.pack(VERSION, key_id, state.counter) + b"".join(
        name + tag for name, tag in sorted(state.tags.items())
    )
    return content + _mac(key, content, row, organisation)


def read(seal: bytes, *, key_of: Callable[[int], bytes], row: UUID, organisation: UUID) -> RowState:
    """The state that the seal proves; ``key_of`` gives the key of a key id. Tampered otherwise."""
    content, mac = seal[:-_MAC], seal[-_MAC:]
    if len(content) < _HEAD.size or (len(content) - _HEAD.size) % _ENTRY:
        raise Tampered("the seal of a row is cut")
    version, key_id, counter = _HEAD.unpack_from(content)
    if version != VERSION or not hmac.compare_digest(mac, _mac(key_of(key_id), content, row, organisation)):
        raise Tampered("the seal of a row was changed or moved")
    entries = range(_HEAD.size, len(content), _ENTRY)
    return RowState(counter, {content[at : at + _MARK]: content[at + _MARK : at + _ENTRY] for at in entries})


def key_id_of(seal: bytes) -> int:
    return int(_HEAD.unpack_from(seal)[1]) if len(seal) >= _HEAD.size else 0


def _mac(key: bytes, content: bytes, row: UUID, organisation: UUID) -> bytes:
    return hmac.digest(key, row.bytes + organisation.bytes + content, "sha256")[:_MAC]
