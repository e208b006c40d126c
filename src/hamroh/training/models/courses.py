"""Courses and their rounds: what is taught, where and when, by whom it is borne. Nobody who takes part stands here."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit, Party
from hamroh.training.states import RoundLife
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7

KIND = "training.round"


class CourseKind(models.TextChoices):
    BORDER = "border", pgettext_lazy("course", "Border and immigration control")
    MIGRATION = "migration", pgettext_lazy("course", "Essentials of migration management")
    BUDGET = "budget", pgettext_lazy("course", "Household budgeting")
    TRAINERS = "trainers", pgettext_lazy("course", "Training of trainers")
    DEPARTURE = "departure", pgettext_lazy("course", "Before departure")
    RIGHTS = "rights", pgettext_lazy("course", "Legal literacy")
    SKILLS = "skills", pgettext_lazy("course", "Skills and trades")
    PROJECTS = "projects", pgettext_lazy("course", "Design of projects")
    TOUR = "tour", pgettext_lazy("course", "Study tour")
    OTHER = "other", pgettext_lazy("course", "Other")


class Course(models.Model):
    """What is taught, whoever teaches it where. ``names`` and ``objectives`` are ``{lang: text}``; ``outline`` lists parts with their hours."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=10, choices=CourseKind.choices)
    names = models.JSONField(default=dict)
    objectives = models.JSONField(default=dict)
    outline = models.JSONField(default=list)
    hours = models.PositiveSmallIntegerField(null=True)
    languages = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "kind"], name="courses_of_a_house")]

    def __str__(self) -> str:
        return f"course {self.code}"


class Round(models.Model):
    """One time that a course is held: the 6th of 12.

    ``starts`` and ``ends`` may be known to the year or month only; ``owners`` are ids of the trainers who work here, each between slashes.
    ``before`` is how many of those who were only counted are said to have been in an earlier round. ``remarks`` say what is not known and why.
    """

    guarded = Guarded(organisation="organisation_id", owners="owners")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(null=True)
    of_number = models.PositiveSmallIntegerField(null=True)
    place = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    spot = models.CharField(max_length=160, blank=True)
    starts = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=5, blank=True)
    state = models.CharField(max_length=10, choices=RoundLife.choices(), default=RoundLife.initial)
    owners = models.TextField(blank=True, default="")
    places = models.PositiveSmallIntegerField(null=True)
    takes_sign_ups = models.BooleanField(default=False)
    before = models.PositiveIntegerField(null=True)
    most_points = models.PositiveSmallIntegerField(null=True)
    #: scores that were only counted: ``{"before": {score: people}, "after": {...}}``
    scores = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True)
    remarks = models.JSONField(default=dict)
    closed_date = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "-starts"], name="rounds_of_a_house"),
            models.Index(fields=["course", "starts"], name="rounds_of_a_course"),
            models.Index(fields=["organisation", "closed_date"], name="rounds_by_end"),
            models.Index(fields=["state", "starts"], name="rounds_announced"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("held", "dropped"), closed_date__isnull=False)
                | (~Q(state__in=("held", "dropped")) & Q(closed_date__isnull=True)),
                name="a_round_is_over_on_a_day",
            ),
            models.UniqueConstraint(fields=["course", "number"], name="a_round_of_a_course"),
        ]

    def __str__(self) -> str:
        return f"round {self.code}"

    @property
    def is_over(self) -> bool:
        return self.state in ("held", "dropped")


class OfRound(models.Model):
    """A row of a round: whoever may do something to the round may do it to the row."""

    guarded = Guarded(part_of="round")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def sealed_under(self) -> tuple[str, str]:
        return KIND, str(self.round_id)


class Bearing(models.TextChoices):
    """What an organisation is to a round."""

    ORGANISER = "organiser", pgettext_lazy("bearing", "Organises it")
    PARTNER = "partner", pgettext_lazy("bearing", "Organises it together with others")
    DONOR = "donor", pgettext_lazy("bearing", "Pays for it")
    HOST = "host", pgettext_lazy("bearing", "Hosts it")


class Borne(OfRound):
    """An organisation of the directory that organises, pays for or hosts a round."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    bearing = models.CharField(max_length=10, choices=Bearing.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "party", "bearing"], name="a_bearing_is_said_once")]


class Grown(OfRound):
    """A round whose trainers learned in another one, where nobody says which of its people they were."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    parent = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "parent"], name="a_parent_is_said_once"),
            models.CheckConstraint(condition=~Q(round=models.F("parent")), name="no_round_is_its_own_parent"),
        ]


class Material(OfRound):
    """What was given to those who took part: a booklet, a list of numbers; ``record_code`` is its code in the library."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=5, blank=True)
    copies = models.PositiveIntegerField(null=True)
    record_code = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["round", "made_at"], name="materials_of_a_round")]


class Counted(OfRound):
    """People of a round who were only counted: so many of one sex, age, agency, country and role. Empty is not known."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sex = models.CharField(max_length=1, blank=True)
    age = models.CharField(max_length=8, blank=True)
    agency = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2, blank=True)
    role = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField()
    at_least = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["round", "made_at"], name="counted_in_a_round")]

    def save(self, **options: Any) -> None:
        self.country = self.country.upper()
        super().save(**options)
