"""The journal's face: ``record`` a write, read a record's ``history``, find changed lines."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from hamroh.vault.models import JournalLine


def record(*, actor: Any, verb: str, about: models.Model, facts: dict[str, Any] | None = None) -> JournalLine:
    """Write one line inside the caller's transaction; ``facts`` must be plain JSON without personal data.

    ``actor`` is a user, or None where the installation itself acts (a scheduled task, the demo).
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal line commits with the write it tells of: open the action's transaction first")
    line = JournalLine(
        written_at=timezone.now(),
        actor_id=getattr(actor, "pk", None),
        verb=verb,
        record_kind=about._meta.label_lower,  # noqa: SLF001 - Django's documented face of a model
        record_id=str(about.pk),
        facts=facts or {},
    )
    line.mac = digest(line)
    line.save(force_insert=True)
    return line


def history(about: models.Model) -> models.QuerySet[JournalLine]:
    """Lines about one record, newest first."""
    kind = about._meta.label_lower  # noqa: SLF001
    return JournalLine.objects.filter(record_kind=kind, record_id=str(about.pk)).order_by("-written_at", "-id")


def content_of(line: JournalLine) -> dict[str, Any]:
    """What the digest covers."""
    return {
        "id": str(line.id),
        "at": line.written_at.isoformat(),
        "actor": str(line.actor_id),
        "verb": line.verb,
        "record": [line.record_kind, line.record_id],
        "facts": line.facts,
    }


def digest(line: JournalLine) -> str:
    content = json.dumps(content_of(line), sort_keys=True, ensure_ascii=False).encode()
    return hmac.new(settings.HOME.key("journal"), content, hashlib.sha256).hexdigest()


def changed_lines() -> Iterator[JournalLine]:
    """Lines whose content no longer fits their digest."""
    for line in JournalLine.objects.order_by("written_at", "id").iterator():
        if not hmac.compare_digest(line.mac, digest(line)):
            yield line
