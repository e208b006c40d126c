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
import numpy.typing as npt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from hamroh.kernel.exchange.evidence import WORDS
from hamroh.kernel.exchange.features import BLOCK, SAID
from hamroh.kernel.exchange.files import Opened, header_of
from hamroh.kernel.exchange.group import digest
from hamroh.kernel.exchange.terms import Terms, Unfit

_TAG, _HANDLE, _SEAL, _KEY = 6, 3, 16, 16
#: bytes of an entry and of a parcel
ENTRY, PARCEL = _TAG + _HANDLE + _KEY, BLOCK + _SEAL
#: people with one key, and entries a person, at most
SAME_KEY, MOST_ENTRIES = 16, 500
#: every key seals one thing alone
_ONCE = bytes(12)
#: values that are looked for at once
_AT_ONCE = 1 << 16
#: codes that say what a pair rests on: words of a name, the year, the home
_MOST_SAID = WORDS + 2


def entries(
    values: Sequence[bytes], keys: Iterable[Iterable[int]], secret: bytes, rounded: Callable[[int], int]
) -> bytes:
    """The entries of people in the order of their handles, whose keys are numbers of values; filled up to a round number, in the order
    of their tags."""
    times: Counter[int] = Counter()
    found = bytearray()
    for handle, each in enumerate(keys):
        what = handle.to_bytes(_HANDLE, "big") + parcel_key(secret, handle)
        for key in each:
            turn = times[key]
            times[key] += 1
            if turn < SAME_KEY:
                found += _entry(values[key], turn, what)
    count = len(found) // ENTRY
    for at in range(rounded(count) - count):
        found += digest(b"filling", str(at).encode(), key=secret, size=ENTRY)
    table = np.frombuffer(found, np.uint8).reshape(-1, ENTRY)
    return table[np.argsort(_as_numbers(table[:, :_TAG]), kind="stable")].tobytes()


def _as_numbers(tags: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    wide = np.zeros((len(tags), 8), np.uint8)
    wide[:, 8 - _TAG :] = tags
    return wide.view(">u8").ravel().astype(np.uint64)


def _entry(value: bytes, turn: int, what: bytes) -> bytes:
    """A tag, and what is in it hidden by as many bytes that nobody can draw without the value, and that hide nothing else."""
    tag, hiding = _drawn(value, turn)
    return tag + _crossed(what, hiding)


def tag(value: bytes, turn: int) -> bytes:
    """By what the entry of the n-th person with a key is found."""
    return _drawn(value, turn)[0]


def _drawn(value: bytes, turn: int) -> tuple[bytes, bytes]:
    drawn = digest(b"entry", value, bytes([turn]), size=ENTRY)
    return drawn[:_TAG], drawn[_TAG:]


def _crossed(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).to_bytes(len(one), "big")


def parcel_key(secret: bytes, handle: int) -> bytes:
    """What a person's parcel is sealed with."""
    return digest(b"parcel", str(handle).encode(), key=secret, size=_KEY)


def _cipher(key: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(digest(b"seal of a parcel", key=key))


def parcels(blocks: Iterable[bytes], count: int, secret: bytes) -> Iterator[bytes]:
    """The parcels of people in the order of their handles, and others up to the number."""
    handle = 0
    for handle, block in enumerate(blocks, 1):
        yield _cipher(parcel_key(secret, handle - 1)).encrypt(_ONCE, block, None)
    for other in range(handle, count):
        yield _cipher(parcel_key(secret, other)).encrypt(_ONCE, bytes(BLOCK), None)


class Shelf:
    """The entries and parcels of an answer, to who has values."""

    def __init__(self, file: Opened) -> None:
        self._file = file
        whole = b"".join(entry[:_TAG] for piece in file.records("entries", 1 << 14) for entry in piece)
        tags = _as_numbers(np.frombuffer(whole, np.uint8).reshape(-1, _TAG))
        self._order = np.argsort(tags, kind="stable")
        self._tags = tags[self._order]
        self._people = file.count("people", PARCEL)

    def met(self, values: Sequence[bytes]) -> dict[int, list[tuple[int, bytes]]]:
        """For each value (by number) that opens entries: the handles in these, each with what opens the parcel."""
        found: defaultdict[int, list[tuple[int, bytes]]] = defaultdict(list)
        for first in range(0, len(values), _AT_ONCE):
            asked = list(enumerate(values[first : first + _AT_ONCE], first))
            for turn in range(SAME_KEY):
                places = self._places([tag(value, turn) for _at, value in asked])
                there = [(*each, place) for each, place in zip(asked, places, strict=True) if place >= 0]
                for at, value, place in there:
                    handle, key = self._entry(value, turn, place)
                    if handle < self._people:
                        found[at].append((handle, key))
                asked = [(at, value) for at, value, _place in there]
        return found

    def opened(self, handle: int, key: bytes) -> bytes | None:
        """What is in a parcel; None where the key does not open it."""
        try:
            return _cipher(key).decrypt(_ONCE, self._file.record("people", handle), None)
        except InvalidTag:
            return None

    def _places(self, tags: Sequence[bytes]) -> list[int]:
        """Where the entry of each tag stands in the file, -1 where there is none."""
        if not (tags and len(self._tags)):
            return [-1] * len(tags)
        wanted = _as_numbers(np.frombuffer(b"".join(tags), np.uint8).reshape(-1, _TAG))
        at = np.minimum(np.searchsorted(self._tags, wanted), len(self._tags) - 1)
        return [int(each) for each in np.where(self._tags[at] == wanted, self._order[at], -1)]

    def _entry(self, value: bytes, turn: int, place: int) -> tuple[int, bytes]:
        """The handle and key in an entry; where its tag is another's by chance, one that nobody has or a key that opens nothing."""
        what = _crossed(self._file.record("entries", place)[_TAG:], _drawn(value, turn)[1])
        return int.from_bytes(what[:_HANDLE], "big"), what[_HANDLE:]


def sealing(secret: bytes) -> PrivateKey:
    """The key to which a result is sealed, of one exchange."""
    return PrivateKey(digest(b"seal", key=secret))


#: a pair as it is told to who answered: the handle, the pair's number, the bits, what they rest on
Told = tuple[int, int, int, tuple[str, ...]]


def sealed(told: Sequence[Told], seal: str) -> bytes:
    """Pairs, for who answered alone."""
    try:
        return SealedBox(PublicKey(bytes.fromhex(seal))).encrypt(json.dumps(told).encode())
    except (CryptoError, ValueError, TypeError) as fault:
        raise Unfit("the answer has no key to which the result can be sealed") from fault


def unsealed(file: Opened, key: PrivateKey, people: int) -> list[Told]:
    """The same to who answered; Unfit where it cannot be opened or names people who are not there."""
    try:
        whole = b"".join(map(b"".join, file.records("sealed", 1 << 20)))
        told = list(map(_told, json.loads(SealedBox(key).decrypt(whole))))
    except (CryptoError, ValueError, TypeError) as fault:
        raise Unfit("the result cannot be opened: have it sent again") from fault
    if not all(0 <= handle < people for handle, _number, _bits, _said in told):
        raise Unfit("the result names people who are not on the list")
    return told


def _told(given: Any) -> Told:
    """A pair as it came; ValueError or TypeError for what is none. Codes that nobody knows are passed over."""
    handle, number, bits, said = given
    return int(handle), int(number), int(bits), tuple(each for each in said if each in SAID)[:_MOST_SAID]


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
