"""Pictures of pages, made small and stripped of what a camera writes into them."""

from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Picture(models.Model):
    """A picture in two widths; ``alts`` say in each language what it shows. Nobody who was helped may be recognised in it."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8, unique=True, editable=False, default=new_code)
    alts = models.JSONField(default=dict)
    credit = models.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    small = models.BinaryField()
    large = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="pictures_of_a_house")]

    def __str__(self) -> str:
        return self.code
