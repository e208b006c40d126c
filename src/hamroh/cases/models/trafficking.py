"""Trafficking in persons: what was asked, the time to recover, help that was given, and what she decided about the police."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.cases.models.case import OfCase
from hamroh.cases.models.casework import Stands
from hamroh.cases.models.people import Person
from hamroh.directory.models import Party
from hamroh.vault import fields


class TraffickingScreen(OfCase):
    """One asking of the indicators about one person, page by page; once it is finished it stands.

    ``answers``: ``answers`` by code and ``child``, whether she counts as a child. Nothing in the clear says what came of it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    tool = models.CharField(max_length=20)
    answers = fields.SealedJSON(label="cases.trafficking_screen.answers")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-made_at"], name="trafficking_asked")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(finished_at__isnull=True), name="one_open_asking_of_a_person"
            )
        ]


class As(models.TextChoices):
    """As what somebody was identified."""

    PRESUMED = "presumed", pgettext_lazy("trafficked", "Presumed to be trafficked")
    FORMAL = "formal", pgettext_lazy("trafficked", "Found to be trafficked, by an authority")
    REFUSED = "refused", pgettext_lazy("trafficked", "Not recognised by the authority")


class Basis(models.TextChoices):
    """From where the length of the time to recover is known."""

    RULE = "rule", pgettext_lazy("basis", "From a rule of the law")
    STATED = "stated", pgettext_lazy("basis", "A lawyer states it")
    PAPER = "paper", pgettext_lazy("basis", "A paper of the authority says it")


class RecoveryPeriod(OfCase):
    """Time to come to herself and to decide, in which nobody presses her. ``last_date`` is the last day that counts.

    ``facts``: ``article`` and ``by`` where a lawyer states it, ``words``, and ``ended`` where it ended before its day.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    began_date = models.DateField()
    last_date = models.DateField()
    days = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=8, choices=Basis.choices)
    rule = models.CharField(max_length=80, blank=True)
    ended_date = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="cases.recovery_period.facts")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "ended_date", "last_date"], name="recovery_that_ends"),
            models.Index(fields=["case", "-began_date"], name="recovery_of_a_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_date__isnull=True), name="one_recovery_at_a_time"
            ),
            models.CheckConstraint(condition=Q(last_date__gte=F("began_date")), name="recovery_ends_after_it_begins"),
        ]


class Aid(models.TextChoices):
    """What somebody who was trafficked was given."""

    SHELTER = "shelter", pgettext_lazy("aid", "A safe place")
    GOODS = "goods", pgettext_lazy("aid", "Food, clothes, money")
    HEALTH = "health", pgettext_lazy("aid", "Help of a doctor")
    TALK = "talk", pgettext_lazy("aid", "Talks with a psychologist")
    LEGAL = "legal", pgettext_lazy("aid", "A lawyer")
    PAPERS = "papers", pgettext_lazy("aid", "Papers")
    RETURN = "return", pgettext_lazy("aid", "The way home")
    SCHOOL = "school", pgettext_lazy("aid", "School or a course")
    WORK = "work", pgettext_lazy("aid", "Work")
    OTHER = "other", pgettext_lazy("aid", "Something else")


class Assistance(OfCase):
    """Help that lasted from one day to another, by whom. ``party`` is of the directory; ``facts``: ``whom``, ``words``, ``ended``."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Aid.choices)
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="cases.assistance.facts")

    class Meta:
        indexes = [models.Index(fields=["case", "-from_date"], name="assistance_of_a_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="assistance_ends_after_it_begins",
            )
        ]


class Wants(models.TextChoices):
    WANTED = "wanted", pgettext_lazy("police", "She wants the police to be told")
    UNWANTED = "unwanted", pgettext_lazy("police", "She does not want it")


class PoliceDecision(Stands):
    """What she decided about the police after she was told what may follow. The newest counts; ``facts``: ``advised_on``, ``advice``, ``said``."""

    wants = models.CharField(max_length=8, choices=Wants.choices)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    facts = fields.SealedJSON(label="cases.police_decision.facts")

    class Meta:
        indexes = [models.Index(fields=["case", "-made_at"], name="police_decisions_of_a_case")]
