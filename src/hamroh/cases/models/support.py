"""Applications for support of the state: what was asked of which office, and what it answered."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamroh.cases.models.case import OfCase
from hamroh.cases.models.matters import Deadline, Matter
from hamroh.cases.states import SupportLife
from hamroh.vault import fields


class Application(OfCase):
    """One application in a matter of state support. ``alarm`` is the day on which the office's silence is too long.

    ``facts``: ``support`` (a code of ``kernel.supports``, empty where no rule is known), ``asked`` in words, ``authority`` (the
    directory's code of the office), ``named`` (its names there on that day), ``office`` as somebody wrote it, ``papers`` that were
    handed in, and ``moves``: a line for each state that it came into, with ``state``, ``on``, ``number``, ``amount`` as printed,
    ``words``.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="applications")
    state = models.CharField(max_length=10, choices=SupportLife.choices(), default=SupportLife.initial)
    filed_date = models.DateField(null=True)
    answered_date = models.DateField(null=True)
    alarm = models.ForeignKey(Deadline, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="cases.application.facts")

    class Meta:
        indexes = [
            models.Index(fields=["matter", "made_at"], name="applications_of_a_matter"),
            models.Index(fields=["organisation", "state"], name="applications_that_wait"),
        ]
