"""The journal's table: who did what to which record, in lines that only grow."""

from typing import Any

from django.db import models

from hamroh.web.ids import uuid7


class JournalLine(models.Model):
    """One write, bare ids only: rooms above the vault are never referred to by key.

    ``mac`` is a keyed digest of the line, so that a changed line is found.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    written_at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=80)
    record_kind = models.CharField(max_length=80)
    record_id = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    mac = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["record_kind", "record_id", "-written_at"], name="journal_of_a_record"),
            models.Index(fields=["actor_id", "-written_at"], name="journal_of_a_person"),
        ]

    def sealed_content(self) -> dict[str, Any]:
        """What the digest covers."""
        return {
            "id": str(self.id),
            "at": self.written_at.isoformat(),
            "actor": str(self.actor_id),
            "verb": self.verb,
            "record": [self.record_kind, self.record_id],
            "facts": self.facts,
        }
