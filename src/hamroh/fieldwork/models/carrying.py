"""Answers on their way into what Hamroh keeps, and answers that leave the house as a file."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.states import ExportLife
from hamroh.fieldwork.models.forms import Form
from hamroh.fieldwork.models.submissions import Submission
from hamroh.vault import fields
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7

#: of how many submissions one alone may take the answers out; above it a second person lets them go
ALONE = 50


class Mapping(models.Model):
    """Which question of a form fills which field of an outcome: ``fields`` is ``{field: path}``. It proposes; a person confirms each time."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="mappings")
    outcome = models.CharField(max_length=20)
    fields = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "outcome"], name="a_mapping_of_an_outcome")]

    def __str__(self) -> str:
        return f"mapping {self.outcome}"


class Carried(models.Model):
    """A submission became something: a case, a visit, a figure. ``kind`` and ``record_id`` are bare ids of it, ``code`` what its page is called by."""

    guarded = Guarded(part_of="submission")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="carried")
    outcome = models.CharField(max_length=20)
    kind = models.CharField(max_length=80)
    record_id = models.CharField(max_length=64)
    code = models.CharField(max_length=60, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "outcome"], condition=Q(undone_at=None), name="carried_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} of {self.submission_id}"


class AnswersFile(fields.SealedModel):
    """Answers that somebody wants to take out: which (``query`` is the filter of the list), what for, who let them go, and the locked file while it stands."""

    guarded = Guarded(organisation="organisation_id", owner="asked_by_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    state = models.CharField(max_length=10, choices=ExportLife.choices(), default=ExportLife.initial)
    query = models.CharField(max_length=200, blank=True)
    rows_count = models.PositiveIntegerField()
    words = fields.SealedText(label="fieldwork.answers_file.words")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    content = fields.SealedBytes(label="fieldwork.answers_file.content", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="answers_files_of_a_house"),
            models.Index(fields=["state", "expires_at"], name="answers_files_that_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("asked_by")), name="a_second_lets_answers_go"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("released", "made")) | Q(rows_count__lte=ALONE) | Q(released_by__isnull=False),
                name="many_answers_leave_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"answers file {self.code}"
