"""Acts of violence that she told of, for her help and to be counted without her name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hamroh.cases.models.case import OfCase
from hamroh.cases.models.people import Person
from hamroh.vault import fields


class Incident(OfCase):
    """One act that somebody of the case told of, asked one question at a time; once it is finished it stands.

    ``facts``: ``happened`` (a partial date), ``told_on``, ``answers`` (lists of codes by question) and ``derived``: her age, sex and how
    she lived, as the file knew them when it was finished. Nothing in the clear says what was done. What was written down by mistake
    is set aside, with ``words`` that say why, and counts no more.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    tool = models.CharField(max_length=20)
    facts = fields.SealedJSON(label="cases.incident.facts")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-made_at"], name="incidents_of_a_case"),
            models.Index(fields=["organisation", "finished_at"], name="incidents_that_count"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(finished_at__isnull=True), name="one_open_incident_of_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"incident {str(self.pk)[:8]}"
