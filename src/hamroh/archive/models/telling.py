"""What is told in a recording: cues in time in several languages, and the index of its parts."""

from django.db import models
from django.db.models import F, Q

from hamroh.accounts.guarded import Guarded
from hamroh.archive.models.units import Unit
from hamroh.directory.models import AdminUnit
from hamroh.thesaurus.models import Concept
from hamroh.web.ids import uuid7


class Transcript(models.Model):
    """The words of a recording in one language; one of them is the original, the others translate it. ``version`` is the token of an edit."""

    guarded = Guarded(part_of="unit")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="transcripts")
    lang = models.CharField(max_length=8)
    is_original = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "lang"], name="transcript_once_in_language")]


class Cue(models.Model):
    """What is said from one moment to another, in milliseconds."""

    guarded = Guarded(part_of="transcript")
    id = models.BigAutoField(primary_key=True)
    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="cues")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker = models.CharField(max_length=120, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ("start", "id")
        indexes = [models.Index(fields=["transcript", "start"], name="cues_in_time")]
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="cue_ends_after_it_starts")]


class Segment(models.Model):
    """A part of a recording with what it is about. It lasts until the next one begins, where it has no end of its own."""

    guarded = Guarded(part_of="unit")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="segments")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField(null=True, blank=True)
    titles = models.JSONField(default=dict)
    synopses = models.JSONField(default=dict, blank=True)
    keywords = models.JSONField(default=dict, blank=True)
    concepts = models.ManyToManyField(Concept, blank=True, related_name="+")
    place = models.ForeignKey(AdminUnit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("start", "id")
        indexes = [models.Index(fields=["unit", "start"], name="segments_in_time")]
