"""What came in: the filled form word for word, what lies beside it, and what was said of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork.models.devices import Device
from hamroh.fieldwork.models.forms import Form, FormVersion
from hamroh.fieldwork.states import ReviewStates
from hamroh.vault import fields
from hamroh.web.codes import new_code


class Written(Exception):
    """A line that is only ever added to was to be changed."""


class Submission(fields.SealedModel):
    """One filled form as it came.

    ``xml`` is what was sent, to the byte. ``instance_id`` is the name that its device gave it: the same name with the same content is the
    same submission (``content_index`` knows the content without telling it), with other content it is kept beside it, and ``clashes`` says
    so of both. ``answers`` maps each question's path to what was answered, read from ``xml`` or from the last edit. ``deprecates`` is the
    instance that this one mends. What a list needs stands in the clear: state, form, place, days.
    """

    guarded = Guarded(organisation="organisation_id", owner="sent_by_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    instance_id = models.CharField(max_length=120)
    deprecates = models.CharField(max_length=120, blank=True)
    clashes = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ReviewStates.choices(), default=ReviewStates.initial)
    #: false until every file that the answers name has come
    is_whole = models.BooleanField(default=True)
    #: sealed on the device to a key that is not here: only the envelope can be read
    is_shut = models.BooleanField(default=False)
    place = models.ForeignKey(AdminUnit, null=True, on_delete=models.SET_NULL, related_name="+")
    filled_date = models.DateField(null=True)
    received_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    xml = fields.SealedBytes(label="fieldwork.submission.xml")
    #: SHA-256 of ``xml`` in hexadecimal
    content_hash = fields.SealedText(label="fieldwork.submission.content_hash")
    content_index = fields.BlindIndex(of="content_hash", rule="exact", label="fieldwork.submission.content_index")
    answers = fields.SealedJSON(label="fieldwork.submission.answers", null=True)
    #: of one that was sealed on its device: what lay within, to the byte
    opened_xml = fields.SealedBytes(label="fieldwork.submission.opened_xml", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "instance_id", "content_index"], name="a_filled_form_comes_once"),
        ]
        indexes = [
            models.Index(fields=["form", "state", "-received_at"], name="submissions_of_a_form"),
            models.Index(fields=["organisation", "state", "-received_at"], name="submissions_to_look_at"),
            models.Index(fields=["organisation", "received_at"], name="submissions_due"),
            models.Index(fields=["sent_by", "-received_at"], name="submissions_of_a_person"),
            models.Index(fields=["form", "place"], name="submissions_by_place"),
            models.Index(fields=["form", "deprecates"], condition=~Q(deprecates=""), name="submissions_that_mend"),
        ]

    def __str__(self) -> str:
        return f"submission {self.code}"


class OfSubmission(fields.SealedModel):
    """A row of a submission: whoever may do something to it may do it to the row."""

    guarded = Guarded(part_of="submission")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def sealed_under(self) -> tuple[str, str]:
        return "fieldwork.submission", str(self.submission_id)  # type: ignore[attr-defined] # each row has its submission


class Attachment(OfSubmission):
    """A file that the answers name; ``file_id`` is the vault's sealed file once it came."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    name = fields.SealedText(label="fieldwork.attachment.name")
    name_index = fields.BlindIndex(of="name", rule="exact", label="fieldwork.attachment.name_index")
    #: the question whose answer it is
    path = models.CharField(max_length=250, blank=True)
    file_id = models.UUIDField(null=True)
    #: SHA-256 of what was sent, in hexadecimal
    content_hash = fields.SealedText(label="fieldwork.attachment.content_hash", null=True)
    content_index = fields.BlindIndex(of="content_hash", rule="exact", label="fieldwork.attachment.content_index")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "name_index"], name="a_file_of_a_submission")]


class ReviewLine(OfSubmission):
    """One thing that was done to a submission: looked at, mended (with what stood before), approved, refused. It stands once written."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="lines")
    state = models.CharField(max_length=10, choices=ReviewStates.choices())
    words = fields.SealedText(label="fieldwork.review_line.words", null=True)
    #: of an edit: ``[{"path", "before", "after"}]``
    changes = fields.SealedJSON(label="fieldwork.review_line.changes", null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["submission", "made_at"], name="lines_of_a_submission")]

    def save(self, **options: Any) -> None:
        """Written where it is to be changed."""
        if not self._state.adding:
            raise Written("a line of a review is added to, never changed")
        super().save(**options)
