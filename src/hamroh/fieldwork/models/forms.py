"""Forms: what is asked, in versions, with the lists and pictures that belong to them, and who is to fill them where."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork.states import VersionStates
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Purpose(models.TextChoices):
    """What becomes of the answers."""

    VISIT = "visit", pgettext_lazy("purpose of a form", "Monitoring visit")
    INTERVIEW = "interview", pgettext_lazy("purpose of a form", "Interview")
    INTAKE = "intake", pgettext_lazy("purpose of a form", "First talk that becomes a case")
    COUNT = "count", pgettext_lazy("purpose of a form", "Count")
    DAMAGE = "damage", pgettext_lazy("purpose of a form", "Damage")
    OTHER = "other", pgettext_lazy("purpose of a form", "Other")


class Form(models.Model):
    """One form of an organisation; ``form_id`` is its name towards devices, which never changes.

    ``titles`` is ``{lang: text}``. ``about_children`` holds it to what may be asked and shown of children; ``blurs_faces`` has faces in its
    pictures blurred before anybody sees them.
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    form_id = models.CharField(max_length=128)
    titles = models.JSONField(default=dict)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.OTHER)
    about_children = models.BooleanField(default=False)
    blurs_faces = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "form_id"], name="a_form_id_of_a_house")]
        indexes = [models.Index(fields=["organisation", "-changed_at"], name="forms_of_a_house")]

    def __str__(self) -> str:
        return self.form_id


class FormVersion(models.Model):
    """A version as devices get it.

    ``xml`` is the XForm word for word, ``md5`` its hash as OpenRosa writes it. ``languages`` are the names of its languages as they stand
    in the form. ``questions`` describes each question in order (path, kind, labels, choices, repeat) for review, tables and charts.
    ``remarks`` are what the check of the sheet found and let pass. ``sheet`` is the workbook as it was brought.
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="versions")
    version = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=VersionStates.choices(), default=VersionStates.initial)
    xml = models.TextField()
    md5 = models.CharField(max_length=32)
    languages = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    sheet = models.BinaryField(null=True)
    is_encrypted = models.BooleanField(default=False)
    #: to which of our keys its filled forms are sealed, where that is one of ours
    form_key = models.ForeignKey("fieldwork.FormKey", null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "version"], name="a_version_of_a_form"),
            models.UniqueConstraint(fields=["form"], condition=Q(state="open"), name="one_open_version_of_a_form"),
        ]
        indexes = [models.Index(fields=["form", "-made_at"], name="versions_of_a_form")]

    def __str__(self) -> str:
        return f"version {self.version}"


class FormMedia(models.Model):
    """A list, picture or sound that a version asks for by name; its content lies in the home's files under a random name."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="media")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    content = models.BinaryField(null=True)
    md5 = models.CharField(max_length=32, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="a_file_of_a_version")]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """Who is to fill a form where, how often, until when; without a person it is for whoever goes there."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    quota = models.PositiveIntegerField(null=True)
    until_date = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "form"], name="assignments_of_a_person"),
            models.Index(fields=["form", "place"], name="assignments_of_a_form"),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"
