"""What a group agreed with councils and institutes, and what each side owes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from hamroh.directory.models import Party
from hamroh.groups.models.groups import OfGroup
from hamroh.groups.states import MemorandumLife


class PartnerKind(models.TextChoices):
    COUNCIL = "council", pgettext_lazy("partner of a group", "Community council")
    ORDER = "order", pgettext_lazy("partner of a group", "Public council for order")
    MAHALLA = "mahalla", pgettext_lazy("partner of a group", "Mahalla committee")
    INSTITUTE = "institute", pgettext_lazy("partner of a group", "Institute or school")
    AUTHORITY = "authority", pgettext_lazy("partner of a group", "State office")
    OTHER = "other", pgettext_lazy("partner of a group", "Another partner")


class NoDate(models.TextChoices):
    """Why the day of signing is missing."""

    NOT_PRINTED = "not_printed", pgettext_lazy("date", "The source prints no date")
    NOT_ASKED = "not_asked", pgettext_lazy("date", "Nobody has asked yet")
    NOT_KNOWN = "not_known", pgettext_lazy("date", "Nobody knows it any more")


class Memorandum(OfGroup):
    """A memorandum with a partner: one of the directory, or by its name. ``signed_date`` may be partial, or empty with ``no_date`` why.

    ``until_date`` empty says that no end was agreed. ``review_date`` is when both sides look at it again. ``source`` is a locator
    where somebody else told of it. The scan is a sealed file of this row.
    """

    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    partner_name = models.CharField(max_length=160, blank=True)
    partner_kind = models.CharField(max_length=10, choices=PartnerKind.choices)
    state = models.CharField(max_length=8, choices=MemorandumLife.choices(), default=MemorandumLife.initial)
    signed_date = models.CharField(max_length=10, blank=True)
    no_date = models.CharField(max_length=12, choices=NoDate.choices, blank=True)
    from_date = models.DateField(null=True)
    until_date = models.DateField(null=True)
    review_date = models.DateField(null=True)
    ended_date = models.DateField(null=True)
    renews = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=200, blank=True)
    file_id = models.UUIDField(null=True)
    reminded_date = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["group", "state", "until_date"], name="memoranda_of_a_group"),
            models.Index(fields=["state", "review_date"], name="memoranda_by_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=False) | ~Q(partner_name=""), name="a_memorandum_has_a_partner"
            ),
            models.CheckConstraint(
                condition=Q(from_date__isnull=True) | Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="a_memorandum_ends_after_it_begins",
            ),
        ]


class Side(models.TextChoices):
    OURS = "ours", pgettext_lazy("obligation", "The group")
    THEIRS = "theirs", pgettext_lazy("obligation", "The partner")


class Obligation(OfGroup):
    """What one side of a memorandum has to do, until when. ``words`` names no person."""

    memorandum = models.ForeignKey(Memorandum, on_delete=models.CASCADE, related_name="obligations")
    side = models.CharField(max_length=6, choices=Side.choices)
    words = models.CharField(max_length=200)
    due_date = models.DateField(null=True)
    done_date = models.DateField(null=True)
    dropped_date = models.DateField(null=True)
    reminded_date = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["memorandum", "side", "due_date"], name="obligations_of_both_sides"),
            models.Index(fields=["done_date", "due_date"], name="obligations_by_day"),
        ]
