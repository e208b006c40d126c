"""Roundtables, debates and councils, and what they asked of whom until when."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit, Party
from hamroh.training.states import RecommendationLife
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Written(Exception):
    """A line that is only ever added to was to be changed."""


class GatheringKind(models.TextChoices):
    ROUNDTABLE = "roundtable", pgettext_lazy("gathering", "Roundtable")
    DEBATE = "debate", pgettext_lazy("gathering", "Debate")
    COUNCIL = "council", pgettext_lazy("gathering", "Public council")
    CONFERENCE = "conference", pgettext_lazy("gathering", "Conference")
    MEETING = "meeting", pgettext_lazy("gathering", "Working meeting")


class Gathering(models.Model):
    """People of several organisations met and asked something of somebody. ``titles`` and ``abouts`` are ``{lang: text}``."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=12, choices=GatheringKind.choices)
    titles = models.JSONField(default=dict)
    abouts = models.JSONField(default=dict)
    place = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    on_date = models.CharField(max_length=10, blank=True)
    is_public = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    remarks = models.JSONField(default=dict)
    parties = models.ManyToManyField(Party, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-on_date"], name="gatherings_of_a_house")]

    def __str__(self) -> str:
        return f"gathering {self.code}"


class Asked(models.TextChoices):
    RESOLUTION = "resolution", pgettext_lazy("asked", "Resolution")
    RECOMMENDATION = "recommendation", pgettext_lazy("asked", "Recommendation")


class Recommendation(models.Model):
    """What somebody is to do by a day. ``addressee_name`` stands where the directory does not know who it is."""

    guarded = Guarded(part_of="gathering")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="recommendations")
    kind = models.CharField(max_length=14, choices=Asked.choices)
    texts = models.JSONField(default=dict)
    addressee = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    addressee_name = models.CharField(max_length=200, blank=True)
    due_date = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=RecommendationLife.choices(), default=RecommendationLife.initial)
    follows = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reminded_date = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["gathering", "made_at"], name="asked_by_a_gathering"),
            models.Index(fields=["state", "due_date"], name="asked_by_day"),
        ]

    def __str__(self) -> str:
        return f"recommendation {str(self.pk)[:8]}"


class RecommendationLine(models.Model):
    """What became of it, and when. It stands once it is written."""

    guarded = Guarded(part_of="gathering")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="lines")
    state = models.CharField(max_length=10, choices=RecommendationLife.choices())
    words = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["recommendation", "made_at"], name="lines_of_what_was_asked")]

    def save(self, **options: Any) -> None:
        """Written where it is to be changed."""
        if not self._state.adding:
            raise Written("a line of this kind is added to, never changed")
        super().save(**options)
