"""A legal matter of a case: alimony, paternity, divorce; what was done in it, its days, and what went abroad."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import User
from hamroh.cases.models.case import OfCase
from hamroh.vault import fields


class MatterKind(models.TextChoices):
    ALIMONY = "alimony", pgettext_lazy("matter", "Alimony")
    PATERNITY = "paternity", pgettext_lazy("matter", "Paternity")
    DIVORCE = "divorce", pgettext_lazy("matter", "Divorce")
    MISSING = "missing", pgettext_lazy("matter", "Husband declared missing")
    DEAD = "dead", pgettext_lazy("matter", "Husband declared dead")
    RESIDENCE = "residence", pgettext_lazy("matter", "Her place in the house")
    DIVISION = "division", pgettext_lazy("matter", "Division of property")
    DEBT = "debt", pgettext_lazy("matter", "Husband’s loan")
    PROTECTION = "protection", pgettext_lazy("matter", "Protection from violence")
    SUPPORT = "support", pgettext_lazy("matter", "State support")
    DOCUMENTS = "documents", pgettext_lazy("matter", "Documents")
    EARLY_MARRIAGE = "early_marriage", pgettext_lazy("matter", "Early or forced marriage")


class Result(models.TextChoices):
    """How a matter ended."""

    WON = "won", pgettext_lazy("result", "What she wanted")
    PARTLY = "partly", pgettext_lazy("result", "A part of it")
    AGREED = "agreed", pgettext_lazy("result", "They agreed")
    LOST = "lost", pgettext_lazy("result", "Nothing")
    WITHDRAWN = "withdrawn", pgettext_lazy("result", "She withdrew it")
    HANDED_ON = "handed_on", pgettext_lazy("result", "Somebody else goes on with it")


class Matter(OfCase):
    """One matter, in the country whose law it goes by. ``stage`` is the step of its declared workflow that comes next, empty after the last.

    ``facts``: ``court``, ``number``, ``judge``, ``costs``, ``ended`` in words, and ``papers``, a state for each code.
    """

    kind = models.CharField(max_length=16, choices=MatterKind.choices)
    country = models.CharField(max_length=2)
    stage = models.CharField(max_length=40)
    opened_date = models.DateField()
    ended_date = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=20, blank=True, choices=Result.choices)
    #: court, number of the case there, and whatever the steps asked
    facts = fields.SealedJSON(label="cases.matter.facts", null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "ended_date"], name="matters_of_a_case")]

    def __str__(self) -> str:
        return f"{self.kind} {str(self.pk)[:8]}"


class StepState(models.TextChoices):
    DONE = "done", pgettext_lazy("step", "Done")
    NOT_NEEDED = "not_needed", pgettext_lazy("step", "Not needed")
    WANTED = "wanted", pgettext_lazy("step", "She wants it")
    UNWANTED = "unwanted", pgettext_lazy("step", "She does not want it")


#: nothing more is to be done in these
SETTLED = (StepState.DONE, StepState.NOT_NEEDED, StepState.UNWANTED)


class MatterStep(OfCase):
    """What became of one step of a workflow; a step without a row is still to come.

    ``facts``: ``on``, the day, and ``words``; of what only she decides also ``advised_on`` and ``said``.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=StepState.choices)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    facts = fields.SealedJSON(label="cases.matter_step.facts", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "code"], name="a_step_of_a_matter_once")]


class DeadlineState(models.TextChoices):
    OPEN = "open", pgettext_lazy("deadline", "Open")
    DONE = "done", pgettext_lazy("deadline", "Done")
    DROPPED = "dropped", pgettext_lazy("deadline", "Does not count any more")


class DeadlineTurn(models.TextChoices):
    """Whose a day is."""

    HERS = "hers", pgettext_lazy("turn", "To be done by this day")
    THEIRS = "theirs", pgettext_lazy("turn", "The others have until this day")
    FROM = "from", pgettext_lazy("turn", "Possible from this day on")
    OURS = "ours", pgettext_lazy("turn", "Our own reminder")


class Deadline(OfCase):
    """A day of a matter: counted from a term of the law and the day of its event, or set by ourselves (``term`` is empty then).

    ``due_date`` is the day to act by in every reading, ``last_date`` the one after days off moved it. What the law says is read
    anew whenever it is shown; ``facts`` keep our own ``words``, and ``value``, ``article``, ``by`` where a lawyer states the period.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="deadlines")
    turn = models.CharField(max_length=8, choices=DeadlineTurn.choices)
    term = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=80, blank=True)
    #: the state whose days off count
    calendar = models.CharField(max_length=2, blank=True)
    base_date = models.DateField(null=True)
    due_date = models.DateField()
    last_date = models.DateField()
    state = models.CharField(max_length=8, choices=DeadlineState.choices, default=DeadlineState.OPEN)
    settled_date = models.DateField(null=True)
    #: the days that they were before a change of the law, or a day off that was announced, moved them; and when that was
    was_date = models.DateField(null=True)
    was_last_date = models.DateField(null=True)
    moved_at = models.DateTimeField(null=True)
    facts = fields.SealedJSON(label="cases.deadline.facts", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "due_date"], name="deadlines_ahead"),
            models.Index(fields=["matter", "state", "due_date"], name="deadlines_of_a_matter"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(term="") | Q(base_date__isnull=False), name="a_term_is_counted_from_a_day"
            )
        ]


class HearingState(models.TextChoices):
    AHEAD = "ahead", pgettext_lazy("hearing", "Set")
    HELD = "held", pgettext_lazy("hearing", "Held")
    PUT_OFF = "put_off", pgettext_lazy("hearing", "Put off")
    CANCELLED = "cancelled", pgettext_lazy("hearing", "Cancelled")


class Hearing(OfCase):
    """A hearing: its moment in the clear, for lists and calendars; ``facts`` say the court, the room and what to bring or what was said."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="hearings")
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=HearingState.choices, default=HearingState.AHEAD)
    facts = fields.SealedJSON(label="cases.hearing.facts", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "starts_at"], name="hearings_ahead"),
            models.Index(fields=["matter", "starts_at"], name="hearings_of_a_matter"),
        ]


class DispatchWay(models.TextChoices):
    SENT = "sent", pgettext_lazy("dispatch", "Sent")
    RECEIVED = "received", pgettext_lazy("dispatch", "Received")


class Dispatch(OfCase):
    """One line of what went abroad or came back; only ever added. ``facts``: ``whom``, ``number``, ``words``.

    ``alarm`` is the day on which silence is too long.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="dispatches")
    way = models.CharField(max_length=8, choices=DispatchWay.choices)
    country = models.CharField(max_length=2)
    on_date = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    alarm = models.ForeignKey(Deadline, null=True, on_delete=models.SET_NULL, related_name="+")
    facts = fields.SealedJSON(label="cases.dispatch.facts")

    class Meta:
        indexes = [models.Index(fields=["matter", "on_date"], name="dispatches_of_a_matter")]


class CalendarToken(models.Model):
    """The address under which one person's calendar is fetched: its hash. Making a new one revokes the old one."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    fetched_at = models.DateTimeField(null=True)
