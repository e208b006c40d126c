"""Hazards and what they did: an event, the incidents in it, how severe each was when, and the log of its centre."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit
from hamroh.emergencies.states import EventLife
from hamroh.vault import fields
from hamroh.web.codes import new_code

KIND = "emergencies.event"


class Written(Exception):
    """A line that is only ever added to was to be changed."""


class Hazard(models.TextChoices):
    MUDFLOW = "mudflow", pgettext_lazy("hazard", "Mudflow")
    FLOOD = "flood", pgettext_lazy("hazard", "Flood")
    FLASH_FLOOD = "flash_flood", pgettext_lazy("hazard", "Flash flood")
    LANDSLIDE = "landslide", pgettext_lazy("hazard", "Landslide")
    AVALANCHE = "avalanche", pgettext_lazy("hazard", "Avalanche")
    EARTHQUAKE = "earthquake", pgettext_lazy("hazard", "Earthquake")
    STORM = "storm", pgettext_lazy("hazard", "Storm")
    HEAT = "heat", pgettext_lazy("hazard", "Heat wave")
    COLD = "cold", pgettext_lazy("hazard", "Cold wave")
    DROUGHT = "drought", pgettext_lazy("hazard", "Drought")
    FIRE = "fire", pgettext_lazy("hazard", "Fire")
    WILDFIRE = "wildfire", pgettext_lazy("hazard", "Wildfire")
    EPIDEMIC = "epidemic", pgettext_lazy("hazard", "Epidemic")
    INSECTS = "insects", pgettext_lazy("hazard", "Insect infestation")
    TECHNOLOGICAL = "technological", pgettext_lazy("hazard", "Technological accident")
    CONFLICT = "conflict", pgettext_lazy("hazard", "Conflict")
    OTHER = "other", pgettext_lazy("hazard", "Other")


class Severity(models.TextChoices):
    MINOR = "minor", pgettext_lazy("severity", "Minor")
    MODERATE = "moderate", pgettext_lazy("severity", "Moderate")
    SEVERE = "severe", pgettext_lazy("severity", "Severe")
    EXTREME = "extreme", pgettext_lazy("severity", "Extreme")


class Level(models.TextChoices):
    """Who can cope with it."""

    LOCAL = "local", pgettext_lazy("level", "The village or town copes")
    DISTRICT = "district", pgettext_lazy("level", "The district copes")
    REGION = "region", pgettext_lazy("level", "The region copes")
    NATIONAL = "national", pgettext_lazy("level", "The country copes")
    ABROAD = "abroad", pgettext_lazy("level", "Help from abroad is needed")


class Event(fields.SealedModel):
    """One hazard, or an exercise of one. ``titles`` is ``{lang: text}``, ``areas`` lists keys of admin units, ``seen_report`` its last report."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    hazard = models.CharField(max_length=16, choices=Hazard.choices)
    glide = models.CharField(max_length=20, blank=True)
    titles = models.JSONField(default=dict)
    areas = models.JSONField(default=list)
    is_exercise = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=EventLife.choices(), default=EventLife.initial)
    started_at = models.DateTimeField()
    ended_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    note = fields.SealedText(label="emergencies.event.note", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "-started_at"], name="events_of_a_house"),
            models.Index(fields=["organisation", "closed_date"], name="events_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_date__isnull=False) | (~Q(state="closed") & Q(closed_date__isnull=True)),
                name="an_event_ends_on_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"event {self.code}"


class OfEvent(fields.SealedModel):
    """A row of an event: whoever may do something to the event may do it to the row."""

    guarded = Guarded(part_of="event")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def sealed_under(self) -> tuple[str, str]:
        return KIND, str(self.event_id)


class AddedOnly(OfEvent):
    """A row that stands once it is written."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Written where it is to be changed."""
        if not self._state.adding:
            raise Written("a line of this kind is added to, never changed")
        super().save(**options)


class Incident(OfEvent):
    """What happened in one place, who leads there, and who commands. ``severity`` and ``level`` are those of its newest line."""

    place = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    spot = models.CharField(max_length=120, blank=True)
    lead = models.CharField(max_length=160)
    commander = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    severity = models.CharField(max_length=10, choices=Severity.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["event", "closed_at", "-started_at"], name="incidents_of_an_event")]


class SeverityLine(AddedOnly):
    """How severe an incident was thought to be from a moment on, and why."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    severity = models.CharField(max_length=10, choices=Severity.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    words = fields.SealedText(label="emergencies.severity_line.words", null=True)

    class Meta:
        indexes = [models.Index(fields=["incident", "-made_at"], name="severities_of_an_incident")]


class LogKind(models.TextChoices):
    NOTE = "note", pgettext_lazy("log", "Note")
    REPORT = "report", pgettext_lazy("log", "Report that came in")
    DECISION = "decision", pgettext_lazy("log", "Decision")
    REQUEST = "request", pgettext_lazy("log", "Request")
    HANDOVER = "handover", pgettext_lazy("log", "Handover of a shift")
    DONE = "done", pgettext_lazy("log", "Written by the system")


class LogLine(AddedOnly):
    """A line of the centre's log: what was learned, decided or handed over, when it happened and who wrote it."""

    incident = models.ForeignKey(Incident, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=LogKind.choices)
    happened_at = models.DateTimeField(default=timezone.now)
    words = fields.SealedText(label="emergencies.log_line.words")

    class Meta:
        indexes = [models.Index(fields=["event", "-happened_at", "-made_at"], name="log_of_an_event")]
