"""What a party and a service have in common as entries of the directory."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation
from hamroh.directory.states import EntryStates
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7
from hamroh.web.texts import pick


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    NETWORK = "network", _("The network")
    ORGANISATION = "organisation", _("The organisation that keeps it")
    TEAM = "team", _("The team that keeps it")


class Entry(models.Model):
    """Names, state, visibility, keeper, sources and last check of a directory entry.

    ``names`` is ``{lang: text}``; ``sort_keys`` and ``initials`` follow from it for every language of the site, with
    its fallback; ``folded_names`` holds every name in the spelling that look-ups compare. ``key`` is the keeper's own lasting name for the entry, by which an import finds it again.
    ``sources`` is a list of ``{"title", "locator", "as_of"}``; ``verified_date`` is null until a person has checked.
    ``updated_at`` is the token of an edit: who saves with an older one is told.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    names = models.JSONField(default=dict)
    sort_keys = models.JSONField(default=dict)
    initials = models.JSONField(default=dict)
    folded_names = models.TextField(default="", editable=False)
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

    def __str__(self) -> str:
        return str(pick(self.names, "en")) or self.code

    def is_overdue(self, today: dt.date) -> bool:
        """Past its review date, or never verified."""
        return self.verified_date is None or (self.next_review_date is not None and self.next_review_date < today)
