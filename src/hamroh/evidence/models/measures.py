"""What is counted, how it is measured, and the series that figures belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hamroh.evidence.models.sources import Vintage
from hamroh.web.ids import uuid7


class ConceptKind(models.TextChoices):
    STOCK = "stock", _("Stock")
    FLOW = "flow", _("Flow")
    CUMULATIVE = "cumulative", _("Counted up to date")
    RATE = "rate", _("Rate")
    SHARE = "share", _("Share")
    CHANGE = "change", _("Change")
    OTHER = "other", _("Other")


class Concept(models.Model):
    """What is counted, with what the rules know of it: of ``hamroh.kernel.figures.Concept`` with names and a definition.

    ``part_of`` lists keys of concepts that can never be smaller; ``share`` the two whose quotient this is, per ``per``;
    ``balance`` the two whose difference it is. ``codes`` are its places in other frameworks (``sdg``, ``gcm``, ``emp``).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    names = models.JSONField(default=dict)
    definitions = models.JSONField(default=dict)
    kind = models.CharField(max_length=12, choices=ConceptKind.choices)
    unit = models.CharField(max_length=40, blank=True)
    signed = models.BooleanField(default=False)
    timeless = models.BooleanField(default=False)
    part_of = models.JSONField(default=list)
    share = models.JSONField(default=list)
    per = models.PositiveIntegerField(default=100)
    balance = models.JSONField(default=list)
    mirror = models.CharField(max_length=40, blank=True)
    codes = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.key


class Indicator(models.Model):
    """One way to measure a concept: ``code`` is its name where it comes from (``BX.TRF.PWKR.CD.DT``) or the concept's own.

    Values are stored in ``unit``, whole: ``multiplier`` is the power of ten in which they are usually printed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=80, unique=True)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="indicators")
    names = models.JSONField(default=dict)
    definitions = models.JSONField(default=dict)
    unit = models.CharField(max_length=40, blank=True)
    multiplier = models.SmallIntegerField(default=0)
    of_which = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    def __str__(self) -> str:
        return self.code


def dims_key(dims: dict[str, str]) -> str:
    """Dimensions as one text, in the order of their names: ``origin=EST;sex=F``."""
    return ";".join(f"{name}={dims[name]}" for name in sorted(dims) if dims[name])


class Series(models.Model):
    """An indicator for one place and fixed ``dims`` (origin, destination, sex, age, residence, category, direction) in one release.

    ``area`` is ISO 3166 alpha-3, a region by ISO 3166-2, or ``WLD``. ``method`` says how it was counted, per language.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="series")
    area = models.CharField(max_length=12)
    dims = models.JSONField(default=dict)
    dims_key = models.CharField(max_length=200, blank=True)
    method = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "vintage", "area", "dims_key"], name="series_once_in_vintage")
        ]
        indexes = [models.Index(fields=["area", "indicator"], name="series_of_an_area")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area} {self.dims_key}"
