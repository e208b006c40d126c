"""What a party and a service have in common as entries of the directory."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation
from hamroh.directory.states import EntryStates
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    NETWORK = "network", _("The network")
    ORGANISATION = "organisation", _("The organisation that keeps it")
    TEAM = "team", _("The team that keeps it")


class Entry(models.Model):
    """State, visibility, keeper, sources and last check of a directory entry.

    ``sources`` is a list of ``{"title", "locator", "as_of"}``; ``verified_date`` is null until a person has checked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    state = models.CharField(max_length=10, choices=EntryStates.choices(), default=EntryStates.initial)
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC)
    maintainer = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sources = models.JSONField(default=list, blank=True)
    verified_date = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    next_review_date = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def is_overdue(self, today: dt.date) -> bool:
        """Past its review date, or never verified."""
        return self.verified_date is None or (self.next_review_date is not None and self.next_review_date < today)
