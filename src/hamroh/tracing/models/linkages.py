"""Whole lists that are linked: how far that is, the pairs that came of it, and what people say of a pair."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hamroh.tracing.models.judgements import Same
from hamroh.tracing.models.pools import OfPool, Pool, PoolRecord
from hamroh.tracing.models.requests import Written
from hamroh.tracing.states import LinkageLife
from hamroh.vault import fields


class Linkage(OfPool):
    """One list compared as a whole with another one of the house, or with the requests that are searched (then ``beside`` is empty).

    It holds nobody: which two, how far, how many. ``proposed`` are pairs that were likely enough, ``new`` those that nobody knew of.
    """

    beside = models.ForeignKey(Pool, null=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=LinkageLife.choices(), default=LinkageLife.initial)
    #: rows that were read, linked and weighed, and how many there are in all
    done = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    proposed = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    #: why it failed, by code
    fault = models.CharField(max_length=8, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    #: when a worker last wrote how far it is
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["pool", "-made_at"], name="linkages_of_a_pool")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="running"), name="one_linkage_at_a_time_in_a_house"
            ),
            models.CheckConstraint(condition=Q(beside__isnull=True) | ~Q(beside=F("pool")), name="linked_with_another_list"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"linkage {str(self.pk)[:8]}"


class Pair(OfPool):
    """Two people of two lists who may be one; it waits until somebody looks. ``pool`` is the list of ``record``.

    ``band`` is what our engine says, ``chance`` what the linkage of the lists as a whole says, per cent.
    """

    record = models.ForeignKey(PoolRecord, on_delete=models.CASCADE, related_name="+")
    beside = models.ForeignKey(PoolRecord, on_delete=models.CASCADE, related_name="+")
    band = models.CharField(max_length=8)
    chance = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "seen_at", "-found_at"], name="pairs_to_look_at"),
            models.Index(fields=["pool", "-found_at"], name="pairs_of_a_pool"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "beside"], name="two_records_are_a_pair_once"),
            models.CheckConstraint(condition=~Q(record=F("beside")), name="a_pair_is_two"),
        ]


class PairVerdict(OfPool):
    """What somebody says of two people of two lists, and why. As with requests nothing is merged; who was wrong judges anew."""

    record = models.ForeignKey(PoolRecord, null=True, on_delete=models.SET_NULL, related_name="+")
    beside = models.ForeignKey(PoolRecord, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=10, choices=Same.choices)
    words = fields.SealedText(label="tracing.pair_verdict.words")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["record", "-made_at"], name="pair_verdicts_of_a_record"),
            models.Index(fields=["beside", "-made_at"], name="pair_verdicts_of_another"),
        ]

    def save(self, **options: Any) -> None:
        """Written where it is to be changed."""
        if not self._state.adding:
            raise Written("a line of this kind is added to, never changed")
        super().save(**options)
