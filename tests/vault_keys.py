"""Keys of organisations in tests whose transaction never commits."""

from typing import Any

from hamroh.vault import keyring


def settled(*organisations: Any) -> None:
    """Make their keys and take them for committed: one that may be undone is read from the table at each use."""
    for organisation in organisations:
        keyring.active(organisation.pk)
    keyring._ring.uncommitted.__dict__.clear()
