"""Who may be whom: what the engine found, and what people said of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.tracing.models.pools import PoolRecord
from hamroh.tracing.models.requests import AddedOnly, OfRequest, Request
from hamroh.vault import fields


class Candidate(OfRequest):
    """The engine came upon a pair by itself, as a record or a request arrived; it waits until somebody looks.

    Either ``record`` or ``other`` is set. Of the two requests of a pair ``request`` is the one that was there before.
    """

    record = models.ForeignKey(PoolRecord, null=True, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Request, null=True, on_delete=models.CASCADE, related_name="+")
    band = models.CharField(max_length=8)
    #: where whole lists were linked, what that says, per cent
    chance = models.PositiveSmallIntegerField(null=True)
    found_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "seen_at", "-found_at"], name="candidates_to_look_at")]
        constraints = [
            models.UniqueConstraint(fields=["request", "record"], name="a_record_is_found_once"),
            models.UniqueConstraint(fields=["request", "other"], name="a_request_is_found_once"),
            models.CheckConstraint(
                condition=Q(record__isnull=True, other__isnull=False) | Q(record__isnull=False, other__isnull=True),
                name="a_candidate_is_one_thing",
            ),
        ]


class Same(models.TextChoices):
    SAME = "same", pgettext_lazy("tracing judgement", "The same person")
    DIFFERENT = "different", pgettext_lazy("tracing judgement", "Not the same person")
    UNSURE = "unsure", pgettext_lazy("tracing judgement", "Not sure")
    MORE = "more", pgettext_lazy("tracing judgement", "More is needed to say")


class Verdict(AddedOnly):
    """What somebody says of a request beside a record or another request, and why. Nothing is merged; who was wrong judges anew."""

    record = models.ForeignKey(PoolRecord, null=True, on_delete=models.SET_NULL, related_name="+")
    other = models.ForeignKey(Request, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=10, choices=Same.choices)
    words = fields.SealedText(label="tracing.verdict.words")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["request", "-made_at"], name="verdicts_of_a_request"),
            models.Index(fields=["record", "-made_at"], name="verdicts_of_a_record"),
            models.Index(fields=["other", "-made_at"], name="verdicts_of_another"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=models.F("request")), name="judged_beside_another_request"
            )
        ]
