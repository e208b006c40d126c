"""What is needed and given, who is on duty, and what somebody has to do."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from hamroh.directory.models import AdminUnit
from hamroh.emergencies.models.events import AddedOnly, OfEvent
from hamroh.emergencies.states import NeedLife, TaskLife
from hamroh.vault import fields


class Sector(models.TextChoices):
    RESCUE = "rescue", pgettext_lazy("sector of need", "Search and rescue")
    SHELTER = "shelter", pgettext_lazy("sector of need", "Shelter and household goods")
    FOOD = "food", pgettext_lazy("sector of need", "Food")
    WATER = "water", pgettext_lazy("sector of need", "Water and hygiene")
    HEALTH = "health", pgettext_lazy("sector of need", "Health")
    PROTECTION = "protection", pgettext_lazy("sector of need", "Protection")
    EDUCATION = "education", pgettext_lazy("sector of need", "Education")
    LIVELIHOOD = "livelihood", pgettext_lazy("sector of need", "Work and farming")
    CASH = "cash", pgettext_lazy("sector of need", "Money")
    LOGISTICS = "logistics", pgettext_lazy("sector of need", "Transport and machines")
    INFORMATION = "information", pgettext_lazy("sector of need", "Information")


class Need(OfEvent):
    """So much of something is needed in a place by a day. What stands in the clear hangs on a wall: it names nobody."""

    place = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    sector = models.CharField(max_length=12, choices=Sector.choices)
    item = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField(null=True)
    by_date = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=NeedLife.choices(), default=NeedLife.initial)
    words = fields.SealedText(label="emergencies.need.words", null=True)

    class Meta:
        indexes = [models.Index(fields=["event", "state", "by_date"], name="needs_of_an_event")]


class Response(AddedOnly):
    """What somebody gave or promised towards a need."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    giver = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField(null=True)
    is_delivered = models.BooleanField(default=False)
    on_date = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["need", "on_date"], name="responses_to_a_need")]


class Duty(models.TextChoices):
    """What somebody does in a centre."""

    COMMAND = "command", pgettext_lazy("duty", "Leads")
    OPERATIONS = "operations", pgettext_lazy("duty", "Operations")
    PLANNING = "planning", pgettext_lazy("duty", "Planning and figures")
    LOGISTICS = "logistics", pgettext_lazy("duty", "Supplies and transport")
    INFORMATION = "information", pgettext_lazy("duty", "Information to the public")
    LIAISON = "liaison", pgettext_lazy("duty", "Link to other organisations")
    PROTECTION = "protection", pgettext_lazy("duty", "Protection")
    LOG = "log", pgettext_lazy("duty", "Keeps the log")


class Shift(OfEvent):
    """Who is on duty as what from when to when; how she is rung is sealed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=12, choices=Duty.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    phone = fields.SealedText(label="emergencies.shift.phone", null=True)

    class Meta:
        indexes = [models.Index(fields=["event", "ends_at", "starts_at"], name="shifts_of_an_event")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_shift_ends_after_it_begins")
        ]


class Task(OfEvent):
    """What somebody has to do until when. ``title`` hangs on a wall; names and addresses stand in the sealed words."""

    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=TaskLife.choices(), default=TaskLife.initial)
    due_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    #: when she was reminded, and when those who lead were told that it is late
    reminded_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(null=True)
    words = fields.SealedText(label="emergencies.task.words", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["event", "state", "due_at"], name="tasks_of_an_event"),
            models.Index(fields=["assignee", "state", "due_at"], name="emergency_tasks_of_a_person"),
            models.Index(fields=["state", "due_at"], name="emergency_tasks_by_day"),
        ]


class TaskLine(AddedOnly):
    """One thing that was done to a task: given, taken, given to somebody else, done, called off, reminded."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=10)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    words = fields.SealedText(label="emergencies.task_line.words", null=True)

    class Meta:
        indexes = [models.Index(fields=["task", "made_at"], name="lines_of_a_task")]
