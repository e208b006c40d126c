"""Situation reports: figures by source as they stood, frozen with their digest; earlier ones stay."""

from django.db import models

from hamroh.emergencies.models.events import AddedOnly


class Report(AddedOnly):
    """One numbered report. ``content`` is what it says, ``digest`` the SHA-256 of that; ``words`` is ``{lang: text}`` and part of the content."""

    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["event", "-number"], name="reports_of_an_event")]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="a_report_of_an_event")]
