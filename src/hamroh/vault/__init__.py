"""The vault: sealing, keys, blind indexes, journal. ``vault.open`` is the one way to a sealed value."""

from typing import Any


def __getattr__(name: str) -> Any:
    """``open`` comes on first use: the tables behind it are not there yet while Django starts."""
    if name != "open":
        raise AttributeError(name)
    from hamroh.vault import opening

    return opening.open
