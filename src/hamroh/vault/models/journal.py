"""The journal's tables: who did or opened what, in lines that only grow, and the batches that chain them."""

from django.db import models
from django.db.models import F, Q

from hamroh.web.ids import uuid7


class JournalLine(models.Model):
    """One write, or one opening of sealed data; bare ids only: rooms above the vault are never referred to by key.

    A line is written with ``mac``, a keyed digest of its content. The sealer gives it ``number``, its place in the
    chain without gaps, and ``link``, which binds it to everything before; both are empty until then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    written_at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=80)
    record_kind = models.CharField(max_length=80)
    record_id = models.CharField(max_length=64)
    #: why sealed data was opened; empty on a write
    purpose = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict)
    mac = models.CharField(max_length=64)
    number = models.BigIntegerField(null=True, unique=True)
    link = models.CharField(max_length=64, blank=True)

    outlives_records = True

    class Meta:
        indexes = [
            models.Index(fields=["record_kind", "record_id", "-written_at"], name="journal_of_a_record"),
            models.Index(fields=["actor_id", "-written_at"], name="journal_of_a_person"),
            models.Index(fields=["id"], condition=Q(number__isnull=True), name="journal_unsealed"),
        ]


class JournalBatch(models.Model):
    """Lines ``first`` to ``last``, chained at one time; ``digest`` is the last line's link.

    ``previous`` is the MAC of the batch before ("" in the first one); ``mac`` covers all of this.
    """

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="batch_holds_lines")]

    @property
    def lines(self) -> int:
        return self.last - self.first + 1
