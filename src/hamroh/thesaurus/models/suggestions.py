"""Suggestions for a vocabulary: what is proposed, what editors say and vote, what was decided."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation
from hamroh.thesaurus.models.concepts import Concept, Scheme
from hamroh.thesaurus.states import SuggestionStates


class SuggestionKind(models.TextChoices):
    CONCEPT = "concept", _("A concept that is missing")
    LABEL = "label", _("Another word for it")
    CHANGE = "change", _("A word that should change")
    MAPPING = "mapping", _("The same in another vocabulary")
    DEPRECATION = "deprecation", _("No longer to be used")


class Why(models.TextChoices):
    """Why somebody suggests: fixed choices, so that nobody writes down a life."""

    SAID_SO = "said_so", _("People say it so")
    NO_WORD = "no_word", _("There is no word for it in this language")
    HURTS = "hurts", _("The word that stands there hurts people")
    MISSPELT = "misspelt", _("It is misspelt")
    MEANS_OTHER = "means_other", _("It means something else")
    OUT_OF_USE = "out_of_use", _("Nobody says it any more")
    LAW = "law", _("A law or another vocabulary says so")


class Suggestion(models.Model):
    """One proposed change. Of who in the public sent it nothing is kept, and of when only the day; its key tells nothing.

    ``scheme`` is the vocabulary that would change; the same from the public on one day is one row that counts ``times``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="suggestions")
    concept = models.ForeignKey(Concept, null=True, blank=True, on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=12, choices=SuggestionKind.choices)
    lang = models.CharField(max_length=35, blank=True)
    text = models.CharField(max_length=400, blank=True)
    instead_of = models.CharField(max_length=400, blank=True)
    detail = models.CharField(max_length=12, blank=True)
    other = models.ForeignKey(Concept, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=12, choices=Why.choices)
    explanation = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=SuggestionStates.choices(), default=SuggestionStates.initial)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    received_date = models.DateField()
    times = models.PositiveSmallIntegerField(default=1)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    made = models.ForeignKey(Concept, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["scheme", "state", "received_date"], name="suggestions_waiting")]


class Remark(models.Model):
    """What an editor says about a suggestion."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="remarks")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=2000)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["suggestion", "said_at"], name="remarks_in_order")]


class Vote(models.Model):
    """What one editor thinks of a suggestion; it may be changed until the decision."""

    class Choice(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")
        ABSTAIN = "abstain", _("Neither")

    id = models.BigAutoField(primary_key=True)
    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    voted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["suggestion", "voter"], name="one_vote_each")]
