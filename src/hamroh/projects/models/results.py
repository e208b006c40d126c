"""What a project is to change and how one will know: results, indicators, periods, targets, and what was reached."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.directory.models import AdminUnit
from hamroh.projects.models.projects import OfProject, Written


class Level(models.TextChoices):
    IMPACT = "impact", pgettext_lazy("result", "Impact")
    OUTCOME = "outcome", pgettext_lazy("result", "Outcome")
    OUTPUT = "output", pgettext_lazy("result", "Output")


class Result(OfProject):
    """A change that the project works for; an output stands under the outcome that it serves. Texts are ``{lang: text}``."""

    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="parts")
    level = models.CharField(max_length=8, choices=Level.choices)
    number = models.CharField(max_length=12)
    titles = models.JSONField(default=dict)
    abouts = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="a_result_has_its_number"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="no_result_is_its_own_parent"),
        ]


class Measure(models.TextChoices):
    NUMBER = "number", pgettext_lazy("measure", "A number")
    PERCENT = "percent", pgettext_lazy("measure", "Per cent")
    WORDS = "words", pgettext_lazy("measure", "Words")


class Direction(models.TextChoices):
    UP = "up", pgettext_lazy("indicator", "More is better")
    DOWN = "down", pgettext_lazy("indicator", "Less is better")


class Aggregation(models.TextChoices):
    """How figures of several periods become one."""

    SUM = "sum", pgettext_lazy("indicator", "They are added")
    LAST = "last", pgettext_lazy("indicator", "The last one counts")
    AVERAGE = "average", pgettext_lazy("indicator", "Their mean")
    NONE = "none", pgettext_lazy("indicator", "They are never put together")


class Indicator(OfProject):
    """How a result is known. ``units`` say of what the number is, ``{lang: text}``; only a public one is told outside."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=16)
    titles = models.JSONField(default=dict)
    abouts = models.JSONField(default=dict)
    units = models.JSONField(default=dict)
    measure = models.CharField(max_length=8, choices=Measure.choices, default=Measure.NUMBER)
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.UP)
    aggregation = models.CharField(max_length=8, choices=Aggregation.choices, default=Aggregation.SUM)
    baseline_value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    baseline_words = models.CharField(max_length=300, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True)
    baseline_notes = models.JSONField(default=dict)
    is_public = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="an_indicator_has_its_code")]
        indexes = [models.Index(fields=["result", "made_at"], name="indicators_of_a_result")]


class Period(OfProject):
    """From when to when an indicator is looked at. ``missing_notes`` say why no figure will come, ``{lang: text}``."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="periods")
    starts_date = models.DateField()
    ends_date = models.DateField()
    missing_notes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "starts_date", "ends_date"], name="a_period_once"),
            models.CheckConstraint(condition=Q(ends_date__gte=models.F("starts_date")), name="a_period_ends_after"),
        ]
        indexes = [models.Index(fields=["project", "ends_date"], name="periods_by_end")]


class Target(OfProject):
    """What is to be reached in a period, at a place and for people of ``dimensions`` (``{name: code}``) where that is said."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="targets")
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    words = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    dimensions = models.JSONField(default=dict)
    remark = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["period", "made_at"], name="targets_of_a_period")]


class SourceKind(models.TextChoices):
    """Where a figure comes from."""

    RELEASE = "release", pgettext_lazy("figure", "A statistic that was released")
    TRAINING = "training", pgettext_lazy("figure", "A training")
    CAMPAIGN = "campaign", pgettext_lazy("figure", "An awareness campaign")
    SURVEY = "survey", pgettext_lazy("figure", "A monitoring campaign")
    EVIDENCE = "evidence", pgettext_lazy("figure", "A figure of the evidence")
    DOCUMENT = "document", pgettext_lazy("figure", "A document")
    TYPED = "typed", pgettext_lazy("figure", "Typed, with its reason")


class Actual(OfProject):
    """What was reached, and whence that is known. It is never changed: a newer one supersedes it.

    ``source_ref`` names the row it was taken from: the release and the cell as ``release-id#cell``, or the code of a round, a campaign, a
    figure, a record. Only what a second person approved counts outside.
    """

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="actuals")
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    words = models.CharField(max_length=300, blank=True)
    at_least = models.BooleanField(default=False)
    place = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    dimensions = models.JSONField(default=dict)
    source_kind = models.CharField(max_length=10, choices=SourceKind.choices)
    source_ref = models.CharField(max_length=200, blank=True)
    source_words = models.CharField(max_length=300, blank=True)
    superseded_by = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="supersedes")
    withdrawn_why = models.CharField(max_length=300, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["period", "superseded_by", "made_at"], name="actuals_of_a_period"),
            models.Index(fields=["project", "approved_at"], name="actuals_to_approve"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="an_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("made_by")),
                name="nobody_approves_her_own",
            ),
        ]

    #: what may still be said of a figure once it is written
    LATER = frozenset({"superseded_by", "withdrawn_why", "approved_by", "approved_at"})

    def save(self, **options: Any) -> None:
        """Written where the figure itself is to be changed."""
        if not self._state.adding and not set(options.get("update_fields") or ("value",)) <= self.LATER:
            raise Written("a figure is superseded, never changed")
        super().save(**options)
