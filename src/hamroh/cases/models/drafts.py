"""An intake that is not a case yet: what was answered so far."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.models.case import Case
from hamroh.vault import fields

#: how long an intake that nobody finished is kept
KEPT_FOR = dt.timedelta(days=14)


class Draft(fields.SealedModel):
    """An intake of one worker, hers alone. ``answers`` are by step; they are wiped when the case is opened, or when the time is over.

    ``team`` and ``area`` are as far as her role reaches where it is limited; the case has them where she says no nearer place.
    """

    guarded = Guarded(organisation="organisation_id", owner="owner_id", team="team", area="area")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    team = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=200, blank=True)
    answers = fields.SealedJSON(label="cases.draft.answers", null=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    #: what became of it
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["owner", "case", "-changed_at"], name="drafts_of_a_worker")]

    def __str__(self) -> str:
        return f"intake {str(self.pk)[:8]}"
