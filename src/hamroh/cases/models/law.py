"""What people change about the law: proposed by one, released by another; only ever added, beside the packs, for the whole installation."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.web.ids import uuid7


class ChangeSort(models.TextChoices):
    AMENDED = "amended", pgettext_lazy("law", "The law was changed from a day on")
    CORRECTED = "corrected", pgettext_lazy("law", "The text was read anew")
    UNDONE = "undone", pgettext_lazy("law", "A change is taken back")
    DAYS = "days", pgettext_lazy("law", "Days off were announced")


class LawChange(models.Model):
    """What somebody proposes. ``about`` is the id of a rule, or a state and a year (``AZ 2027``) for days off.

    ``base`` is the edition of the text it was written against, ``values`` the columns that differ, as a pack writes them, and ``was`` what stood
    in them. It counts from
    the moment when a verdict releases it. The rows belong to no case and name nobody but colleagues: nothing of them is sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sort = models.CharField(max_length=10, choices=ChangeSort.choices)
    about = models.CharField(max_length=80)
    base = models.CharField(max_length=40, blank=True)
    since_date = models.DateField(null=True)
    values: models.JSONField[Any, Any] = models.JSONField(default=dict)
    was: models.JSONField[Any, Any] = models.JSONField(default=dict)
    why = models.TextField()
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["about", "proposed_at"], name="changes_of_a_rule"),
            models.Index(fields=["-proposed_at"], name="changes_of_the_law"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sort="undone") ^ Q(undoes__isnull=True), name="taking_back_names_what_is_taken_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.about}"


class VerdictKind(models.TextChoices):
    RELEASED = "released", pgettext_lazy("law", "Released")
    REFUSED = "refused", pgettext_lazy("law", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("law", "Withdrawn by who proposed it")


class LawVerdict(models.Model):
    """What became of a proposal: one verdict, once. ``proposed_by`` is repeated so that the database itself keeps the two apart."""

    change = models.OneToOneField(LawChange, primary_key=True, on_delete=models.PROTECT, related_name="verdict")
    kind = models.CharField(max_length=10, choices=VerdictKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "at"], name="verdicts_on_the_law")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="withdrawn", by=F("proposed_by")) | (~Q(kind="withdrawn") & ~Q(by=F("proposed_by"))),
                name="nobody_releases_a_change_of_her_own",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.change_id}"
