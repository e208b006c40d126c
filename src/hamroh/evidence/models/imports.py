"""Files of figures that were brought in: how their columns are read, kept for next time, and what each brought."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.evidence.models.sources import Vintage
from hamroh.web.ids import uuid7


class ImportMapping(models.Model):
    """How files of one shape are read: ``shape`` names the reader, ``columns`` what each column is, ``settled`` what holds for all rows."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    shape = models.CharField(max_length=20)
    columns = models.JSONField(default=dict)
    settled = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="mapping_name_once")]

    def __str__(self) -> str:
        return self.name


class ImportBatch(models.Model):
    """One file that was brought in. ``counts`` are rows ``read``, ``added``, ``same``, ``changed``, ``left_out``; ``digest`` is the file's SHA-256 in hex."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mapping = models.ForeignKey(ImportMapping, null=True, on_delete=models.SET_NULL, related_name="batches")
    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="batches")
    digest = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organisation", "made_at"], name="imports_of_figures")]
