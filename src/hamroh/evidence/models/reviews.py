"""Rounds of review: who was asked, what they said of a block or a figure, what became of it, and who stands behind the edition."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.evidence.models.observations import Observation
from hamroh.evidence.models.profiles import Block, Edition
from hamroh.evidence.states import RoundStates
from hamroh.web.ids import uuid7


class Round(models.Model):
    """A review of one edition until a day. ``number`` counts within the edition; ``moves`` tell from which day to which it was moved, and why."""

    guarded = Guarded(part_of="edition")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    deadline_date = models.DateField()
    asks = models.TextField(blank=True)
    moves = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=RoundStates.choices(), default=RoundStates.initial)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="round_once_in_edition")]


class ReviewRole(models.TextChoices):
    AUTHOR = "author", _("Author")
    HEADQUARTERS = "headquarters", _("Headquarters")
    MEMBER_STATE = "member_state", _("Member state")
    MINISTRY = "ministry", _("Ministry")
    NGO = "ngo", _("Non-governmental organisation")


class Reviewer(models.Model):
    """Somebody who was asked to review; ``organisation`` is whom they speak for. The edition is lent to them until the round ends."""

    guarded = Guarded(part_of="round")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=ReviewRole.choices)
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="reviewer_once_in_round")]
        indexes = [models.Index(fields=["user", "finished_at"], name="reviews_of_a_person")]


class Comment(models.Model):
    """What somebody says of a block or of one figure in it, or answers to a comment; ``block_version`` is what they read.

    ``came_by`` is ``web`` or ``word``; ``mark`` names a comment of a Word copy, so that it comes in once.
    """

    guarded = Guarded(part_of="round")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="comments")
    block = models.ForeignKey(Block, null=True, on_delete=models.SET_NULL, related_name="comments")
    block_key = models.CharField(max_length=40, blank=True)
    block_version = models.PositiveIntegerField(default=0)
    observation = models.ForeignKey(Observation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    author_name = models.CharField(max_length=150)
    role = models.CharField(max_length=16, choices=ReviewRole.choices, blank=True)
    text = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    came_by = models.CharField(max_length=4, default="web")
    mark = models.CharField(max_length=80, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "mark"], name="comment_of_a_copy_once")]
        indexes = [
            models.Index(fields=["round", "made_at"], name="comments_of_a_round"),
            models.Index(fields=["block", "made_at"], name="comments_of_a_block"),
        ]


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    NEW_OBSERVATION = "new_observation", _("A new figure was recorded")


class Resolution(models.Model):
    """What became of a comment; a rejection says why. The newest holds, the older stay."""

    guarded = Guarded(part_of="comment")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="resolutions")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    observation = models.ForeignKey(Observation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["comment", "decided_at"], name="resolutions_of_a_comment")]


class Endorsement(models.Model):
    """A body stands behind an edition: which, on what day, by what document. ``digest`` is that of the content it endorsed."""

    guarded = Guarded(part_of="edition")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="endorsements")
    body = models.CharField(max_length=200)
    endorsed_date = models.DateField()
    document = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["edition", "endorsed_date"], name="endorsements_of_an_edition")]
