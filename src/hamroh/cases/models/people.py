"""The people of a case, what they are to each other, and the house they live in."""

from django.db import models
from django.utils.translation import pgettext_lazy

from hamroh.cases.models.case import OfCase
from hamroh.vault import fields


class Part(models.TextChoices):
    """What somebody is in the case."""

    CLIENT = "client", pgettext_lazy("part", "Client")
    CHILD = "child", pgettext_lazy("part", "Child")
    HUSBAND = "husband", pgettext_lazy("part", "Husband")
    FATHER = "father", pgettext_lazy("part", "Father of a child")
    IN_LAW = "in_law", pgettext_lazy("part", "In-law")
    SECOND_WIFE = "second_wife", pgettext_lazy("part", "Second wife")
    RELATIVE = "relative", pgettext_lazy("part", "Relative of hers")
    GUARDIAN = "guardian", pgettext_lazy("part", "Guardian")
    WITNESS = "witness", pgettext_lazy("part", "Witness")
    CREDITOR = "creditor", pgettext_lazy("part", "Creditor")
    OTHER = "other", pgettext_lazy("part", "Somebody else")


class Side(models.TextChoices):
    """On whose side somebody stands: what the check for conflicts asks."""

    HERS = "hers", pgettext_lazy("side", "On her side")
    AGAINST = "against", pgettext_lazy("side", "Against her")
    NEITHER = "neither", pgettext_lazy("side", "On neither side")


class Person(OfCase):
    """Somebody as this case knows them. That two rows are one person is a judgement beside them, and can be taken back.

    ``names`` lists further names as ``{"kind", "value"}``, ``born`` is ``{"year", "month", "day"}`` as far as it is known, ``places``
    lists ``{"kind", "key", "words"}``, ``facts`` holds the rest: sex, language, citizenship, document's kind, what became of them.
    """

    part = models.CharField(max_length=12, choices=Part.choices)
    side = models.CharField(max_length=8, choices=Side.choices, default=Side.NEITHER)
    name = fields.SealedText(label="cases.person.name")
    names = fields.SealedJSON(label="cases.person.names", null=True)
    born = fields.SealedJSON(label="cases.person.born", null=True)
    phone = fields.SealedText(label="cases.person.phone", null=True)
    phone_index = fields.BlindIndex(of="phone", rule="phone_tail", label="cases.person.phone_index")
    document = fields.SealedText(label="cases.person.document", null=True)
    document_index = fields.BlindIndex(of="document", rule="document_exact", label="cases.person.document_index")
    places = fields.SealedJSON(label="cases.person.places", null=True)
    facts = fields.SealedJSON(label="cases.person.facts", null=True)
    #: when the installation compared her with people of other files; empty: it has still to
    compared_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "part"], name="people_of_a_case")]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(part="client"), name="one_client_in_a_case")
        ]

    def __str__(self) -> str:
        return f"person {str(self.pk)[:8]}"


class Relationship(OfCase):
    """What two people are to each other. ``facts`` keeps ``social`` (nikoh, separated, talaq by SMS) and ``legal`` (registered, divorced) apart."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relationships")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    facts = fields.SealedJSON(label="cases.relationship.facts")

    class Meta:
        indexes = [models.Index(fields=["case"], name="relationships_of_a_case")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_people_are_related_once"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="related_to_somebody_else"),
        ]


class Household(OfCase):
    """The house that the client lives in. ``facts``: members with from and to, head, place, remittances, what the screen of its situation said."""

    facts = fields.SealedJSON(label="cases.household.facts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="one_household_in_a_case")]
