"""The journal's face: ``record`` a write, tell what was ``opened``, read a record's ``history``."""

import contextlib
import contextvars
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DatabaseError, models, transaction
from django.utils import timezone

from hamroh.vault import sealing
from hamroh.vault.errors import KeyDestroyed, Tampered, VaultSealed
from hamroh.vault.lines import covered, signer
from hamroh.vault.models import JournalLine
from hamroh.web import logs

#: what the security log is told, too: the door, exceptions to the policy, keys and broken seals, the installation itself
WATCHED = ("accounts.", "access.", "vault.", "site.")
PLAIN = (str, int, bool, type(None))


class Unwritable(RuntimeError):
    """What was opened cannot be written down, so it may not be shown."""


class Opened(NamedTuple):
    """One line of openings: who opened which record, by which right and why."""

    record: tuple[str, str]
    verb: str
    purpose: str
    actor_id: UUID | None
    organisation_id: UUID | None


@dataclass
class Buffer:
    """Openings of a request, a task or a command that are not written yet: fields by line."""

    where: str
    #: a plain tuple of what ``Opened`` names: it is made for every value that a page shows
    lines: dict[tuple[Any, ...], dict[str, None]] = field(default_factory=dict)

    def write(self) -> None:
        """Write the lines in a transaction of their own and forget them; raises Unwritable where that fails."""
        if not self.lines:
            return
        rows = [_opening(Opened(*line), list(fields), self.where) for line, fields in self.lines.items()]
        try:
            with transaction.atomic(durable=True):
                JournalLine.objects.bulk_create(rows)
        except (DatabaseError, OSError) as error:
            raise Unwritable("openings of sealed data cannot be written to the journal") from error
        for row in rows:
            if row.verb.startswith(WATCHED):
                _watch(row)
        self.lines.clear()


_buffer: contextvars.ContextVar[Buffer | None] = contextvars.ContextVar("journal_openings", default=None)


def record(*, actor: Any, verb: str, about: models.Model, facts: dict[str, Any] | None = None) -> JournalLine:
    """Write one line inside the caller's transaction; ``facts`` must be plain JSON without personal data.

    ``actor`` is a user, or None where the installation itself acts (a scheduled task, the demo). Raises RuntimeError
    outside a transaction, TypeError for a fact that is not plain: a sealed or an opened value, bytes, an object.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal line commits with the write it tells of: open the action's transaction first")
    line = _signed(
        actor_id=getattr(actor, "pk", None),
        organisation_id=getattr(about, "organisation_id", None),
        verb=verb,
        record_kind=about._meta.label_lower,  # noqa: SLF001 - Django's documented face of a model
        record_id=str(about.pk),
        facts=_plain(facts or {}) | _seal_of(about),
    )
    line.save(force_insert=True)
    if verb.startswith(WATCHED):
        transaction.on_commit(lambda: _watch(line))
    return line


def _watch(line: JournalLine) -> None:
    """Tell the security log what concerns it, once it stands: who guards a house reads one log."""
    record = f"{line.record_kind} {line.record_id}"
    logs.security(line.verb, user=line.actor_id, record=record, facts=line.facts or None)


def _seal_of(about: models.Model) -> dict[str, int]:
    """How often a sealed row was written by now: a row put back as it once was is told by its later lines."""
    if not getattr(about, "row_seal", None):
        return {}
    try:
        return {"seal": sealing.generation(about)}
    except (KeyDestroyed, Tampered, VaultSealed):
        return {}


def opened(
    *,
    actor_id: UUID | None,
    verb: str,
    record: tuple[str, str],
    fields: Sequence[str],
    purpose: str,
    organisation_id: UUID | None = None,
) -> None:
    """Tell that sealed fields were opened; "" is every field. Raises RuntimeError outside ``openings``.

    ``purpose`` is one of our own words, never what somebody typed: at most 80 characters.
    """
    buffer = _buffer.get()
    if buffer is None:
        raise RuntimeError("sealed data is opened within journal.openings(): nothing here would write it down")
    if not purpose or len(purpose) > 80:
        raise ValueError("say in 1 to 80 characters what the record is opened for")
    if fields:
        buffer.lines.setdefault((record, verb, purpose, actor_id, organisation_id), {}).update(dict.fromkeys(fields))


@contextlib.contextmanager
def openings(where: str) -> Iterator[Buffer]:
    """Collect what the block opens and write it at the end, one line per person, record and purpose.

    The lines have their own transaction and are written also when the block raises, so that a rolled-back write does
    not take back the record of what was read. Stands around transactions, never inside one (RuntimeError).
    """
    buffer = Buffer(where)
    token = _buffer.set(buffer)
    try:
        yield buffer
    finally:
        _buffer.reset(token)
        buffer.write()


def history(about: models.Model) -> models.QuerySet[JournalLine]:
    """Lines about one record, newest first."""
    kind = about._meta.label_lower  # noqa: SLF001
    return JournalLine.objects.filter(record_kind=kind, record_id=str(about.pk)).order_by("-written_at", "-id")


def _opening(opened: Opened, fields: list[str], where: str) -> JournalLine:
    kind, key = opened.record
    return _signed(
        actor_id=opened.actor_id,
        organisation_id=opened.organisation_id,
        verb=opened.verb,
        record_kind=kind,
        record_id=key,
        purpose=opened.purpose,
        facts={"fields": fields, "where": where},
    )


def _signed(**content: Any) -> JournalLine:
    line = JournalLine(written_at=timezone.now(), **content)
    line.mac = signer().mac(covered(line))
    return line


def _plain(value: Any) -> Any:
    """The value as plain JSON; only exact types pass, so that nothing of the vault slips in as a kind of text."""
    if isinstance(value, Enum):
        return _plain(value.value)
    if type(value) in PLAIN or (type(value) is float and math.isfinite(value)):
        return value
    if type(value) in (list, tuple):
        return [_plain(each) for each in value]
    if type(value) is dict and all(type(key) is str for key in value):
        return {key: _plain(each) for key, each in value.items()}
    raise TypeError(f"a journal's facts are plain JSON, not {type(value).__name__}")
