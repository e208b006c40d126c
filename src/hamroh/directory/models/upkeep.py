"""What keeps the directory true: public reports, imports, and emergency routes with their checks."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hamroh.directory.models.parties import Party
from hamroh.directory.models.places import AdminUnit
from hamroh.directory.models.services import Service
from hamroh.directory.states import ReportStates
from hamroh.web.ids import uuid7


class Report(models.Model):
    """ "Something is wrong here", by anybody: fixed choices, no free text, only the day is kept.

    Reports of one day that say the same are one row that counts ``times``: a flood fills nothing and needs no sender.
    The key is random, since one that grows with time tells the moment.
    """

    class Reason(models.TextChoices):
        NOBODY_ANSWERS = "nobody_answers", _("Nobody answers the phone")
        WRONG_NUMBER = "wrong_number", _("The number belongs to somebody else")
        MOVED = "moved", _("They are no longer at this address")
        CLOSED = "closed", _("This help no longer exists")
        WRONG_HOURS = "wrong_hours", _("The opening hours are wrong")
        ASKED_MONEY = "asked_money", _("They asked for money")
        REFUSED = "refused", _("They refused to help")
        NOT_SAFE = "not_safe", _("It was not safe for me")
        OTHER = "other", _("Something else is wrong")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.CASCADE, related_name="reports")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    received_date = models.DateField()
    times = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=14, choices=ReportStates.choices(), default=ReportStates.initial)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=False) | Q(service__isnull=False), name="report_is_about_something"
            )
        ]
        indexes = [models.Index(fields=["state", "received_date"], name="report_queue")]


class EmergencyRouteQuerySet(models.QuerySet["EmergencyRoute"]):
    def public(self) -> "EmergencyRouteQuerySet":
        """Verified by an editor; one past its next check stays, with its date, since a missing number is worse."""
        return self.filter(verified_date__isnull=False).order_by("rank", "key")


class EmergencyRoute(models.Model):
    """A number for danger now, per country; shown to the public only once an editor has verified it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=60, unique=True)
    country = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="emergency_routes")
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=40)
    names = models.JSONField(default=dict)
    notes = models.JSONField(default=dict, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    certainty = models.CharField(max_length=1, blank=True)
    source = models.CharField(max_length=300, blank=True)
    verified_date = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    next_review_date = models.DateField(null=True, blank=True)

    objects = EmergencyRouteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["country", "rank"], name="routes_of_a_country")]


class ImportBatch(models.Model):
    """One import of a file: its digest, who did it, and what became of each row (``{row, fate, reasons}``)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    counts = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
