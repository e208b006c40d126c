"""Who waits to be let into her records again: one person hears her signs, a second one types the recovery papers."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models.people import Organisation, User
from hamroh.web.ids import uuid7

LASTS = timedelta(hours=72)


def in_three_days() -> datetime:
    return timezone.now() + LASTS


class AdmissionQuerySet(models.QuerySet["Admission"]):
    def open(self) -> "AdmissionQuerySet":
        return self.filter(ended_at=None, expires_at__gt=timezone.now())


class Admission(models.Model):
    """``signs`` are those of the key that was compared by word of mouth: another key made since is not let in by it."""

    guarded = Guarded(organisation="organisation_id")
    kept_by_organisation = True
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    signs = models.CharField(max_length=19)
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_three_days)
    ended_at = models.DateTimeField(null=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(ended_at=None), name="one_open_admission"
            )
        ]

    def __str__(self) -> str:
        return f"admission {str(self.pk)[:8]}"
