"""Advice without a case: one talk, and a day in a village with its tally. They are an organisation's rows; nobody is named."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.models.casework import Place
from hamroh.cases.models.matters import MatterKind
from hamroh.vault import fields

#: what somebody asks about: the matters, and what is none
TOPICS = [
    *MatterKind.choices,
    ("health", pgettext_lazy("need", "Health")),
    ("livelihood", pgettext_lazy("need", "Money and work")),
    ("other", pgettext_lazy("help", "Something else")),
]


class AgeBand(models.TextChoices):
    UNDER_18 = "u18", pgettext_lazy("age", "under 18")
    TO_29 = "18-29", pgettext_lazy("age", "18 to 29")
    TO_44 = "30-44", pgettext_lazy("age", "30 to 44")
    TO_59 = "45-59", pgettext_lazy("age", "45 to 59")
    FROM_60 = "60", pgettext_lazy("age", "60 or older")
    UNKNOWN = "unknown", pgettext_lazy("age", "not known")


class Kept(fields.SealedModel):
    """A row of an organisation and of whoever made it."""

    guarded = Guarded(organisation="organisation_id", owner="owner_id", area="area")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=200, blank=True)
    on_date = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class MobileDay(Kept):
    """A day in a village; its place is sealed, because who is seen there is not far."""

    place = fields.SealedText(label="cases.mobile_day.place")

    class Meta:
        indexes = [models.Index(fields=["organisation", "-on_date"], name="days_of_an_organisation")]

    def __str__(self) -> str:
        return f"day {str(self.pk)[:8]}"


class Tally(models.Model):
    """How many of an age asked about a topic on a day: a count, and nobody behind it."""

    guarded = Guarded(part_of="day")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.ForeignKey(MobileDay, on_delete=models.CASCADE, related_name="tallies")
    topic = models.CharField(max_length=16, choices=TOPICS)
    age_band = models.CharField(max_length=8, choices=AgeBand.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "topic", "age_band"], name="one_tally_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.topic} {self.age_band}: {self.count}"


class Advice(Kept):
    """One talk with somebody who needs no case: what about, how old, how long; the words are sealed."""

    day = models.ForeignKey(MobileDay, null=True, on_delete=models.SET_NULL, related_name="+")
    topic = models.CharField(max_length=16, choices=TOPICS)
    age_band = models.CharField(max_length=8, choices=AgeBand.choices)
    place = models.CharField(max_length=10, choices=Place.choices)
    minutes = models.PositiveSmallIntegerField()
    words = fields.SealedText(label="cases.advice.words", null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "on_date"], name="advice_by_day")]

    def __str__(self) -> str:
        return f"advice {str(self.pk)[:8]}"
