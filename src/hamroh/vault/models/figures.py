"""The register of released figures: which tables left, for whom, and which were refused. It only grows."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from hamroh.web.ids import uuid7


class Audience(models.TextChoices):
    """For whom a table left. Paper travels: the audit takes every one of them for public."""

    PUBLIC = "public", pgettext_lazy("audience", "Everybody")
    DONOR = "donor", pgettext_lazy("audience", "A donor or an authority")
    INTERNAL = "internal", pgettext_lazy("audience", "Our own house")


class Population(models.Model):
    """The people of one organisation whom tables count, by a key such as ``cases``; ``turn`` counts what was released about them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField()
    key = models.CharField(max_length=40)
    turn = models.PositiveIntegerField(default=0)

    kept_by_organisation = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "key"], name="one_population_per_key")]

    def __str__(self) -> str:
        return f"{self.key} ({self.turn})"


class FiguresRelease(models.Model):
    """One table that left as ``table`` says (``Published.as_json``), or was refused: then ``refusal`` says why and there are no figures.

    ``digest`` of a table stands in the journal's line as well, so that a table that was changed here later is told from it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation_id = models.UUIDField()
    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="releases")
    #: the turn that it was; none where it was refused
    turn = models.PositiveIntegerField(null=True)
    #: which table, in codes of the room that counted
    asked = models.JSONField()
    audience = models.CharField(max_length=10, choices=Audience.choices)
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    table = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    refusal = models.CharField(max_length=20, blank=True)

    kept_by_organisation = outlives_records = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["population", "turn"], name="one_release_per_turn"),
            models.CheckConstraint(
                condition=Q(refusal="", turn__isnull=False, table__isnull=False)
                | (~Q(refusal="") & Q(turn=None, table=None)),
                name="refused_figures_are_not_kept",
            ),
        ]
        indexes = [models.Index(fields=["population", "-made_at"], name="releases_of_a_population")]

    def __str__(self) -> str:
        return f"figures {str(self.pk)[:8]}"
