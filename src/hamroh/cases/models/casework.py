"""What is done in a case: moves from state to state, needs with their goals, help given, encounters, notes. All but needs are only ever added to."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.cases.models.case import OfCase
from hamroh.cases.models.people import Person
from hamroh.cases.models.safety import Written
from hamroh.cases.states import CaseLife
from hamroh.vault import fields


class Domain(models.TextChoices):
    """What a need is about."""

    LEGAL = "legal", pgettext_lazy("need", "Law")
    SAFETY = "safety", pgettext_lazy("need", "Safety")
    SHELTER = "shelter", pgettext_lazy("need", "A place to live")
    HEALTH = "health", pgettext_lazy("need", "Health")
    SUPPORT = "support", pgettext_lazy("need", "Somebody to talk to")
    LIVELIHOOD = "livelihood", pgettext_lazy("need", "Money and work")
    CHILD = "child", pgettext_lazy("need", "The children")
    DOCUMENTS = "documents", pgettext_lazy("need", "Papers")


class Outcome(models.TextChoices):
    """What became of a goal."""

    MET = "met", pgettext_lazy("goal", "Reached")
    PARTLY = "partly", pgettext_lazy("goal", "Reached in part")
    UNMET = "unmet", pgettext_lazy("goal", "Not reached")
    DROPPED = "dropped", pgettext_lazy("goal", "She no longer wants it")


class Help(models.TextChoices):
    """What was done for her."""

    ADVICE = "advice", pgettext_lazy("help", "Advice")
    PAPER = "paper", pgettext_lazy("help", "A paper written")
    COURT = "court", pgettext_lazy("help", "Stood with her in court")
    ESCORT = "escort", pgettext_lazy("help", "Went with her to an office")
    TALK = "talk", pgettext_lazy("help", "A talk with the psychologist")
    SHELTER = "shelter", pgettext_lazy("help", "A safe place")
    HEALTH = "health", pgettext_lazy("help", "Help of a doctor")
    GOODS = "goods", pgettext_lazy("help", "Money or things")
    REFERRAL = "referral", pgettext_lazy("help", "Sent on to somebody")
    OTHER = "other", pgettext_lazy("help", "Something else")


class Place(models.TextChoices):
    """Where one met."""

    OFFICE = "office", pgettext_lazy("met", "In the office")
    VILLAGE = "village", pgettext_lazy("met", "In the village")
    PHONE = "phone", pgettext_lazy("met", "By telephone")
    HOME = "home", pgettext_lazy("met", "At her home")
    COURT = "court", pgettext_lazy("met", "At the court or an office")
    ELSEWHERE = "elsewhere", pgettext_lazy("met", "Elsewhere")


class Discipline(models.TextChoices):
    """Whose note it is: those of the last two open to their author and their discipline alone."""

    CASE = "case", pgettext_lazy("note", "Of the case")
    LEGAL = "legal", pgettext_lazy("note", "Of the law")
    PSYCHOLOGICAL = "psychological", pgettext_lazy("note", "Of the psychologist")
    MEDICAL = "medical", pgettext_lazy("note", "Of health")


#: notes that no supervisor reads, no emergency opens, and, where they are about a child, no page of the mother shows
CLINICAL = (Discipline.PSYCHOLOGICAL, Discipline.MEDICAL)


class Stands(OfCase):
    """A row of a case that is only ever added to; Written where it is to be changed."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            raise Written("a line of the file stands: write another one")
        super().save(**options)


class Move(Stands):
    """A case went from one state to another, and why where that was asked."""

    before = models.CharField(max_length=12, choices=CaseLife.choices())
    after = models.CharField(max_length=12, choices=CaseLife.choices())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    words = fields.SealedText(label="cases.move.words", null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-made_at"], name="moves_of_a_case")]


class Need(OfCase):
    """What she needs, and the goal in her own words; without ``planned_date`` it has no goal yet, without ``outcome`` it is open."""

    domain = models.CharField(max_length=12, choices=Domain.choices)
    goal = fields.SealedText(label="cases.need.goal", null=True)
    made_at = models.DateTimeField(default=timezone.now)
    planned_date = models.DateField(null=True)
    due_date = models.DateField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    outcome_date = models.DateField(null=True)
    outcome_words = fields.SealedText(label="cases.need.outcome_words", null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "outcome"], name="needs_of_a_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_date=None) | (~Q(outcome="") & ~Q(outcome_date=None)),
                name="an_outcome_has_a_day",
            )
        ]


class Service(Stands):
    """Something that was done for her: what, when, by whom, how long, for which need."""

    need = models.ForeignKey(Need, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Help.choices)
    on_date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    words = fields.SealedText(label="cases.service.words", null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-on_date"], name="services_of_a_case")]


class Encounter(Stands):
    """One met: where, when, how long; who was there and what was said is sealed."""

    place = models.CharField(max_length=10, choices=Place.choices)
    on_date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    present = fields.SealedText(label="cases.encounter.present", null=True)
    words = fields.SealedText(label="cases.encounter.words", null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-on_date"], name="encounters_of_a_case")]


class Note(Stands):
    """A note of one discipline, about the client unless it names somebody else of the case."""

    discipline = models.CharField(max_length=14, choices=Discipline.choices)
    about = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    words = fields.SealedText(label="cases.note.words")

    class Meta:
        indexes = [models.Index(fields=["case", "discipline", "-made_at"], name="notes_of_a_case")]
