"""What the journal's keyed digests cover; the key is the home's ``journal`` key, apart from every other."""

import datetime as dt
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings

from hamroh.vault.models import JournalBatch, JournalLine

#: the columns that a line's MAC covers, in its order
COVERED = (
    "id", "written_at", "actor_id", "organisation_id", "verb", "record_kind", "record_id", "purpose", "facts",
)  # fmt: skip
#: those columns' values: ids as hex, the time as text, facts as JSON's own types
Content = tuple[str, str, str, str, str, str, str, str, Any]


def content(row: Iterable[Any]) -> Content:
    """Values of ``COVERED`` as the MAC takes them, from a model's values or as a driver reads them, on both databases."""
    key, at, actor, organisation, verb, kind, record, purpose, facts = row
    facts = _PARSED(facts) if isinstance(facts, str) else facts
    return _hex(key), moment(at), _hex(actor), _hex(organisation), verb, kind, record, purpose, facts


def covered(line: JournalLine) -> Content:
    return content(getattr(line, name) for name in COVERED)


def moment(at: dt.datetime | str) -> str:
    """A time in UTC as SQLite keeps it: ``2026-11-22 04:00:00.123456``."""
    return at if isinstance(at, str) else at.replace(tzinfo=None).isoformat(" ")


def _hex(key: UUID | str | None) -> str:
    return "" if key is None else key if isinstance(key, str) else key.hex


_PARSED = json.JSONDecoder().decode
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Signer:
    """Digests of lines, links and batches, each under a key of its own."""

    line_key: bytes
    link_key: bytes
    batch_key: bytes

    def mac(self, line: Content) -> str:
        """The MAC of a line."""
        return hmac.digest(self.line_key, _CANONICAL(line).encode(), "sha256").hex()

    def link(self, before: str, number: int, mac: str) -> str:
        """What binds line ``number`` to all before it; ``before`` is the link there, or the last batch's MAC."""
        return hmac.digest(self.link_key, f"{number} {before} {mac}".encode(), "sha256").hex()

    def seal(self, batch: JournalBatch) -> str:
        """The MAC of a batch."""
        content = [batch.number, batch.sealed_at.isoformat(), batch.first, batch.last, batch.digest, batch.previous]
        return hmac.digest(self.batch_key, json.dumps(content).encode(), "sha256").hex()


def signer() -> Signer:
    """The signer of this installation; its key is read once by each process."""
    return _signer(settings.HOME)


@lru_cache(maxsize=4)
def _signer(home: Any) -> Signer:
    key = home.key("journal")
    return Signer(*(hmac.digest(key, f"journal {use} v1".encode(), "sha256") for use in ("line", "link", "batch")))
