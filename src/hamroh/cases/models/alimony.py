"""What is told of an alimony matter: children, decisions, incomes, payments, relief, what a lawyer states. The sums are never stored."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.cases.models.case import OfCase
from hamroh.cases.models.matters import Matter
from hamroh.cases.models.people import Person
from hamroh.vault import fields


class AlimonyPart(models.TextChoices):
    """What a row tells."""

    TERMS = "terms", _("Currency and days")
    PERIOD = "period", _("The time that is worked out")
    CHILD = "child", _("Children")
    DECISION = "decision", _("Decisions and agreements")
    INCOME = "income", _("His income")
    PAYMENT = "payment", _("Payments")
    RELIEF = "relief", _("Arrears forgiven")
    CHOICE = "choice", _("Choices where the law is silent")
    ASSUMPTION = "assumption", _("What the lawyer states")


#: told once in a matter
ONCE = (AlimonyPart.TERMS, AlimonyPart.PERIOD)


class AlimonyFact(OfCase):
    """One thing that is told of an alimony matter: a child, a decision, an income, a payment.

    ``facts`` hold everything that says who or how much, in the shapes of ``cases.alimony``; ``person`` is the child it is about.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="alimony")
    part = models.CharField(max_length=12, choices=AlimonyPart.choices)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="cases.alimony_fact.facts")

    class Meta:
        indexes = [models.Index(fields=["matter", "part", "told_at"], name="alimony_of_a_matter")]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "part"], condition=Q(part__in=ONCE), name="alimony_terms_are_told_once"
            ),
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(person__isnull=False), name="alimony_of_a_child_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {str(self.pk)[:8]}"
