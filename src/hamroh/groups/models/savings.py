"""What a savings group keeps: cycles with the terms it agreed, meetings, and its ledger, which is only ever added to.

Amounts that belong to a member lie sealed, with her number beside them: from the tables alone nobody learns who saved or who owes.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from hamroh.groups.models.groups import AddedOnly, OfGroup
from hamroh.groups.states import CycleLife, MeetingLife
from hamroh.vault import fields


class Cycle(OfGroup):
    """From the first meeting to the share-out. ``terms`` are those of ``kernel.savings.Terms``; ``out`` is the share-out as it was paid."""

    number = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    terms = models.JSONField(default=dict)
    starts_date = models.DateField()
    state = models.CharField(max_length=8, choices=CycleLife.choices(), default=CycleLife.initial)
    #: members when it began: who left since is reckoned from them
    began_with = models.PositiveSmallIntegerField(default=0)
    shared_date = models.DateField(null=True)
    out = fields.SealedJSON(label="groups.cycle.out", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="a_cycle_has_its_number"),
            models.UniqueConstraint(fields=["group"], condition=Q(state="open"), name="a_group_has_one_cycle_open"),
            models.CheckConstraint(
                condition=Q(state="open", shared_date__isnull=True) | Q(state="shared", shared_date__isnull=False),
                name="a_cycle_is_shared_out_on_a_day",
            ),
        ]  # fmt: skip


class Meeting(OfGroup):
    """A meeting of a group, by its number. Who came, what was decided and what was in the bag lie sealed; that many came does not.

    ``attendance`` is ``{member's number: how}``, ``minutes`` holds ``agenda`` (lines) and ``decisions`` (``words``, ``for``,
    ``against``, ``abstained``, ``member`` who took a task, ``due``), ``cash`` holds ``counted``, ``book`` and ``why`` for each bag,
    ``book`` the balances when it was closed.
    """

    cycle = models.ForeignKey(Cycle, null=True, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    held_date = models.DateField()
    state = models.CharField(max_length=8, choices=MeetingLife.choices(), default=MeetingLife.initial)
    came = models.PositiveSmallIntegerField(null=True)
    expected = models.PositiveSmallIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    attendance = fields.SealedJSON(label="groups.meeting.attendance", null=True)
    minutes = fields.SealedJSON(label="groups.meeting.minutes", null=True)
    cash = fields.SealedJSON(label="groups.meeting.cash", null=True)
    book = fields.SealedJSON(label="groups.meeting.book", null=True)
    #: why it was opened again, the last time
    why = fields.SealedText(label="groups.meeting.why", null=True)

    class Meta:
        indexes = [models.Index(fields=["group", "-held_date"], name="meetings_of_a_group")]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="a_meeting_has_its_number"),
            models.UniqueConstraint(fields=["group"], condition=Q(state="open"), name="a_group_has_one_meeting_open"),
            models.CheckConstraint(
                condition=Q(came__isnull=True) | Q(came__lte=F("expected")), name="no_more_come_than_are_expected"
            ),
        ]  # fmt: skip


class Entry(AddedOnly):
    """Lines of the ledger that were written in one act. ``lines`` are those of ``kernel.savings.Line``; the database changes none.

    ``number`` runs through the cycle without a gap.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    lines = fields.SealedJSON(label="groups.entry.lines")

    class Meta:
        indexes = [models.Index(fields=["meeting", "number"], name="entries_of_a_meeting")]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="an_entry_has_its_number")]


class Attended(models.TextChoices):
    """How a member attended."""

    PRESENT = "present", pgettext_lazy("attended", "Here")
    LATE = "late", pgettext_lazy("attended", "Late")
    EXCUSED = "excused", pgettext_lazy("attended", "Excused")
    ABSENT = "absent", pgettext_lazy("attended", "Not here")
