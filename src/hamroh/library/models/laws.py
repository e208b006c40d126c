"""What only laws and international documents have: their days, their articles, and who is bound by them."""

from django.db import models
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.directory.models import AdminUnit
from hamroh.library.models.records import Record
from hamroh.web.ids import uuid7


class ActStatus(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("law", "Proposed")
    ADOPTED = "adopted", pgettext_lazy("law", "Adopted, not yet in force")
    IN_FORCE = "in_force", pgettext_lazy("law", "In force")
    AMENDED = "amended", pgettext_lazy("law", "In force as amended")
    REPEALED = "repealed", pgettext_lazy("law", "No longer in force")
    NOT_KNOWN = "not_known", pgettext_lazy("law", "To be verified")


class Act(models.Model):
    """The legal side of a record. Dates may be partial. ``status_date`` is the day for which the status was found; ``pack`` and ``law`` name it in the rule packs."""

    guarded = Guarded(part_of="record")
    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="act")
    country = models.ForeignKey(AdminUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    adopted = models.CharField(max_length=10, blank=True)
    signed = models.CharField(max_length=10, blank=True)
    in_force = models.CharField(max_length=10, blank=True)
    repealed = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=10, choices=ActStatus.choices, default=ActStatus.NOT_KNOWN)
    status_date = models.CharField(max_length=10, blank=True)
    certainty = models.CharField(max_length=1, default="C")
    official_url = models.URLField(max_length=400, blank=True)
    law = models.CharField(max_length=60, blank=True, db_index=True)


class ActArticle(models.Model):
    """One article of an act: its number as printed, its heading, and what it says in our own words."""

    guarded = Guarded(part_of="act")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="articles")
    number = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=0)
    titles = models.JSONField(default=dict, blank=True)
    says = models.JSONField(default=dict, blank=True)
    certainty = models.CharField(max_length=1, default="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "number"], name="article_once_in_act")]


class BoundBy(models.Model):
    """A country that is party to an international document, since when and with what reservation."""

    guarded = Guarded(part_of="act")
    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="parties")
    country = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    signed = models.CharField(max_length=10, blank=True)
    bound = models.CharField(max_length=10, blank=True)
    how = models.CharField(max_length=40, blank=True)
    reservations = models.JSONField(default=dict, blank=True)
    certainty = models.CharField(max_length=1, default="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "country"], name="party_once_in_act")]
