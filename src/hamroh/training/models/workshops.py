"""Workshops on a household budget: a code for some hours, counts of what was shared by choice, and what was let out when it closed.

Nothing of one household is kept: a share only adds one to a few counts. No row says when, and none says who.
"""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.training.models.courses import OfRound
from hamroh.web.ids import uuid7

CODE_LENGTH = 8


def new_workshop_code() -> str:
    """Eight digits: they can be typed on any keyboard, and the code lasts for hours only."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH))


class Workshop(OfRound):
    """An hour of a round in which households plan. ``expected`` is the most that may share; ``released`` is what was shown when it closed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_workshop_code, editable=False)
    expected = models.PositiveSmallIntegerField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    released = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["round", "-opened_at"], name="workshops_of_a_round")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, released__isnull=True)
                | Q(closed_at__isnull=False, released__isnull=False),
                name="a_workshop_tells_when_it_closes",
            )
        ]

    def __str__(self) -> str:
        return f"workshop of {self.round_id}"


class WorkshopCount(models.Model):
    """How many households shared a class of a measure; gone when the workshop closes. Its key tells no order."""

    guarded = Guarded(part_of="workshop")
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="counts")
    measure = models.CharField(max_length=8)
    currency = models.CharField(max_length=3)
    band = models.PositiveSmallIntegerField()
    households = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "measure", "currency", "band"], name="a_count_of_a_workshop"),
        ]

    def __str__(self) -> str:
        return f"count of {self.workshop_id}"
