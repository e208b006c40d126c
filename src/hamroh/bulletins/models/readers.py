"""Who gets the bulletin by e-mail, and every letter to her."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.bulletins.models.issues import Issue
from hamroh.bulletins.states import LetterLife
from hamroh.vault import fields
from hamroh.web.codes import new_code

#: letters that came back before no more are sent
BOUNCES = 3


class Reader(fields.SealedModel):
    """An address that asked for the bulletin, sealed. It gets nothing but one letter until it said yes; leaving erases it at once.

    ``bounces`` counts letters that came back; a reader whose letters came back three times gets none any more.
    """

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    address = fields.SealedText(label="bulletins.reader.address")
    address_index = fields.BlindIndex(of="address", rule="exact", label="bulletins.reader.address_index")
    lang = models.CharField(max_length=2)
    asked_date = models.DateField()
    confirmed_date = models.DateField(null=True)
    bounces = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["organisation", "confirmed_date"], name="readers_of_a_house")]
        constraints = [models.UniqueConstraint(fields=["organisation", "address_index"], name="a_reader_asks_once")]

    def __str__(self) -> str:
        return f"reader {self.code}"


class LetterKind(models.TextChoices):
    ISSUE = "issue"
    CONFIRM = "confirm"
    KNOWN = "known"


class Letter(models.Model):
    """One letter to one reader. It is claimed before it goes, so that no crash sends it twice. ``fault`` is the relay's number, never its words."""

    guarded = Guarded(part_of="reader")
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="letters")
    issue = models.ForeignKey(Issue, null=True, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=8, choices=LetterKind.choices)
    state = models.CharField(max_length=8, choices=LetterLife.choices(), default=LetterLife.initial)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="letters_that_are_due"),
            models.Index(fields=["issue", "state"], name="letters_of_an_issue"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reader", "issue"], condition=Q(issue__isnull=False), name="an_issue_goes_once"),
            models.CheckConstraint(condition=Q(kind="issue", issue__isnull=False) | ~Q(kind="issue") & Q(issue=None), name="a_letter_brings_what_it_says"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"letter {str(self.pk)[:8]}"
