"""Who tells, and what she allows: answers are added, never changed; taking back is a row of its own."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.archive.models.units import Unit
from hamroh.vault import fields
from hamroh.web.codes import new_code


class Narrator(fields.SealedModel):
    """Somebody who tells her story or is seen in a picture. Her name is sealed; ``code`` is what the desk calls her by."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    name = fields.SealedText(label="archive.narrator.name")
    contact = fields.SealedText(label="archive.narrator.contact", null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="narrators_of_archive")]

    def __str__(self) -> str:
        return f"narrator {self.code}"


class Voice(models.Model):
    """A narrator in one item: the name by which she is called there, and her own where she allows it. Both are gone once she takes it back."""

    guarded = Guarded(part_of="unit")
    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="voices")
    narrator = models.ForeignKey(Narrator, null=True, on_delete=models.SET_NULL, related_name="voices")
    pseudonyms = models.JSONField(default=dict)
    own_names = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "narrator"], name="narrator_once_in_item")]


class AddedOnly(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("what was answered is never changed: add another row")
        super().save(**options)


class Consent(AddedOnly):
    """What a narrator allowed on a day. ``cuts`` are ``{"start", "end", "scopes"}``. Nothing in it tells who she is: the public side reads it."""

    guarded = Guarded(part_of="voice")
    id = models.BigAutoField(primary_key=True)
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="consents")
    scopes = models.JSONField(default=list)
    given_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    cuts = models.JSONField(default=list, blank=True)
    names_her = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["voice", "id"], name="consents_in_order")]


class ConsentProof(fields.SealedModel):
    """What proves a consent: what she said, and to whom; ``paper_id`` is a sealed file, the signed paper or the recording in which she says it."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    consent = models.OneToOneField(Consent, on_delete=models.CASCADE, related_name="proof")
    words = fields.SealedText(label="archive.consent.words", null=True)
    paper_id = models.UUIDField(null=True)


class Withdrawal(AddedOnly):
    """She took it back: every consent of this voice that was recorded before ends at this moment."""

    guarded = Guarded(part_of="voice")
    id = models.BigAutoField(primary_key=True)
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="withdrawals")
    at = models.DateTimeField(default=timezone.now)
    erases = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
