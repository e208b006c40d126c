"""Other centres whose records are harvested, each run of it, and files that records were brought in from."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.web.ids import uuid7


class Centre(models.Model):
    """Another centre that lets its records be harvested (OAI-PMH); its records stand apart from ours under its name.

    ``since`` is the newest stamp that was taken over whole: the next run asks from there. ``told`` is what it said of itself:
    its name, whether it tells what it takes back (``deleted``), how fine its stamps are (``granularity``).
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    base_url = models.URLField(max_length=400)
    prefix = models.CharField(max_length=40, default="oai_dc")
    only_set = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    since = models.CharField(max_length=20, blank=True)
    told = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.key


class Run(models.Model):
    """One harvest: what came, what was left out and why, and where it stopped if it was cut.

    ``asked`` is the stamp that it asks from, ``stamp`` the centre's own time of its first answer: from there the next run asks.
    """

    guarded = Guarded(part_of="centre")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="runs")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    trouble = models.CharField(max_length=200, blank=True)
    token = models.TextField(blank=True)
    asked = models.CharField(max_length=20, blank=True, default="")
    stamp = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["centre", "-began_at"], name="runs_of_a_centre")]


class Hidden(models.Model):
    """A record of another centre that we do not show, whatever the centre says of it from now on."""

    guarded = Guarded(part_of="centre")
    id = models.BigAutoField(primary_key=True)
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="hidden")
    key = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "key"], name="hidden_record_once")]


class Batch(models.Model):
    """A file that records were brought in from: its shape, how its columns were read, and what became of its rows.

    ``catalogue`` is whose list it is: names of rows are its own, and two lists may both begin at 1.
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    shape = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    catalogue = models.CharField(max_length=60, blank=True, default="")
    columns = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="batches_of_records")]


class Brought(models.Model):
    """Which row of which batch made or last changed a record: the next file finds it again by the row's own name."""

    guarded = Guarded(part_of="record")
    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey("Record", on_delete=models.CASCADE, related_name="brought")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    key = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["key"], name="brought_by_key")]
