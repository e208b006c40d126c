"""Reports to donors: what is written while they are drafts, and what they said when they were approved, frozen."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.projects.models.projects import Project, Written
from hamroh.projects.states import FROZEN, ReportLife
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class DonorReport(models.Model):
    """A report on one period of a project; a correction is a row of its own with the next ``version`` and the same ``code``.

    ``starts`` and ``ends`` may be known to the month or year. ``words`` are ``{section: {lang: text}}``, ``stories`` ids of stories that
    are told while their narrators allow it, ``tables`` ids of released tables, ``left_out`` what the template draws and this report does
    not. ``titles`` are the project's when the report was approved: whoever is lent the report is not lent the project.
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, default=new_code, editable=False)
    version = models.PositiveSmallIntegerField(default=1)
    corrects = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    template = models.CharField(max_length=20)
    starts = models.CharField(max_length=10)
    ends = models.CharField(max_length=10)
    languages = models.JSONField(default=list)
    words = models.JSONField(default=dict)
    stories = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    titles = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ReportLife.choices(), default=ReportLife.initial)
    sent_back = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-made_at"], name="donor_reports_of_a_house"),
            models.Index(fields=["project", "state", "ends"], name="donor_reports_of_a_project"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="a_version_of_a_report_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(state__in=("draft", "proposed")), name="one_open_version_of_a_report"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("approved", "replaced"), approved_by__isnull=False, proposed_by__isnull=False, approved_at__isnull=False)
                | (~Q(state__in=("approved", "replaced")) & Q(approved_by__isnull=True, approved_at__isnull=True)),
                name="a_report_is_approved_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by")), name="two_people_approve_a_report"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"report {self.code} {self.version}"

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN

    @property
    def is_open(self) -> bool:
        return self.state in ("draft", "proposed")


class InsertOnly(models.QuerySet["FrozenReport"]):
    def update(self, **kwargs: Any) -> int:  # noqa: ARG002
        """Never."""
        raise Written("a frozen report is never changed")


class FrozenReport(models.Model):
    """What a report said when it was approved: its content as canonical bytes, and the SHA-256 of them. The database refuses to change it."""

    guarded = Guarded(part_of="report")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    report = models.OneToOneField(DonorReport, on_delete=models.CASCADE, related_name="frozen")
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=timezone.now)

    objects = InsertOnly.as_manager()

    def save(self, **options: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise Written("a frozen report is never changed")
        super().save(**options)
