"""Administrative units with names per language and year; loaded from the gazetteer, never joined by name alone."""

from django.db import models

from hamroh.web.ids import uuid7


class AdminUnit(models.Model):
    """A country, region, district or city. ``key`` is the gazetteer's id, ``code`` the neutral number in addresses."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=60, unique=True)
    code = models.PositiveIntegerField(unique=True)
    level = models.CharField(max_length=30)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    names = models.JSONField(default=dict)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    iso = models.CharField(max_length=12, blank=True)
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)
    certainty = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [models.Index(fields=["level"], name="unit_level")]

    def __str__(self) -> str:
        return self.key


class UnitName(models.Model):
    """A name of a unit in a language and, where it changed, in its years; ``folded`` is what look-ups compare."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="unit_names")
    lang = models.CharField(max_length=8)
    kind = models.CharField(max_length=12)
    text = models.CharField(max_length=160)
    folded = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=500)
    from_year = models.PositiveSmallIntegerField(null=True)
    to_year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["folded"], name="unit_name_lookup")]


class UnitAncestor(models.Model):
    """The closure of ``parent``: ``ancestor`` lies ``distance`` levels above ``unit`` (0 is itself)."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="ancestry")
    ancestor = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="descendancy")
    distance = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "ancestor"], name="unit_ancestor_once")]
