"""Somebody was found and is asked first: the talks with him, and what he agrees to, line by line."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from hamroh.cases.models import Answer
from hamroh.tracing.models.pools import PoolRecord
from hamroh.tracing.models.requests import AddedOnly
from hamroh.vault import fields


class Talk(models.TextChoices):
    """What came of trying to speak with him. He decides in the first one alone."""

    SPOKEN = "spoken", pgettext_lazy("talk", "Spoken with alone, and it is he")
    COMPANY = "company", pgettext_lazy("talk", "Somebody else was there")
    UNPROVEN = "unproven", pgettext_lazy("talk", "Who he is was not proven")
    MISSED = "missed", pgettext_lazy("talk", "Not reached")


class Approach(AddedOnly):
    """One try to speak with him privately. ``facts``: ``way``, ``place``, ``proof`` (how he showed who he is) and ``words``."""

    #: by which record he was found; empty once that is erased
    record = models.ForeignKey(PoolRecord, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=10, choices=Talk.choices)
    on_date = models.DateField()
    facts = fields.SealedJSON(label="tracing.approach.facts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["request", "-made_at"], name="talks_of_a_search")]


class Wish(models.TextChoices):
    """What may be told or done with his consent; where he gave none of them, nothing is."""

    ALIVE = "alive", pgettext_lazy("wish", "That he is alive and well")
    MESSAGE = "message", pgettext_lazy("wish", "A message from him")
    CONTACT = "contact", pgettext_lazy("wish", "How he can be reached")
    ADDRESS = "address", pgettext_lazy("wish", "Where he lives, to the lawyer alone")


class HisWay(models.TextChoices):
    SIGNATURE = "signature", pgettext_lazy("way of consent", "By his signature")
    VOICE = "voice", pgettext_lazy("way of consent", "By his word")
    WITNESS = "witness", pgettext_lazy("way of consent", "By a mark before a witness")


class Choice(AddedOnly):
    """His answer to one wish, with the words that were read to him. The newest line of a wish counts, until its day.

    ``terms`` of a contact: ``phone`` and ``words``, all that is passed on.
    """

    approach = models.ForeignKey(Approach, on_delete=models.CASCADE, related_name="+")
    wish = models.CharField(max_length=10, choices=Wish.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    way = models.CharField(max_length=10, choices=HisWay.choices)
    on_date = models.DateField()
    until_date = models.DateField(null=True)
    text_version = models.CharField(max_length=20)
    text_digest = models.CharField(max_length=64)
    terms = fields.SealedJSON(label="tracing.choice.terms", null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["request", "wish", "-made_at"], name="choices_of_the_found")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer="given") | Q(until_date__isnull=False), name="what_he_agrees_to_has_an_end"
            )
        ]
