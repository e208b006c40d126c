"""Help of the community, and what helps somebody to earn: given, paid back, looked after, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from hamroh.directory.models import Party
from hamroh.groups.models.groups import Member, OfGroup
from hamroh.groups.states import FundingLife, HelpLife
from hamroh.vault import fields


class Helper(models.TextChoices):
    """Who of the community helps; by what they are, never by name."""

    POLICE = "police", pgettext_lazy("community helper", "A police officer")
    MAHALLA = "mahalla", pgettext_lazy("community helper", "The mahalla committee")
    COUNCIL = "council", pgettext_lazy("community helper", "A council")
    RELIGIOUS = "religious", pgettext_lazy("community helper", "A religious leader")
    FARMER = "farmer", pgettext_lazy("community helper", "A farmer")
    BUSINESS = "business", pgettext_lazy("community helper", "A business")
    SCHOOL = "school", pgettext_lazy("community helper", "A school")
    DOCTOR = "doctor", pgettext_lazy("community helper", "A doctor or nurse")
    LAWYER = "lawyer", pgettext_lazy("community helper", "A lawyer")
    GROUP = "group", pgettext_lazy("community helper", "The group itself")
    ORGANISATION = "organisation", pgettext_lazy("community helper", "Another organisation")
    OTHER = "other", pgettext_lazy("community helper", "Somebody else")


class CommunityHelpKind(models.TextChoices):
    HOUSE = "house", pgettext_lazy("community help", "Her house is kept for her")
    PROTECTION = "protection", pgettext_lazy("community help", "Protection from violence")
    TALK = "talk", pgettext_lazy("community help", "A word with the family")
    LAND = "land", pgettext_lazy("community help", "Land is lent")
    GREENHOUSE = "greenhouse", pgettext_lazy("community help", "A greenhouse is lent")
    WORK = "work", pgettext_lazy("community help", "Work is found")
    DEBT = "debt", pgettext_lazy("community help", "A debt is cancelled or put off")
    PAPERS = "papers", pgettext_lazy("community help", "Papers are put right")
    CHILD = "child", pgettext_lazy("community help", "A place for a child")
    HEALTH = "health", pgettext_lazy("community help", "Treatment")
    GOODS = "goods", pgettext_lazy("community help", "Food, clothes, fuel")
    LEGAL = "legal", pgettext_lazy("community help", "Advice of a lawyer")
    OTHER = "other", pgettext_lazy("community help", "Another help")


class CommunityHelp(OfGroup):
    """Help of the community, asked for and given. ``referral_ref`` ties it to a referral of a case: there stands that help was given.

    ``words`` and ``outcome`` stay with the group; whose need it is, is said by her alias there or not at all.
    """

    kind = models.CharField(max_length=12, choices=CommunityHelpKind.choices)
    helper = models.CharField(max_length=12, choices=Helper.choices)
    state = models.CharField(max_length=8, choices=HelpLife.choices(), default=HelpLife.initial)
    asked_date = models.DateField()
    settled_date = models.DateField(null=True)
    #: the case's referral, by its bare id: the row outlives nothing of the case
    referral_ref = models.UUIDField(null=True)
    words = fields.SealedText(label="groups.community_help.words", null=True)
    outcome = fields.SealedText(label="groups.community_help.outcome", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["group", "state", "-asked_date"], name="help_asked_by_a_group"),
            models.Index(fields=["organisation", "referral_ref"], name="help_of_a_referral"),
        ]


class SupportKind(models.TextChoices):
    SEED = "seed", pgettext_lazy("livelihood", "Seed")
    FERTILISER = "fertiliser", pgettext_lazy("livelihood", "Fertiliser")
    GREENHOUSE = "greenhouse", pgettext_lazy("livelihood", "Greenhouse")
    TOOLS = "tools", pgettext_lazy("livelihood", "Tools")
    LIVESTOCK = "livestock", pgettext_lazy("livelihood", "Livestock")
    LAND = "land", pgettext_lazy("livelihood", "Use of land")
    SEWING = "sewing", pgettext_lazy("livelihood", "Sewing machine")
    CASH = "cash", pgettext_lazy("livelihood", "Money")
    OTHER = "other", pgettext_lazy("livelihood", "Something else")


class Terms(models.TextChoices):
    GIFT = "gift", pgettext_lazy("livelihood", "A gift")
    USE = "use", pgettext_lazy("livelihood", "Lent to use")
    LOAN = "loan", pgettext_lazy("livelihood", "A loan to pay back")
    SHARE = "share", pgettext_lazy("livelihood", "For a share of the profit")


class Support(OfGroup):
    """What a member, or the group as a whole, was given to earn with.

    ``facts``: ``value`` (a decimal as text) and ``currency``, ``no_value`` why it is missing, ``giver`` in words, ``due`` (the day by
    which it is paid back), ``share`` (per cent), ``words``.
    """

    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=SupportKind.choices)
    terms = models.CharField(max_length=6, choices=Terms.choices)
    giver = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL, related_name="+")
    #: the day, or what is known of it (``2024``, ``2024-03``)
    on_date = models.CharField(max_length=10, blank=True)
    settled_date = models.DateField(null=True)
    facts = fields.SealedJSON(label="groups.support.facts", null=True)

    class Meta:
        indexes = [models.Index(fields=["group", "-made_at"], name="support_of_a_group")]


class Repayment(OfGroup):
    """Something was paid back, or a share of the profit was given. ``facts``: ``amount``, ``currency``, ``words``."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="repayments")
    on_date = models.DateField()
    facts = fields.SealedJSON(label="groups.repayment.facts")

    class Meta:
        indexes = [models.Index(fields=["support", "on_date"], name="repayments_of_a_support")]


class Visit(OfGroup):
    """Somebody looked how it goes. ``facts``: ``income``, ``currency``, ``paid_for`` (codes of ``PaidFor``), ``words``."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="visits")
    on_date = models.DateField()
    facts = fields.SealedJSON(label="groups.visit.facts")

    class Meta:
        indexes = [models.Index(fields=["support", "on_date"], name="visits_of_a_support")]


class PaidFor(models.TextChoices):
    """What an income paid for."""

    FOOD = "food", pgettext_lazy("paid for", "Food")
    SCHOOL = "school", pgettext_lazy("paid for", "School")
    HEALTH = "health", pgettext_lazy("paid for", "Health")
    DEBT = "debt", pgettext_lazy("paid for", "Debts")
    HOUSE = "house", pgettext_lazy("paid for", "House")
    SEED = "seed", pgettext_lazy("paid for", "Next year’s seed")
    SAVINGS = "savings", pgettext_lazy("paid for", "Savings")
    OTHER = "other", pgettext_lazy("paid for", "Something else")


class Application(OfGroup):
    """A group asks for money in its own name. Amounts are of the group, not of a member, and stand in the clear."""

    title = models.CharField(max_length=160)
    funder = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    funder_name = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=8, choices=FundingLife.choices(), default=FundingLife.initial)
    asked = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    granted = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    deadline_date = models.DateField(null=True)
    sent_date = models.DateField(null=True)
    answered_date = models.DateField(null=True)
    report_date = models.DateField(null=True)
    reported_date = models.DateField(null=True)
    reminded_date = models.DateField(null=True)
    words = fields.SealedText(label="groups.application.words", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["group", "state", "deadline_date"], name="applications_of_a_group"),
            models.Index(fields=["state", "deadline_date", "report_date"], name="applications_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(funder__isnull=False) | ~Q(funder_name=""), name="an_application_has_a_funder"
            ),
            models.CheckConstraint(
                condition=(Q(asked__isnull=True) & Q(granted__isnull=True)) | ~Q(currency=""),
                name="an_amount_has_a_currency",
            ),
        ]
