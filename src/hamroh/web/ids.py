"""Keys of records."""

import uuid
from collections.abc import Iterator

import uuid6


def uuid7() -> uuid.UUID:
    """A key that grows with time, for public and operational records; personal ones use random v4."""
    return uuid.UUID(bytes=uuid6.uuid7().bytes)


def uuid7s() -> Iterator[uuid.UUID]:
    """Keys for many records that are written at once: they begin at random and count on."""
    first = uuid7().int & ~(1 << 61)  # so that counting never runs into what says which kind of key it is
    while True:
        yield uuid.UUID(int=first)
        first += 1
