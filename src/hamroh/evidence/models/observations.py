"""Figures: recorded once, never changed; and which of several estimates is preferred, with a reason and a name."""

from typing import Any, Never

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.evidence.models.measures import Concept, Series
from hamroh.evidence.models.sources import Source
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Qualifier(models.TextChoices):
    EXACT = "", _("As counted")
    ABOUT = "~", _("About")
    BELOW = "<", _("Below")
    ABOVE = ">", _("Above")
    UP_TO = "<=", _("Up to")
    FROM = ">=", _("From")


class Flag(models.TextChoices):
    """SDMX observation status (CL_OBS_STATUS 2.2); several may stand beside one figure."""

    NORMAL = "A", _("Normal")
    BREAK = "B", _("Break in the series")
    DEFINITION = "D", _("Definition differs")
    ESTIMATED = "E", _("Estimated")
    FORECAST = "F", _("Forecast")
    IMPUTED = "I", _("Worked out where none was reported")
    MISSING = "O", _("Missing")
    CANNOT_EXIST = "M", _("Cannot exist")
    NOT_COLLECTED = "L", _("Not collected")
    PROVISIONAL = "P", _("Provisional")
    SUPPRESSED = "Q", _("Suppressed")
    LOW_RELIABILITY = "U", _("Low reliability")
    UNVALIDATED = "V", _("Not validated")


#: the one flag that an export with room for one carries: the first of these that an observation has
FLAG_RANK = ("B", "Q", "O", "M", "L", "V", "U", "D", "E", "I", "F", "P", "A")


class Missing(models.TextChoices):
    """Why no number stands there; never just an empty cell."""

    NOT_REPORTED = "O", _("Not reported")
    CANNOT_EXIST = "M", _("Cannot exist")
    NOT_COLLECTED = "L", _("Not collected")
    SUPPRESSED = "Q", _("Suppressed")
    UNCLEAR = "N", _("A sign whose meaning is not told")


class InsertOnly(models.QuerySet[Any]):
    """Rows that are never changed: what was wrong is superseded by a new row."""

    def update(self, **_values: Any) -> Never:
        raise TypeError(f"{self.model.__name__} is never changed; record a new one")

    def bulk_update(self, *_rows: Any, **_options: Any) -> Never:
        raise TypeError(f"{self.model.__name__} is never changed; record a new one")


class Observation(models.Model):
    """One figure as somebody said it: ``value``, or ``low`` to ``high``, or none with the reason in ``missing``; and as it was ``printed``.

    ``code`` is its lasting name in texts and addresses. ``period`` is ISO text (``2006``, ``2006-12-31``, ``2004/2007``, empty where none
    was said); ``first_date`` and ``last_date`` follow from it. ``source`` is what it is cited from at ``locator`` ("p. 24, T6"), ``quoted_in`` the
    work in which it was read, where that is another. ``detail`` holds what rules read beside it: ``parts``, ``shares``, ``definition``. ``supersedes`` is
    an observation that this one corrects.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60, unique=True, default=new_code)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="observations")
    period = models.CharField(max_length=24, blank=True)
    first_date = models.DateField(null=True, blank=True)
    last_date = models.DateField(null=True, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    qualifier = models.CharField(max_length=2, choices=Qualifier.choices, blank=True)
    printed = models.CharField(max_length=120, blank=True)
    missing = models.CharField(max_length=1, choices=Missing.choices, blank=True)
    flags = models.JSONField(default=list)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="observations", null=True, blank=True)
    quoted_in = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="quotes", null=True, blank=True)
    locator = models.CharField(max_length=120, blank=True)
    notes = models.JSONField(default=dict)
    detail = models.JSONField(default=dict)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InsertOnly.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(low__isnull=False) | Q(high__isnull=False) | ~Q(missing=""),
                name="observation_says_or_why_not",
            ),
            models.UniqueConstraint(
                fields=["series", "period", "source", "locator"], name="observation_once_at_its_place"
            ),
        ]
        indexes = [
            models.Index(fields=["series", "first_date"], name="observations_in_time"),
            models.Index(fields=["recorded_at"], name="observations_as_of"),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Record it; a second time is refused."""
        if not self._state.adding:
            raise TypeError("Observation is never changed; record a new one")
        super().save(*args, **kwargs)


class EstimateChoice(models.Model):
    """Which of the figures for one concept, place, time and ``dims_key`` somebody prefers, and why; the newest holds, the older stay.

    ``preferred`` is null where somebody says that none can be preferred. ``reasons`` is per language.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="choices")
    area = models.CharField(max_length=12)
    period = models.CharField(max_length=24, blank=True)
    dims_key = models.CharField(max_length=200, blank=True)
    preferred = models.ForeignKey(Observation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField(default=dict)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["concept", "area", "period", "decided_at"], name="choices_of_a_set")]

    def __str__(self) -> str:
        return f"{self.concept_id} {self.area} {self.period}"
