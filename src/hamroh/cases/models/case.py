"""The case: whose file it is, how far it is, and nothing that says who she is."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.states import CaseLife
from hamroh.vault import fields
from hamroh.web.codes import new_code


class Risk(models.TextChoices):
    UNKNOWN = "unknown", pgettext_lazy("risk", "Not asked yet")
    LOW = "low", pgettext_lazy("risk", "Low")
    MEDIUM = "medium", pgettext_lazy("risk", "Medium")
    HIGH = "high", pgettext_lazy("risk", "High")


class Channel(models.TextChoices):
    """How she came."""

    VISIT = "visit", _("She came to us")
    PHONE = "phone", _("By telephone")
    VILLAGE = "village", _("A day in the village")
    GROUP = "group", _("Through her group")
    REFERRAL = "referral", _("Sent by another organisation")
    MESSAGE = "message", _("By a message")


class Case(fields.SealedModel):
    """One woman's matter with one organisation, under a code that says nothing.

    What is in the clear is what lists and deadlines need: whose it is, its state, its risk, its weeks. The people, words and facts
    stand in rows that belong to it, sealed.
    """

    guarded = Guarded(organisation="organisation_id", owner="owner_id", team="team", area="area")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    status = models.CharField(max_length=12, choices=CaseLife.choices(), default=CaseLife.initial)
    #: the country whose law counts: TJ, AZ
    country = models.CharField(max_length=2)
    risk = models.CharField(max_length=8, choices=Risk.choices, default=Risk.UNKNOWN)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    opened_week = models.DateField()
    closed_week = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    story = fields.SealedText(label="cases.case.story", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-changed_at"], name="cases_by_change"),
            models.Index(fields=["organisation", "status", "-changed_at"], name="cases_by_state"),
            models.Index(fields=["organisation", "owner", "-changed_at"], name="cases_of_a_worker"),
            models.Index(fields=["organisation", "risk", "-changed_at"], name="cases_by_risk"),
            models.Index(fields=["organisation", "closed_week"], name="cases_by_closure"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_week__isnull=True) | Q(closed_week__gte=models.F("opened_week")),
                name="case_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return f"case {self.code}"


class OfCase(fields.SealedModel):
    """A row of a case: whoever may do something to the case may do it to the row."""

    guarded = Guarded(part_of="case")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def sealed_under(self) -> tuple[str, str]:
        return "cases.case", str(self.case_id)
