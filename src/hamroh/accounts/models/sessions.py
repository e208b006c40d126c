"""Sessions at rest."""

from django.db import models
from django.utils import timezone

from hamroh.accounts.models.people import User


class Session(models.Model):
    """One browser's session: known by the hash of its id, its content sealed under the id itself.

    Who holds only the database can neither continue a session nor read what stands in it.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    payload = models.BinaryField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    #: rough: "Firefox, Android"
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
    locked = models.BooleanField(default=False)
