"""The tree of an archive after ISAD(G): fonds, series, files, items, and what their recordings, pictures and papers are."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.archive.states import UnitStates
from hamroh.directory.models import AdminUnit, Party
from hamroh.thesaurus.models import Concept
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Level(models.TextChoices):
    FONDS = "fonds", pgettext_lazy("archive", "Fonds")
    SERIES = "series", pgettext_lazy("archive", "Series")
    FILE = "file", pgettext_lazy("archive", "File")
    ITEM = "item", pgettext_lazy("archive", "Item")


#: the order of levels from the whole to its parts
LEVELS = [each.value for each in Level]


class Kind(models.TextChoices):
    ORAL_HISTORY = "oral_history", pgettext_lazy("archive", "Oral history")
    PHOTOGRAPH = "photograph", pgettext_lazy("archive", "Photograph")
    DOCUMENT = "document", pgettext_lazy("archive", "Document")


class BasisKind(models.TextChoices):
    """``kernel.consented.Basis`` with its words."""

    CONSENT = "consent", pgettext_lazy("archive", "Those who speak or are seen agreed")
    PERMISSION = (
        "permission",
        pgettext_lazy("archive", "Who holds the rights gave permission, and nobody living is in it"),
    )
    FREE = "free", pgettext_lazy("archive", "It is free by its age, and nobody living is in it")


class Unit(models.Model):
    """One unit of description. ``code`` stands in its lasting address, ``reference`` is the archive's own code for it.

    Texts are ``{lang: text}``; ``date_from`` and ``date_to`` may be partial. ``details`` holds what is said of wholes: arrangement, access,
    notes, extent. ``version`` is the token of an edit; ``changed_at`` is what harvesters ask by, also after everything was erased.
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level.choices)
    kind = models.CharField(max_length=14, choices=Kind.choices, blank=True)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveIntegerField(default=0)
    reference = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=UnitStates.choices(), default=UnitStates.initial)
    basis = models.CharField(max_length=12, choices=BasisKind.choices, default=BasisKind.CONSENT)
    titles = models.JSONField(default=dict)
    abouts = models.JSONField(default=dict, blank=True)
    date_from = models.CharField(max_length=10, blank=True)
    date_to = models.CharField(max_length=10, blank=True)
    creator = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    creators = models.JSONField(default=dict, blank=True)
    languages = models.JSONField(default=list, blank=True)
    details = models.JSONField(default=dict, blank=True)
    is_invented = models.BooleanField(default=False)
    places = models.ManyToManyField(AdminUnit, blank=True, related_name="+")
    subjects = models.ManyToManyField(Concept, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    first_released_at = models.DateTimeField(null=True, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="reference_once_in_archive"),
            models.CheckConstraint(condition=Q(part_of=None) | ~Q(part_of=F("id")), name="unit_in_another"),
        ]
        indexes = [
            models.Index(fields=["part_of", "position", "reference"], name="units_in_order"),
            models.Index(fields=["organisation", "state", "-changed_at"], name="units_on_the_desk"),
            models.Index(fields=["state", "level", "-first_released_at"], name="units_released"),
            models.Index(fields=["changed_at", "code"], name="units_by_change"),
        ]

    def __str__(self) -> str:
        return self.code


class Media(models.Model):
    """A recording, picture or paper of an item. The original is a sealed file; ``public_name`` is the copy that may leave, once there is one.

    ``taken_out`` are the parts of the recording (pairs of milliseconds) that the public copy lacks. ``trouble`` says why no copy could be
    made. ``sizes`` are the drawings of a picture that were made for the public: ``[width, height, name]``.
    """

    guarded = Guarded(part_of="unit")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="media")
    original_id = models.UUIDField(null=True)
    media_type = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    duration = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    alts = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    public_name = models.CharField(max_length=80, blank=True)
    public_size = models.PositiveBigIntegerField(default=0)
    sizes = models.JSONField(default=list, blank=True)
    taken_out = models.JSONField(default=list, blank=True)
    trouble = models.CharField(max_length=20, blank=True)
    is_machine_made = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["unit", "position"], name="media_in_order")]

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def is_video(self) -> bool:
        return self.media_type.startswith("video/")

    @property
    def is_sound(self) -> bool:
        return self.media_type.startswith("audio/") or self.media_type == "application/ogg"
