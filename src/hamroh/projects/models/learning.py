"""What can go wrong, and what was learned."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.projects.models.projects import OfProject, Project
from hamroh.projects.states import RiskLife
from hamroh.thesaurus.models import Concept
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7

_OF_FIVE = (MinValueValidator(1), MaxValueValidator(5))


class Risk(OfProject):
    """What can go wrong: how likely, how bad, what is done about it, who watches it and when it is looked at again. Never told outside."""

    texts = models.JSONField(default=dict)
    likelihood = models.PositiveSmallIntegerField(validators=_OF_FIVE)
    harm = models.PositiveSmallIntegerField(validators=_OF_FIVE)
    doings = models.JSONField(default=dict)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    review_date = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=RiskLife.choices(), default=RiskLife.initial)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["project", "state", "made_at"], name="risks_of_a_project"),
            models.Index(fields=["organisation", "state", "review_date"], name="risks_by_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=5, harm__gte=1, harm__lte=5), name="a_risk_is_of_five"
            )
        ]


class Lesson(models.Model):
    """What was learned and would be done otherwise, so that others find it by its theme."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    project = models.ForeignKey(Project, null=True, on_delete=models.CASCADE, related_name="+")
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    themes = models.ManyToManyField(Concept, blank=True, related_name="+")
    is_public = models.BooleanField(default=False)
    on_date = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-made_at"], name="lessons_of_a_house"),
            models.Index(fields=["project", "-made_at"], name="lessons_of_a_project"),
        ]

    def __str__(self) -> str:
        return f"lesson {self.code}"
