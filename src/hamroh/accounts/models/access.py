"""Exceptions to what roles give, record by record: lent to others, shut to somebody, opened in an emergency. Bare ids."""

import uuid
from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models.people import Organisation, User
from hamroh.vault import fields


class RecordGrantQuerySet(models.QuerySet["RecordGrant"]):
    def current(self) -> "RecordGrantQuerySet":
        now = timezone.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now, revoked_at__isnull=True)

    def to(self, user_id: UUID | None, organisations: Iterable[UUID]) -> "RecordGrantQuerySet":
        """Lent to these organisations, or to this person in them."""
        return self.filter(Q(to_user__isnull=True) | Q(to_user=user_id), to_organisation__in=list(organisations))


class RecordGrant(models.Model):
    """A record lent to another organisation for some verbs, until a day or until it is taken back.

    ``consent_id`` names the consent that it stands on; who withdraws that takes back the grant in the same transaction.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=80)
    record_id = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    to_user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    verbs = models.JSONField(default=list)
    consent_id = models.UUIDField(null=True)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = RecordGrantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["to_organisation", "ends_at"], name="grants_to_an_organisation"),
            models.Index(fields=["record_kind", "record_id"], name="grants_of_a_record"),
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id} to {self.to_organisation_id}"


class ConflictBlock(models.Model):
    """Somebody is shut out of a record and cannot learn that it exists: a relative, a friend of the husband."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=80)
    record_id = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "record_kind", "record_id"], name="shut_out_of_a_record_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} out of {self.record_kind}"


class BreakGlass(fields.SealedModel):
    """An emergency opening of one record for its reader, by somebody of its organisation, until it ends; then reviewed."""

    class Reason(models.TextChoices):
        DANGER = "danger", _("Somebody is in danger now")
        DEADLINE = "deadline", _("A deadline ends and nobody else can be reached")
        COURT = "court", _("A court or a doctor needs an answer now")

    class Outcome(models.TextChoices):
        RIGHT = "right", _("It was needed")
        WRONG = "wrong", _("It was not needed")

    guarded = Guarded(organisation="organisation_id")
    #: erasing the record would erase what is still to be answered for
    keeps_record = Q(reviewed_at=None)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    record_kind = models.CharField(max_length=80)
    record_id = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    words = fields.SealedText(label="accounts.break_glass.words")
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "ends_at"], name="glass_of_a_person"),
            models.Index(fields=["organisation", "reviewed_at", "opened_at"], name="glass_to_review"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} opened {self.record_kind}"


class Notice(models.Model):
    """A line on somebody's desk: what happened, about which record, without a word of its content."""

    class About(models.TextChoices):
        GLASS = "glass", _("A record of yours was opened in an emergency")
        REVIEW = "review", _("An emergency opening waits for your review")
        LET_GO = "let_go", _("A record of yours is to be erased")
        DUE = "due", _("Records wait to be let go or kept")
        KEY = "key", _("Your own key was made")
        LOCK = "lock", _("Your own key can be opened in a new way")
        RISK = "risk", _("A case of high risk waits until you have looked")
        URGENT = "urgent", _("Look at this case within the hour")
        FILES = "files", _("Somebody of this case may be in another file")
        LIKELY = "likely", _("Somebody who is missed may have been met")
        GUARD = "guard", _("A request to look for somebody waits for protection")
        WORD = "word", _("There is word of somebody who is missed")
        LETTER = "letter", _("A letter waits to be read before it goes")
        PARTNER = "partner", _("There is news of an agreement with a partner")
        REPLY = "reply", _("A partner has answered about somebody who is missed")
        FISHING = "fishing", _("Searches with a partner’s requests have to be looked at")
        CAME = "came", _("Somebody was referred to us")
        ANSWERED = "answered", _("There is news of a referral")
        GUESSED = "guessed", _("Wrong codes were tried at a link of ours: it is dead")
        MOVED = "moved", _("A day of a case was counted anew")
        ROUND = "round", _("You are asked to review a country profile")
        REMARK = "remark", _("There is a comment on a country profile of ours")
        SETTLED = "settled", _("A comment of yours was answered")
        DUTY = "duty", _("A task in an emergency was given to you")
        OVERDUE = "overdue", _("A task in an emergency is late")
        SIGN = "sign", _("An alert waits for a signature")
        PAPERS = "papers", _("Recovery papers of your organisation were made")
        ADMIT = "admit", _("Somebody waits to be let into her records again")
        ADMITTED = "admitted", _("Your records open again")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    about = models.CharField(max_length=12, choices=About.choices)
    record_kind = models.CharField(max_length=80)
    record_id = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "read_at", "-made_at"], name="notices_of_a_person")]

    def __str__(self) -> str:
        return f"{self.about} for {self.user_id}"
