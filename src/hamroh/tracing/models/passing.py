"""What leaves for another organisation as a file of records: the wish, what may stand in it, and what was passed on."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.models import ALONE, Lock
from hamroh.cases.states import ExportLife
from hamroh.tracing.models.pools import Pool, PoolRecord
from hamroh.tracing.models.requests import OfRequest, Request
from hamroh.vault import fields
from hamroh.web.codes import new_code


class Description(OfRequest):
    """How somebody may be recognised, in words that may leave: one writes them, another has read them. The newest that was read counts."""

    words = fields.SealedText(label="tracing.description.words")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["request", "-made_at"], name="descriptions_of_a_request")]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_by__isnull=True) | ~Q(read_by=F("written_by")), name="another_reads_a_description"
            )
        ]


class Content(models.TextChoices):
    """What a file of records is made of."""

    REQUESTS = "requests", pgettext_lazy("record file", "People whom we look for")
    POOL = "pool", pgettext_lazy("record file", "People of a list who agreed to it")


class RecordFile(fields.SealedModel):
    """One wish to pass records on to another organisation. ``words`` say what for, ``office_phone`` is the telephone in it.

    ``people_count`` is how many people were let go; ``content`` the file, locked and then sealed, until ``expires_at``.
    """

    guarded = Guarded(organisation="organisation_id", owner="asked_by_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    state = models.CharField(max_length=10, choices=ExportLife.choices(), default=ExportLife.initial)
    holds = models.CharField(max_length=8, choices=Content.choices)
    pool = models.ForeignKey(Pool, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    words = fields.SealedText(label="tracing.record_file.words")
    office_phone = fields.SealedText(label="tracing.record_file.office_phone", null=True)
    locked_by = models.CharField(max_length=8, choices=Lock.choices)
    #: an age recipient, which is public
    recipient = models.CharField(max_length=80, blank=True)
    people_count = models.PositiveIntegerField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    content = fields.SealedBytes(label="tracing.record_file.content", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="record_files_of_a_house"),
            models.Index(fields=["state", "expires_at"], name="record_files_that_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("asked_by")), name="another_lets_records_go"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("released", "made"))
                | Q(people_count__lte=ALONE)
                | Q(released_by__isnull=False),
                name="many_records_leave_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(to_organisation=F("organisation")), name="records_leave_for_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"record file {self.code}"


class PassedRecord(fields.SealedModel):
    """That an organisation was given a record, under which identifier, and until when it may keep it. Nothing of the person stands here."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    #: the newest file in which it stood
    file = models.ForeignKey(RecordFile, null=True, on_delete=models.SET_NULL, related_name="+")
    request = models.ForeignKey(Request, null=True, on_delete=models.SET_NULL, related_name="+")
    record = models.ForeignKey(PoolRecord, null=True, on_delete=models.SET_NULL, related_name="+")
    #: what it is called there: another one for each organisation, so that two of them cannot join what they have
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source_at = models.DateTimeField()
    entry_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    #: since when nothing but a tombstone is given
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "to_organisation", "ended_at"], name="passed_records_by_end")]
        constraints = [
            models.UniqueConstraint(fields=["to_organisation", "request"], name="a_request_is_passed_once_to_each"),
            models.UniqueConstraint(fields=["to_organisation", "record"], name="a_record_is_passed_once_to_each"),
        ]
