"""Talks between her and the other side with somebody between them, what they agreed, and how it goes once they are together again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.cases.models.case import OfCase
from hamroh.cases.models.casework import Stands
from hamroh.cases.models.evidence import Evidence
from hamroh.cases.models.matters import Matter
from hamroh.cases.models.safety import RiskScreen
from hamroh.cases.states import MediationLife
from hamroh.vault import fields


class WishAnswer(models.TextChoices):
    SIGNED = "signed", pgettext_lazy("wish", "Signed: the talks may be held")
    DECLINED = "declined", pgettext_lazy("wish", "Not signed")


class MediationWish(OfCase):
    """Her own wish for mediation, in writing, though the questions about danger stand against it; a supervisor answers it once.

    ``facts``: ``on`` (the day that it bears) and ``words`` (what it says, where its paper is not among the evidence).
    """

    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.SET_NULL, related_name="+")
    facts = fields.SealedJSON(label="cases.mediation_wish.facts")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, choices=WishAnswer.choices, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_words = fields.SealedText(label="cases.mediation_wish.answer_words", null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-made_at"], name="wishes_of_a_case")]


class Mediation(OfCase):
    """Talks that were begun, and how they ended. ``facts``: ``whom`` (the other side), ``mediator``, ``wants`` (in her words), ``ended``."""

    state = models.CharField(max_length=12, choices=MediationLife.choices(), default=MediationLife.initial)
    matter = models.ForeignKey(Matter, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_date = models.DateField()
    ended_date = models.DateField(null=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="cases.mediation.facts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="open"), name="one_open_mediation_in_a_case")
        ]


class MediationSession(Stands):
    """One session. ``facts``: ``present`` (who was there) and ``words``."""

    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="sessions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="cases.mediation_session.facts")


class Kept(models.TextChoices):
    KEPT = "kept", pgettext_lazy("term", "Kept")
    PARTLY = "partly", pgettext_lazy("term", "Kept in part")
    BROKEN = "broken", pgettext_lazy("term", "Not kept")


class AgreedTerm(OfCase):
    """One thing that was agreed: who does what until when. ``facts``: ``who``, ``what``, and ``became`` once it is known."""

    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="terms")
    due_date = models.DateField(null=True)
    kept = models.CharField(max_length=8, choices=Kept.choices, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="cases.agreed_term.facts")


class Reunification(OfCase):
    """She and he live together again. ``facts``: ``with`` (whom), ``wants`` (in her words), ``apart`` (how it ended).

    ``harm_date`` is the first day on which violence was told of after it began; it is never taken back.
    """

    began_date = models.DateField()
    apart_date = models.DateField(null=True)
    harm_date = models.DateField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="cases.reunification.facts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(apart_date__isnull=True), name="together_once_in_a_case"
            )
        ]


class Found(models.TextChoices):
    SAFE = "safe", pgettext_lazy("check", "Together and safe")
    UNSAFE = "unsafe", pgettext_lazy("check", "Not safe")
    APART = "apart", pgettext_lazy("check", "No longer together")


class TogetherCheck(OfCase):
    """How it goes after 1, 3, 6, 12 months. ``facts``: ``together``, ``violence``, ``words``, and ``tries`` where she could not talk."""

    reunification = models.ForeignKey(Reunification, on_delete=models.CASCADE, related_name="checks")
    month = models.PositiveSmallIntegerField()
    due_date = models.DateField()
    done_date = models.DateField(null=True)
    found = models.CharField(max_length=8, choices=Found.choices, blank=True)
    screen = models.ForeignKey(RiskScreen, null=True, on_delete=models.CASCADE, related_name="+")
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    facts = fields.SealedJSON(label="cases.together_check.facts", null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "done_date", "due_date"], name="checks_that_come")]
        constraints = [
            models.UniqueConstraint(fields=["reunification", "month"], name="one_check_of_a_month"),
            models.CheckConstraint(
                condition=Q(found="", done_date__isnull=True) | (~Q(found="") & Q(done_date__isnull=False)),
                name="a_made_check_found_something",
            ),
        ]
