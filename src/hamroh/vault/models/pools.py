"""The people whom an organisation searches by name: keyed hashes of names and facts, sealed."""

import uuid

from django.db import models


class NamePool(models.Model):
    """The records of one kind that an organisation searches by name.

    ``secret`` is what its keys are hashed and its entries sealed with, itself sealed by the organisation's key. ``turn`` counts every
    entry that came, changed or was withdrawn; ``built`` how often the files that processes map were made anew for all of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField()
    kind = models.CharField(max_length=80)
    secret = models.BinaryField()
    turn = models.PositiveBigIntegerField(default=0)
    built = models.PositiveBigIntegerField(default=0)

    kept_by_organisation = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "kind"], name="one_name_pool_per_kind")]

    def __str__(self) -> str:
        return f"names of {self.kind}"


class PoolEntry(models.Model):
    """One record of a pool; ``sealed`` is empty once it was withdrawn, ``form`` says by which tables of names it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField()
    pool = models.ForeignKey(NamePool, on_delete=models.CASCADE, related_name="entries")
    record_kind = models.CharField(max_length=80)
    record_id = models.UUIDField()
    turn = models.PositiveBigIntegerField()
    form = models.CharField(max_length=16)
    sealed = models.BinaryField()

    kept_by_organisation = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pool", "record_id"], name="one_pool_entry_per_record")]
        indexes = [
            models.Index(fields=["pool", "turn"], name="pool_entries_by_turn"),
            models.Index(fields=["record_kind", "record_id"], name="pool_entries_of_a_record"),
        ]

    def __str__(self) -> str:
        return f"entry {self.turn} of {self.record_kind}"
