"""What the journal's keyed digests cover; the key is the home's ``journal`` key, apart from every other."""

import hmac
import json
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from hamroh.vault.models import JournalBatch, JournalLine

#: the columns that a line's MAC covers, in its order
COVERED = (
    "id", "written_at", "actor_id", "organisation_id", "verb", "record_kind", "record_id", "purpose", "facts",
)  # fmt: skip


@dataclass(frozen=True)
class Signer:
    """Digests of lines, links and batches, each under a key of its own."""

    line_key: bytes
    link_key: bytes
    batch_key: bytes

    def mac(self, row: tuple[object, ...]) -> str:
        """The MAC of a line, given the values of ``COVERED``."""
        key, at, *rest, facts = row
        content = [str(key), at.isoformat(), *map(str, rest), facts]  # type: ignore[attr-defined]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hmac.digest(self.line_key, text.encode(), "sha256").hex()

    def link(self, before: str, number: int, mac: str) -> str:
        """What binds line ``number`` to all before it; ``before`` is the link there, or the last batch's MAC."""
        return hmac.digest(self.link_key, f"{number} {before} {mac}".encode(), "sha256").hex()

    def seal(self, batch: JournalBatch) -> str:
        """The MAC of a batch."""
        content = [batch.number, batch.sealed_at.isoformat(), batch.first, batch.last, batch.digest, batch.previous]
        return hmac.digest(self.batch_key, json.dumps(content).encode(), "sha256").hex()


def covered(line: JournalLine) -> tuple[object, ...]:
    return tuple(getattr(line, name) for name in COVERED)


def signer() -> Signer:
    """The signer of this installation."""
    return _signer(settings.HOME.key("journal"))


@lru_cache(maxsize=4)
def _signer(key: bytes) -> Signer:
    return Signer(*(hmac.digest(key, f"journal {use} v1".encode(), "sha256") for use in ("line", "link", "batch")))
