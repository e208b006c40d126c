"""Tables of retention: chosen periods, holds, releases with their lines, and what the nightly count found. Bare ids, no content."""

import uuid

from django.db import models
from django.db.models import Q

from hamroh.vault.states import ReleaseLife
from hamroh.web.ids import uuid7

#: kind and id of a record, as all tables name it that point to records by bare ids
KIND, ID = "record_kind", "record_id"


class RetentionPeriod(models.Model):
    """The length that an organisation chose for a class of records instead of the proposed one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation_id = models.UUIDField()
    record_class = models.CharField(max_length=40)
    length = models.PositiveIntegerField()
    why = models.CharField(max_length=20)
    chosen_at = models.DateTimeField()
    chosen_by_id = models.UUIDField(null=True)

    kept_by_organisation = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "record_class"], name="one_period_per_class")]

    def __str__(self) -> str:
        return f"{self.record_class} {self.length}"


class Hold(models.Model):
    """A record is kept beyond its time: held until somebody lifts it, by its owner's objection, or longer until a day.

    ``until_date`` is the day on which a hold is looked at again; a record that is kept longer is due again on it.
    """

    HELD, OBJECTION, LONGER = "held", "objection", "longer"
    SORTS = ((HELD, "Held"), (OBJECTION, "Objection"), (LONGER, "Kept longer"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField()
    record_kind = models.CharField(max_length=80)
    record_id = models.UUIDField()
    sort = models.CharField(max_length=12, choices=SORTS)
    why = models.CharField(max_length=20)
    until_date = models.DateField()
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by_id = models.UUIDField(null=True)

    kept_by_organisation = True

    class Meta:
        indexes = [
            models.Index(fields=["record_kind", "record_id"], name="holds_of_a_record"),
            models.Index(fields=["organisation_id", "until_date"], condition=Q(lifted_at=None), name="holds_to_review"),
        ]

    def __str__(self) -> str:
        return f"{self.sort} of {self.record_kind}"


class Release(models.Model):
    """Records of one class that one person proposes to let go and a second one releases; it stays when they are gone.

    ``rule`` tells what was in force, such as ``closed 60 months``; ``proposed_as`` and ``released_as`` are roles.
    """

    DUE, ASKED = "due", "asked"
    GROUNDS = ((DUE, "The period is over"), (ASKED, "Asked for"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField()
    record_class = models.CharField(max_length=40)
    rule = models.CharField(max_length=80)
    ground = models.CharField(max_length=8, choices=GROUNDS)
    state = models.CharField(max_length=12, choices=ReleaseLife.choices(), default=ReleaseLife.initial)
    proposed_at = models.DateTimeField()
    proposed_by_id = models.UUIDField()
    proposed_as = models.CharField(max_length=30)
    opens_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by_id = models.UUIDField(null=True)
    released_as = models.CharField(max_length=30, blank=True)
    ended_at = models.DateTimeField(null=True)

    kept_by_organisation = outlives_records = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by_id=None) | ~Q(released_by_id=models.F("proposed_by_id")),
                name="a_second_person_releases",
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "state"], name="releases_by_state")]

    def __str__(self) -> str:
        return f"release {str(self.pk)[:8]} ({self.state})"


class ReleaseLine(models.Model):
    """One record of a release. Once it is erased this line is its tombstone: code, week, and the journal's line about it.

    ``mark`` is a digest of the record as it was proposed. ``files_left`` are ids of files whose ciphertext is still to be removed.
    """

    WAITING, ERASED, HELD, CHANGED, GONE, STUCK = "waiting", "erased", "held", "changed", "gone", "stuck"
    OUTCOMES = (
        (WAITING, "Waiting"), (ERASED, "Erased"), (HELD, "Held"), (CHANGED, "Changed"), (GONE, "Gone before"),
        (STUCK, "Something else needs it"),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="lines")
    record_kind = models.CharField(max_length=80)
    record_id = models.UUIDField()
    code = models.CharField(max_length=40)
    mark = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, default=WAITING)
    erased_week = models.DateField(null=True)
    journal_line = models.UUIDField(null=True)
    gone = models.JSONField(default=dict)
    files_left = models.JSONField(default=list)

    kept_by_organisation = outlives_records = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_kind", "record_id"], condition=Q(outcome="waiting"), name="proposed_once_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["record_kind", "record_id"], name="lines_of_a_record")]

    def __str__(self) -> str:
        return f"{self.code} ({self.outcome})"


class RetentionCount(models.Model):
    """What the nightly count found due of one class in one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation_id = models.UUIDField()
    record_class = models.CharField(max_length=40)
    counted_at = models.DateTimeField()
    due = models.PositiveIntegerField()
    oldest_due_date = models.DateField(null=True)

    kept_by_organisation = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "record_class"], name="one_count_per_class")]

    def __str__(self) -> str:
        return f"{self.record_class}: {self.due} due"
