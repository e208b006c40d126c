"""Sets of index places as whole numbers, and numbers for each place as bit planes.

Bit ``n`` of a set says whether the record in place ``n`` belongs to it, so that and, or and counting cost microseconds for
100,000 records. A score for every record is a list of planes, lowest first: plane ``p`` holds bit ``p`` of each record's
number. Adding and finding the highest then also works on whole sets (a bit-sliced index: P. O'Neil and D. Quass,
Improved Query Performance with Variant Indexes, SIGMOD 1997).
"""

import collections
import itertools
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

Bits = int
Planes = list[Bits]
Kept: TypeAlias = "Bits | array[int]"

_FEW, _MANY = 200, 1000  # places: up to which a list is smaller, from which on they are quicker set all at once
_BYTE = re.compile(rb"[^\0]", re.DOTALL)
_PLACES = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]
#: For each bit of a byte: the table that turns the byte into the digit 1 or 0.
_DIGITS = [bytes(49 if byte >> bit & 1 else 48 for byte in range(256)) for bit in range(8)]


def from_places(places: Sequence[int]) -> Bits:
    """The set of these places."""
    if not places:
        return 0
    octets = bytearray((max(places) >> 3) + 1)
    if len(places) > _MANY:
        return _packed(places, 8 * len(octets))
    for place in places:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")


def _packed(places: Sequence[int], size: int) -> Bits:
    """The same with loops in C: a byte a place, then each eight of them drawn together into one."""
    octets = bytearray(size)
    collections.deque(map(octets.__setitem__, places, itertools.repeat(1)), maxlen=0)
    wide = int.from_bytes(octets, "little")
    for step in (7, 14, 28):
        wide |= wide >> step
    return int.from_bytes(wide.to_bytes(size, "little")[::8], "little")


def kept(places: Sequence[int]) -> Kept:
    """These places in the form to remember them in: a list of a few, a set of many."""
    return array("I", places) if len(places) <= _FEW else from_places(places)


def union(held: Iterable[Kept]) -> Bits:
    """The set of all places that are kept in any form."""
    found, few = 0, array("I")
    for one in held:
        if isinstance(one, int):
            found |= one
        else:
            few.extend(one)
    return found | from_places(few)


def weight(held: Kept) -> int:
    """Bytes that a kept form takes."""
    return held.bit_length() // 8 if isinstance(held, int) else 4 * len(held)


def places(bits: Bits) -> Iterator[int]:
    """Members of a set, lowest first."""
    octets = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for match in _BYTE.finditer(octets):
        start = match.start()
        for bit in _PLACES[octets[start]]:
            yield start * 8 + bit


def planes_of(values: bytes | bytearray, width: int = 8) -> Planes:
    """Planes of a number from 0 to 255 for each place, given as one byte a place."""
    backwards = bytes(values)[::-1]
    return [int(backwards.translate(_DIGITS[bit]) or b"0", 2) for bit in range(width)]


def constant(bits: Bits, weight: int) -> Planes:
    """Planes that give ``weight`` to every member of a set."""
    return [bits if weight >> bit & 1 else 0 for bit in range(weight.bit_length())]


def add(one: Planes, other: Planes) -> Planes:
    """Sum, place by place."""
    if len(one) < len(other):
        one, other = other, one
    total: Planes = []
    carry = 0
    for index, plane in enumerate(one):
        second = other[index] if index < len(other) else 0
        half = plane ^ second
        total.append(half ^ carry)
        carry = (plane & second) | (carry & half)
    return [*total, carry] if carry else total


def either(one: Planes, other: Planes) -> Planes:
    """Planes of two tables whose places do not overlap."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return [plane | shorter[index] if index < len(shorter) else plane for index, plane in enumerate(longer)]


def highest(members: Bits, planes: Planes, count: int) -> Bits:
    """The ``count`` members with the highest numbers; equal ones are taken from the lowest place on."""
    taken, open_ = 0, members
    if members.bit_count() <= count:
        return members
    for plane in reversed(planes):
        above = open_ & plane
        if (taken | above).bit_count() <= count:
            taken |= above
            open_ &= ~plane
        else:
            open_ = above
    return taken | from_places(
        [place for place, _ in zip(places(open_), range(count - taken.bit_count()), strict=False)]
    )


def values(chosen: Iterable[int], planes: Planes) -> dict[int, int]:
    """The number of each chosen place."""
    octets = [plane.to_bytes((plane.bit_length() + 7) // 8, "little") for plane in planes]
    return {place: sum(_bit(row, place) << bit for bit, row in enumerate(octets)) for place in chosen}


def _bit(octets: bytes, place: int) -> int:
    index = place >> 3
    return octets[index] >> (place & 7) & 1 if index < len(octets) else 0
