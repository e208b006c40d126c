"""Whether two people of files are one: what somebody judged, and what a supervisor is asked."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.cases.models.case import OfCase
from hamroh.cases.models.people import Person
from hamroh.cases.models.safety import Written
from hamroh.vault import fields


class Same(models.TextChoices):
    SAME = "same", pgettext_lazy("judgement", "The same person")
    DIFFERENT = "different", pgettext_lazy("judgement", "Two different people")
    UNSURE = "unsure", pgettext_lazy("judgement", "Not sure")


class Judgement(OfCase):
    """What somebody says of two people of files, and why. The newest line of a pair counts: who was wrong says so in a new one.

    ``one`` has the lesser id of the two; ``case`` is the file in which it was judged.
    """

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Same.choices)
    words = fields.SealedText(label="cases.judgement.words", null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["one", "-made_at"], name="judgements_of_one"),
            models.Index(fields=["other", "-made_at"], name="judgements_of_other"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(one=models.F("other")), name="judged_beside_somebody_else")
        ]

    def save(self, **options: Any) -> None:
        """Once written, a judgement stands; Written where it is to be changed."""
        if not self._state.adding:
            raise Written("two people are judged anew, a judgement is never changed")
        super().save(**options)


class ConflictKind(models.TextChoices):
    SIDES = "sides", pgettext_lazy("conflict", "On her side in one file, against her in the other")
    TWICE = "twice", pgettext_lazy("conflict", "Perhaps in two files")


class ConflictEnd(models.TextChoices):
    DIFFERENT = "different", pgettext_lazy("conflict", "They are two different people")
    GO_ON = "go_on", pgettext_lazy("conflict", "It is one person, and we may go on all the same")


class Conflict(OfCase):
    """Somebody of a case looks like somebody of another file, and a supervisor is asked. Open until she has decided.

    ``grounds`` are codes: name, phone, document. ``shown`` says whether the case's workers learn that she was asked, and the case waits
    for her; where it is false they notice nothing (docs/decisions/0018).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ConflictKind.choices)
    grounds = models.JSONField(default=list)
    shown = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    end = models.CharField(max_length=10, choices=ConflictEnd.choices, blank=True)
    words = fields.SealedText(label="cases.conflict.words", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "ended_at"], name="conflicts_of_a_case"),
            models.Index(fields=["organisation", "ended_at", "-made_at"], name="conflicts_to_decide"),
            models.Index(fields=["asked_by", "-made_at"], name="conflicts_of_a_worker"),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "other", "kind"], name="asked_once_of_two_people")]
