"""What is made of the archive for those who teach: sets of parts in order, and moments of history with where they are told."""

from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.archive.models.units import Unit
from hamroh.archive.states import UnitStates
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class TeachingSet(models.Model):
    """Parts of recordings, pictures and papers that somebody put together for a lesson."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    titles = models.JSONField(default=dict)
    abouts = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=UnitStates.choices(), default=UnitStates.initial)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-changed_at"], name="sets_on_the_desk")]


class SetLine(models.Model):
    """One thing of a set: an item, or a part of its recording, with a question to talk about."""

    guarded = Guarded(part_of="teaching_set")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    teaching_set = models.ForeignKey(TeachingSet, on_delete=models.CASCADE, related_name="lines")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    questions = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")


class Moment(models.Model):
    """Something that happened in the public life of women, on a day, in a year: from printed sources alone, each named.

    ``source`` is its title as printed, ``sources`` what readers of other languages call it. ``people`` are names of those who acted in public, ``{lang: name}`` each; ``certainty`` from A (printed and checked) to C (to be verified).
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    date = models.CharField(max_length=10)
    date_to = models.CharField(max_length=10, blank=True)
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict, blank=True)
    people = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=300)
    sources = models.JSONField(default=dict, blank=True)
    locator = models.CharField(max_length=120, blank=True)
    certainty = models.CharField(max_length=1, default="C")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("date", "key")
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="moment_once")]
