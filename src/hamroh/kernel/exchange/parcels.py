"""What who answers sends of the own people: a sealed parcel a person, and for each of their keys an entry that opens it.

An entry is found and opened by the value of a key, which only who asked about that key has. All entries are as long and stand in the
order of their tags, all parcels in the order of a secret, and there are more of both than people: nothing says which belong together.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from hamroh.kernel.exchange.features import BLOCK
from hamroh.kernel.exchange.files import Opened, header_of
from hamroh.kernel.exchange.group import digest
from hamroh.kernel.exchange.terms import Terms, Unfit

_TAG, _HANDLE, _SEAL, _KEY = 8, 4, 16, 32
#: bytes of an entry and of a parcel
ENTRY, PARCEL = _TAG + _HANDLE + _KEY + _SEAL, BLOCK + _SEAL
#: people with one key, and entries a person, at most
SAME_KEY, MOST_ENTRIES = 16, 500
#: every key seals one thing alone
_ONCE = bytes(12)


def entries(values: Sequence[Sequence[bytes]], secret: bytes, rounded: Callable[[int], int]) -> list[bytes]:
    """The entries of people in the order of their handles, each with the values of their keys; filled up to a round number."""
    times: Counter[bytes] = Counter()
    found = []
    for handle, each in enumerate(values):
        for value in each:
            turn, times[value] = times[value], times[value] + 1
            if turn < SAME_KEY:
                found.append(_entry(value, turn, handle.to_bytes(_HANDLE, "big") + parcel_key(secret, handle)))
    filling = range(rounded(len(found)) - len(found))
    return sorted(found + [digest(b"filling", str(at).encode(), key=secret, size=ENTRY) for at in filling])


def _entry(value: bytes, turn: int, what: bytes) -> bytes:
    return tag(value, turn) + ChaCha20Poly1305(_entry_key(value, turn)).encrypt(_ONCE, what, None)


def tag(value: bytes, turn: int) -> bytes:
    """By what the entry of the n-th person with a key is found."""
    return digest(b"tag", value, bytes([turn]), size=_TAG)


def _entry_key(value: bytes, turn: int) -> bytes:
    return digest(b"entry", value, bytes([turn]))


def parcel_key(secret: bytes, handle: int) -> bytes:
    """What a person's parcel is sealed with."""
    return digest(b"parcel", str(handle).encode(), key=secret)


def parcels(blocks: Iterable[bytes], count: int, secret: bytes) -> Iterator[bytes]:
    """The parcels of people in the order of their handles, and others up to the number."""
    handle = 0
    for handle, block in enumerate(blocks, 1):
        yield ChaCha20Poly1305(parcel_key(secret, handle - 1)).encrypt(_ONCE, block, None)
    for other in range(handle, count):
        yield ChaCha20Poly1305(parcel_key(secret, other)).encrypt(_ONCE, bytes(BLOCK), None)


class Shelf:
    """The entries and parcels of an answer, to who has values."""

    def __init__(self, file: Opened) -> None:
        self._file = file
        whole = b"".join(entry[:_TAG] for piece in file.records("entries", 1 << 14) for entry in piece)
        tags = np.frombuffer(whole, ">u8").astype(np.uint64)
        self._order = np.argsort(tags, kind="stable")
        self._tags = tags[self._order]
        self._people = file.count("people", PARCEL)

    def met(self, values: Sequence[Sequence[bytes]]) -> dict[int, dict[int, bytes]]:
        """For each person (by number) with values that open entries: the handles in these, each with what opens the parcel."""
        found: dict[int, dict[int, bytes]] = defaultdict(dict)
        asked = [(at, value) for at, each in enumerate(values) for value in each]
        for turn in range(SAME_KEY):
            places = self._places([tag(value, turn) for _at, value in asked])
            asked = [each for each, place in zip(asked, places, strict=True) if place >= 0]
            for (at, value), place in zip(asked, [place for place in places if place >= 0], strict=True):
                handle, key = self._entry(value, turn, place)
                if handle < self._people:
                    found[at][handle] = key
        return found

    def opened(self, handle: int, key: bytes) -> bytes | None:
        """What is in a parcel; None where the key does not open it."""
        try:
            return ChaCha20Poly1305(key).decrypt(_ONCE, self._file.record("people", handle), None)
        except InvalidTag:
            return None

    def _places(self, tags: Sequence[bytes]) -> list[int]:
        """Where the entry of each tag stands in the file, -1 where there is none."""
        if not (tags and len(self._tags)):
            return [-1] * len(tags)
        wanted = np.frombuffer(b"".join(tags), ">u8").astype(np.uint64)
        at = np.minimum(np.searchsorted(self._tags, wanted), len(self._tags) - 1)
        return [int(each) for each in np.where(self._tags[at] == wanted, self._order[at], -1)]

    def _entry(self, value: bytes, turn: int, place: int) -> tuple[int, bytes]:
        """The handle and key in an entry; a handle that nobody has where it does not open."""
        try:
            what = ChaCha20Poly1305(_entry_key(value, turn)).decrypt(
                _ONCE, self._file.record("entries", place)[_TAG:], None
            )
        except InvalidTag:
            return self._people, b""
        return int.from_bytes(what[:_HANDLE], "big"), what[_HANDLE:]


def sealing(secret: bytes) -> PrivateKey:
    """The key to which a result is sealed, of one exchange."""
    return PrivateKey(digest(b"seal", key=secret))


def sealed(told: Sequence[tuple[int, int, int]], seal: str) -> bytes:
    """Handles, numbers of pairs and bits, for who answered alone."""
    try:
        return SealedBox(PublicKey(bytes.fromhex(seal))).encrypt(json.dumps(told).encode())
    except (CryptoError, ValueError, TypeError) as fault:
        raise Unfit("the answer has no key to which the result can be sealed") from fault


def unsealed(file: Opened, key: PrivateKey, people: int) -> list[tuple[int, int, int]]:
    """The same to who answered; Unfit where it cannot be opened or names people who are not there."""
    try:
        whole = b"".join(map(b"".join, file.records("sealed", 1 << 20)))
        told = [tuple(map(int, each)) for each in json.loads(SealedBox(key).decrypt(whole))]
    except (CryptoError, ValueError, TypeError) as fault:
        raise Unfit("the result cannot be opened: have it sent again") from fault
    found = [each for each in told if len(each) == 3 and 0 <= each[0] < people]
    if len(found) != len(told):
        raise Unfit("the result names people who are not on the list")
    return found


def terms_in(header: Mapping[str, Any]) -> Terms:
    """The terms in a header, which stand there as the text that was signed."""
    try:
        return Terms.of(json.loads(str(header["terms"])))
    except (KeyError, ValueError) as fault:
        raise fault if isinstance(fault, Unfit) else Unfit("the file has no terms") from fault


def context_in(header: Mapping[str, Any]) -> bytes:
    """What binds the values of an exchange to the terms in a header."""
    return terms_in(header).context


def exchange_of(path: Path, kind: str) -> str:
    """Of which exchange a file says it is, before anything in it is believed."""
    return terms_in(header_of(path, kind)).exchange
