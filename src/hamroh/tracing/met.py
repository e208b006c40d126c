"""Somebody who was met, as a list has him."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hamroh.tracing.models import Basis, Pool

#: every column that a tombstone has no longer
HELD = ("name", "names", "born", "sex", "place", "phone", "note", "parts", "consent")


@dataclass(frozen=True)
class Foreign:
    """What a record is called at its home elsewhere, and its days there; ``linked`` are records that it is said to be one person with."""

    record_id: str
    source_at: dt.datetime | None = None
    expires_at: dt.datetime | None = None
    has_expired: bool = False
    linked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Met:
    """Somebody as a list has him; the shapes are those of ``PoolRecord``. ``line`` is his line of a file."""

    name: str
    names: list[Mapping[str, str]] = field(default_factory=list)
    born: Mapping[str, int] | None = None
    sex: str = ""
    place: str = ""
    phone: str = ""
    note: str = ""
    parts: Mapping[str, str] | None = None
    consent: Mapping[str, Any] | None = None
    line: int | None = None
    foreign: Foreign | None = None

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) or None for name in HELD}

    def home(self) -> dict[str, Any]:
        """What it is called elsewhere, and its days there."""
        if self.foreign is None:
            return {}
        found = self.foreign
        return {"foreign_id": found.record_id, "source_at": found.source_at, "expires_at": found.expires_at}


def lacks_consent(pool: Pool, met: Met) -> bool:
    """Whether somebody may not be on this list: he was not asked, though he could be."""
    return pool.basis == Basis.CONSENT and not (met.consent or {}).get("given")
