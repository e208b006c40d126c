"""Damage: what each source says of a place, and what became of single households, which are known by an alias alone."""

from django.db import models
from django.utils.translation import pgettext_lazy

from hamroh.directory.models import AdminUnit
from hamroh.emergencies.models.events import AddedOnly, Incident, OfEvent
from hamroh.vault import fields


class Source(models.TextChoices):
    """What kind of source says it."""

    OFFICIAL = "official", pgettext_lazy("source of damage", "Authorities")
    COMMUNITY = "community", pgettext_lazy("source of damage", "The community")
    MEDIA = "media", pgettext_lazy("source of damage", "Media")
    NGO = "ngo", pgettext_lazy("source of damage", "Another organisation")
    OWN = "own", pgettext_lazy("source of damage", "Our own visit")


class DamageCard(AddedOnly):
    """What one source says of one place on a day; a newer card of the source for the place takes its place, and this one stays.

    ``counts`` is ``{effect: {"known", "value"}}``, what was not assessed is not there; ``sectors`` lists what was hit without a count.
    ``origin`` is what a file or a form calls it.
    """

    incident = models.ForeignKey(Incident, null=True, on_delete=models.SET_NULL, related_name="+")
    place = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    spot = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    source_name = models.CharField(max_length=120)
    on_date = models.DateField()
    counts = models.JSONField(default=dict)
    sectors = models.JSONField(default=list)
    origin = models.CharField(max_length=80, blank=True)
    words = fields.SealedText(label="emergencies.damage_card.words", null=True)

    class Meta:
        indexes = [models.Index(fields=["event", "source", "source_name", "-on_date"], name="cards_of_an_event")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "origin"], condition=~models.Q(origin=""), name="a_card_comes_in_once"
            ),
        ]


class House(models.TextChoices):
    STANDS = "stands", pgettext_lazy("house", "Stands")
    DAMAGED = "damaged", pgettext_lazy("house", "Damaged, lived in")
    UNSAFE = "unsafe", pgettext_lazy("house", "Not safe to live in")
    DESTROYED = "destroyed", pgettext_lazy("house", "Destroyed")
    UNKNOWN = "unknown", pgettext_lazy("house", "Not looked at")


class Plot(models.TextChoices):
    """How much of the plot is lost."""

    NONE = "none", pgettext_lazy("plot", "Nothing")
    PART = "part", pgettext_lazy("plot", "Less than half")
    HALF = "half", pgettext_lazy("plot", "About half")
    MORE = "more", pgettext_lazy("plot", "More than half")
    ALL = "all", pgettext_lazy("plot", "All of it")
    HAS_NONE = "has_none", pgettext_lazy("plot", "Has no plot")
    UNKNOWN = "unknown", pgettext_lazy("plot", "Not looked at")


class Barn(models.TextChoices):
    STANDS = "stands", pgettext_lazy("barn", "Stands")
    DAMAGED = "damaged", pgettext_lazy("barn", "Damaged")
    DESTROYED = "destroyed", pgettext_lazy("barn", "Destroyed")
    HAS_NONE = "has_none", pgettext_lazy("barn", "Has none")
    UNKNOWN = "unknown", pgettext_lazy("barn", "Not looked at")


#: sex and age of who lives there, as they are counted
MEMBERS = ("f_0_4", "m_0_4", "f_5_17", "m_5_17", "f_18_59", "m_18_59", "f_60", "m_60")


class Household(OfEvent):
    """A household that was hit, by an alias. ``members`` is ``{group: number}``, ``losses`` house, barn, plot, livestock, words."""

    place = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True)
    alias = fields.SealedText(label="emergencies.household.alias")
    members = fields.SealedJSON(label="emergencies.household.members", null=True)
    losses = fields.SealedJSON(label="emergencies.household.losses", null=True)

    class Meta:
        indexes = [models.Index(fields=["event", "-made_at"], name="households_of_an_event")]


class AidKind(models.TextChoices):
    RATIONS = "rations", pgettext_lazy("aid", "Food rations")
    CASH = "cash", pgettext_lazy("aid", "Money")
    SHELTER = "shelter", pgettext_lazy("aid", "Roof or tent")
    SEEDS = "seeds", pgettext_lazy("aid", "Seeds or fertiliser")
    LIVESTOCK = "livestock", pgettext_lazy("aid", "Livestock or fodder")
    HEALTH = "health", pgettext_lazy("aid", "Health care")
    OTHER = "other", pgettext_lazy("aid", "Other")


class Aid(AddedOnly):
    """What a household received. ``facts``: ``from``, ``days`` that it lasts, ``words``."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=AidKind.choices)
    on_date = models.DateField()
    facts = fields.SealedJSON(label="emergencies.aid.facts", null=True)

    class Meta:
        indexes = [models.Index(fields=["household", "-on_date"], name="aid_of_a_household")]


class OfferAnswer(models.TextChoices):
    UNDECIDED = "undecided", pgettext_lazy("relocation", "Not decided yet")
    ACCEPTED = "accepted", pgettext_lazy("relocation", "Accepted")
    REFUSED = "refused", pgettext_lazy("relocation", "Refused")


class RelocationOffer(AddedOnly):
    """A place that a household was offered to move to, and what it answered. A later answer is another line; the newest one counts.

    ``facts``: ``terms`` that were offered, ``by`` whom, ``why`` in the household's words.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField()
    answer = models.CharField(max_length=10, choices=OfferAnswer.choices)
    facts = fields.SealedJSON(label="emergencies.relocation_offer.facts", null=True)

    class Meta:
        indexes = [models.Index(fields=["household", "-on_date", "-made_at"], name="offers_to_a_household")]
