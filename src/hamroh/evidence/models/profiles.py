"""Profiles of countries: a template, its editions, their blocks, the notes of a printed one, and what was published."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.evidence.models.observations import InsertOnly, Observation
from hamroh.evidence.models.sources import Source
from hamroh.evidence.states import FROZEN, EditionStates
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Template(models.Model):
    """What a profile consists of, by version: sections in order, each with its slots (``data/profile/template-*.yml`` shows the form)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    names = models.JSONField(default=dict)
    sections = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="template_version_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Profile(models.Model):
    """The profile of one country, kept by one organisation, in editions. ``area`` is ISO 3166 alpha-3."""

    guarded = Guarded(organisation="maintainer_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.CharField(max_length=3)
    key = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(default=dict)
    maintainer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["area", "key"], name="profiles_of_an_area")]

    def __str__(self) -> str:
        return self.key


class Edition(models.Model):
    """A profile at one time. ``as_of`` is the day whose figures and lists it shows; ``apparatus`` holds what frames it: authors, editor, publisher,
    isbn, acronyms (``{short: {lang: long}}``), disclaimer and foreword (per language), date (partial) of the printed one.

    ``organisation`` is the profile's, for the policy. ``updated_at`` is the token of an edit of its front matter. ``approved_digest`` is that of the
    content as it was approved: whoever publishes publishes that.
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="editions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="editions")
    label = models.CharField(max_length=40)
    titles = models.JSONField(default=dict)
    languages = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=EditionStates.choices(), default=EditionStates.initial)
    as_of = models.DateField(null=True, blank=True)
    apparatus = models.JSONField(default=dict)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_digest = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "label"], name="edition_once_in_profile")]
        indexes = [models.Index(fields=["organisation", "state", "updated_at"], name="editions_on_the_desk")]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.label}"

    @property
    def is_frozen(self) -> bool:
        """Whether it is its frozen copy and changes no more."""
        return self.state in FROZEN


class PrintedNote(models.Model):
    """A numbered note of a printed edition: its source, or *ibid.* of another note."""

    guarded = Guarded(part_of="edition")
    id = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="printed_notes")
    number = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    ibid = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="note_once_in_edition")]


class BlockKind(models.TextChoices):
    FIGURE = "figure", _("Figure")
    TABLE = "table", _("Table")
    CHART = "chart", _("Chart")
    MAP = "map", _("Map")
    NARRATIVE = "narrative", _("Text")
    RANKED = "ranked", _("Ranked list")
    DIRECTORY = "directory", _("List from the directory")
    LAWS = "laws", _("List of laws")
    RECOMMENDATION = "recommendation", _("Recommendation")
    CAVEAT = "caveat", _("Caveat")


class Block(models.Model):
    """A part of an edition in a section (``2.1``) and slot of its template; what ``content`` holds by kind is in docs/reference/profiles.md.

    ``key`` is its lasting name in the edition (``T1``, ``n-2.1``); ``version`` is the token of an edit: who saves with an older one is told.
    """

    guarded = Guarded(part_of="edition")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="blocks")
    key = models.CharField(max_length=40)
    section = models.CharField(max_length=12)
    slot = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=16, choices=BlockKind.choices)
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="block_once_in_edition")]
        indexes = [models.Index(fields=["edition", "section", "position"], name="blocks_in_order")]

    def __str__(self) -> str:
        return self.key


class BlockVersion(models.Model):
    """What a block said before an edit."""

    guarded = Guarded(part_of="block")
    id = models.BigAutoField(primary_key=True)
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = InsertOnly.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["block", "version"], name="block_version_once")]


class FindingAnswer(models.Model):
    """Somebody answers for what a rule found: the figures stay as they are, for this reason. ``fingerprint`` names the finding by rule, place and facts.

    ``reason`` is what the author wrote; ``reasons`` the same in other languages.
    """

    guarded = Guarded(part_of="edition")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="answers")
    fingerprint = models.CharField(max_length=64)
    rule = models.CharField(max_length=20)
    reason = models.TextField()
    reasons = models.JSONField(default=dict, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["edition", "fingerprint"], name="answers_to_findings")]


class FrozenEdition(models.Model):
    """An edition as it was published: its whole content as canonical JSON with the SHA-256 of it in hex; never changed."""

    guarded = Guarded(part_of="edition")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="frozen")
    manifest = models.BinaryField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = InsertOnly.as_manager()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Record it; a second time is refused."""
        if not self._state.adding:
            raise TypeError("FrozenEdition is never changed")
        super().save(*args, **kwargs)


class Erratum(models.Model):
    """What a published edition says wrongly, told beside it; ``block`` is the key of the block, ``observation`` what holds instead."""

    guarded = Guarded(part_of="edition")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="errata")
    block = models.CharField(max_length=40, blank=True)
    observation = models.ForeignKey(Observation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    texts = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["edition", "made_at"], name="errata_of_an_edition")]
