"""Groups that were taken along on a telephone, and what telephones recorded."""

from django.conf import settings
from django.db import models

from hamroh.groups.models.groups import OfGroup
from hamroh.groups.models.savings import Meeting
from hamroh.groups.states import ParcelLife
from hamroh.vault import fields
from hamroh.web.codes import new_code


class Carried(OfGroup):
    """A group on somebody's telephone, for one meeting and some days: aliases, numbers and balances, nothing else of the group.

    ``token_hash`` is the SHA-256 of what the browser shows when it asks; ``public`` the key to which the telephone seals what it
    recorded, ``private`` the other half. Revoked or past its day it is wiped there, and what comes of a revoked one is refused.
    """

    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    meeting_number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    public = models.TextField()
    private = fields.SealedBytes(label="groups.carried.private")
    expires_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["group", "-made_at"], name="telephones_of_a_group")]


class Parcel(OfGroup):
    """What one telephone recorded of a meeting, as it came. ``told`` is all of it; ``differs`` counts what is still to be settled.

    ``settled`` is ``{what it is about: which record was kept}``.
    """

    carried = models.ForeignKey(Carried, on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=ParcelLife.choices(), default=ParcelLife.initial)
    differs = models.PositiveSmallIntegerField(default=0)
    told = fields.SealedJSON(label="groups.parcel.told")
    settled = fields.SealedJSON(label="groups.parcel.settled", null=True)

    class Meta:
        indexes = [models.Index(fields=["group", "state", "-made_at"], name="parcels_of_a_group")]
        constraints = [
            models.UniqueConstraint(fields=["carried", "key", "digest"], name="a_parcel_comes_in_once"),
        ]
