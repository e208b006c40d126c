"""The seal of a row: a counter and the newest tag of each sealed column under one MAC, so that an old value is not taken for new.

``b"R1" | key id (u32) | counter (u32) | (mark of a label (4), tag (16)) ... | mac (16)``. A column that is empty has no entry. The
tag of a value is that of its AES-GCM; of a blind index, the index itself.
"""

import hashlib
import hmac
import struct
from collections.abc import Callable, Mapping
from typing import NamedTuple

from hamroh.vault.errors import Tampered

_HEAD = struct.Struct(">2sII")
_MARK, _TAG, _MAC = 4, 16, 16
_ENTRY = _MARK + _TAG
#: what a seal holds around its entries
_AROUND = _HEAD.size + _MAC
VERSION = b"R1"
#: HMAC-SHA256 under the key of rows of an organisation
Mac = Callable[[bytes], bytes]
#: the same by the id of the key
MacBy = Callable[[int, bytes], bytes]


def mark(label: str) -> bytes:
    """Four bytes that stand for a permanent label; the labels of one model must differ in them."""
    return hashlib.blake2s(label.encode(), digest_size=_MARK).digest()


class RowState(NamedTuple):
    """What a row's columns must hold: ``entries`` is the content of its seal, mark and tag by turns."""

    counter: int
    entries: bytes

    def names(self, mark: bytes, sealed: bytes | None) -> bool:
        """Whether a sealed value, or None for an empty column, is the newest of a mark."""
        entries = self.entries
        at = entries.find(mark)
        while at > 0 and at % _ENTRY:  # the same four bytes within somebody's tag
            at = entries.find(mark, at + 1)
        if at < 0 or sealed is None:
            return at < 0 and sealed is None
        return entries[at + _MARK : at + _ENTRY] == sealed[-_TAG:]

    def after(self, changes: Mapping[bytes, bytes | None]) -> "RowState":
        """The state once some columns hold new values; None empties one."""
        starts = range(0, len(self.entries), _ENTRY)
        tags = {self.entries[at : at + _MARK]: self.entries[at + _MARK : at + _ENTRY] for at in starts}
        kept = {name: tag for name, tag in {**tags, **changes}.items() if tag is not None}
        return RowState(self.counter + 1, b"".join(name + kept[name] for name in sorted(kept)))


EMPTY = RowState(0, b"")


def write(state: RowState, *, key_id: int, mac: Mac, bound: bytes) -> bytes:
    content = _HEAD.pack(VERSION, key_id, state.counter) + state.entries
    return content + mac(_told(content, bound))[:_MAC]


def read(seal: bytes, *, mac_by: MacBy, bound: bytes) -> RowState:
    """The state that the seal proves for the row that ``bound`` describes; Tampered otherwise."""
    size = len(seal) - _AROUND
    if size < 0 or size % _ENTRY:
        raise Tampered("the seal of a row is cut")
    version, key_id, counter = _HEAD.unpack_from(seal)
    if version != VERSION or not hmac.compare_digest(seal[-_MAC:], mac_by(key_id, _told(seal[:-_MAC], bound))[:_MAC]):
        raise Tampered("the seal of a row was changed or moved")
    return RowState(counter, seal[_HEAD.size : -_MAC])


def key_id_of(seal: bytes) -> int:
    return int(_HEAD.unpack_from(seal)[1]) if len(seal) >= _HEAD.size else 0


def _told(content: bytes, bound: bytes) -> bytes:
    return len(bound).to_bytes(2) + bound + content
