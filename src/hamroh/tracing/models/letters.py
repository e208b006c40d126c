"""Family news between who is missed and who misses him; and the weekly word, which every request gets alike."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.tracing.models.approaches import Approach
from hamroh.tracing.models.requests import OfRequest
from hamroh.tracing.states import LetterLife
from hamroh.vault import fields


class Towards(models.TextChoices):
    SEEKER = "seeker", pgettext_lazy("letter", "From who was found, to who misses him")
    FOUND = "found", pgettext_lazy("letter", "From who misses him, to who is missed")


class Letter(OfRequest):
    """One short letter. Somebody who did not write it down reads it before it goes; ``words`` is what that reader said to it."""

    towards = models.CharField(max_length=8, choices=Towards.choices)
    state = models.CharField(max_length=10, choices=LetterLife.choices(), default=LetterLife.initial)
    body = fields.SealedText(label="tracing.letter.body")
    words = fields.SealedText(label="tracing.letter.words", null=True)
    #: the talk at which he gave it, or heard it
    approach = models.ForeignKey(Approach, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "made_at"], name="letters_to_read"),
            models.Index(fields=["request", "towards", "-made_at"], name="letters_of_a_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(read_by__isnull=True) | ~models.Q(read_by=models.F("by")),
                name="nobody_reads_her_own_letter",
            )
        ]


class WeeklyWord(OfRequest):
    """What the seeker's side has been told, sealed anew every week for every request alike, whatever is in it.

    ``body`` is ``{"told": [...]}``, the newest first: what was told on a day, and what she did with it. No moment but the declared day
    stands beside it: a row says nothing by when it was written.
    """

    week_date = models.DateField()
    body = fields.SealedJSON(label="tracing.weekly_word.body")

    class Meta:
        indexes = [models.Index(fields=["organisation", "week_date"], name="weekly_words_by_week")]
        constraints = [models.UniqueConstraint(fields=["request"], name="one_weekly_word_a_request")]
