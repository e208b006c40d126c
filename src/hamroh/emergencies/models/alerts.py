"""Alerts to the public: as they are written and signed, and as they went out."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.emergencies.models.events import Event, Written
from hamroh.emergencies.states import AlertLife
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Status(models.TextChoices):
    """What an alert is for, in the standard's words."""

    EXERCISE = "Exercise", pgettext_lazy("status of an alert", "Exercise")
    TEST = "Test", pgettext_lazy("status of an alert", "Technical test")
    ACTUAL = "Actual", pgettext_lazy("status of an alert", "Real: people are to act on it")


class MessageType(models.TextChoices):
    ALERT = "Alert", pgettext_lazy("kind of an alert", "Alert")
    UPDATE = "Update", pgettext_lazy("kind of an alert", "Update")
    CANCEL = "Cancel", pgettext_lazy("kind of an alert", "Cancellation")


class Alert(models.Model):
    """An alert on its way out.

    ``facts`` are what is the same in every language (category, responses, urgency, severity, certainty, onset, expires, radius),
    ``areas`` keys of admin units, ``texts`` ``{lang: {headline, description, instruction}}``. ``refers_to`` is the alert that went out
    and that this one updates or takes back. ``version`` counts changes: a signature is for one version.
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, null=True, on_delete=models.SET_NULL, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    state = models.CharField(max_length=8, choices=AlertLife.choices(), default=AlertLife.initial)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.EXERCISE)
    kind = models.CharField(max_length=6, choices=MessageType.choices, default=MessageType.ALERT)
    refers_to = models.ForeignKey("emergencies.IssuedAlert", null=True, on_delete=models.PROTECT, related_name="+")
    hazard = models.CharField(max_length=16)
    facts = models.JSONField(default=dict)
    areas = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "state", "-changed_at"], name="alerts_of_a_house")]

    def __str__(self) -> str:
        return f"alert {self.code}"


class Signature(models.Model):
    """Somebody stands by one version of an alert."""

    guarded = Guarded(part_of="alert")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="signatures")
    version = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "version", "made_by"], name="a_person_signs_a_version_once"),
        ]

    def save(self, **options: Any) -> None:
        """Written where it is to be changed."""
        if not self._state.adding:
            raise Written("a signature is given once")
        super().save(**options)


class IssuedAlert(models.Model):
    """An alert as it went out: public, at its address for ever, and never changed but for the day that it ended.

    ``superseded_at`` is when an update or a cancellation that refers to it went out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    identifier = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=300)
    references = models.JSONField(default=list)
    status = models.CharField(max_length=8, choices=Status.choices)
    kind = models.CharField(max_length=6, choices=MessageType.choices)
    hazard = models.CharField(max_length=16)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    #: ``{lang: {headline, description, instruction, area}}`` and what is the same in each
    content = models.JSONField()
    xml = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["expires_at", "superseded_at"], name="alerts_in_force")]

    def __str__(self) -> str:
        return self.identifier
