"""What proves something: each file kept byte for byte as it came, and copies that may be handed out."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.cases.models.case import OfCase
from hamroh.cases.models.casework import Discipline
from hamroh.cases.models.matters import Matter
from hamroh.cases.models.people import Person
from hamroh.vault import fields


class EvidenceKind(models.TextChoices):
    MESSAGE = "message", pgettext_lazy("evidence", "A message")
    RECEIPT = "receipt", pgettext_lazy("evidence", "A receipt or a transfer slip")
    DOCUMENT = "document", pgettext_lazy("evidence", "A document")
    PHOTO = "photo", pgettext_lazy("evidence", "A photograph")
    RECORDING = "recording", pgettext_lazy("evidence", "A recording")
    OTHER = "other", pgettext_lazy("evidence", "Something else")


class Evidence(OfCase):
    """One file, or a copy of one with parts blacked out. Neither is ever changed.

    ``facts``: ``digest`` (SHA-256 of the bytes, hex), ``size``, ``mime``, ``words`` (what it is and shows), ``given_by`` and ``dated``
    (when it was written or made, as far as it is known, ``2026-03``).
    """

    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    #: the sealed file, a bare id of the vault's
    file_id = models.UUIDField(unique=True)
    copy_of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="copies")
    #: the child whom it is about, where it is about one; a copy says the same as its original
    about = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    #: whose paper it is: those of the psychologist and of health open as their notes do
    discipline = models.CharField(max_length=14, choices=Discipline.choices, default=Discipline.CASE)
    matter = models.ForeignKey(Matter, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="cases.evidence.facts")

    class Meta:
        indexes = [models.Index(fields=["case", "-taken_at"], name="evidence_of_a_case")]

    def __str__(self) -> str:
        return f"evidence {str(self.pk)[:8]}"
