"""What the door remembers: how many tries are left, and which devices came in before."""

from django.db import models
from django.utils import timezone

from hamroh.accounts.models.people import User
from hamroh.web.ids import uuid7


class Allowance(models.Model):
    """Tries that refill with time: one moment tells how far ahead of its refill a name or an address is.

    ``key`` is a keyed hash, so that no name and no address can be read from it; a row whose moment has passed says
    nothing any more and is dropped.
    """

    key = models.CharField(max_length=64, primary_key=True)
    #: seconds since 1970; the next try moves it on
    until = models.FloatField(db_index=True)


class KnownDevice(models.Model):
    """A browser in which somebody signed in before: her own tries there are counted apart from strangers'."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_devices")
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="device_is_known_once")]
