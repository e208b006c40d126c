"""Keys of records."""

import uuid

import uuid6


def uuid7() -> uuid.UUID:
    """A key that grows with time, for public and operational records; personal ones use random v4."""
    return uuid.UUID(bytes=uuid6.uuid7().bytes)
