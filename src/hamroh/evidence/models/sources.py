"""Where figures come from: sources that cite each other, their releases, and groups of countries as they are in some years."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation
from hamroh.web.ids import uuid7


class SourceKind(models.TextChoices):
    PUBLICATION = "publication", _("Publication")
    DATABASE = "database", _("Database")
    LETTER = "letter", _("Letter, not public")
    MEDIA = "media", _("Media")
    WEB = "web", _("Website")
    STATEMENT = "statement", _("Statement without a document")
    POOLED = "pooled", _("Several sources that are not told apart")
    OWN = "own", _("Worked out by the authors")


class Source(models.Model):
    """Something that figures are cited from; ``cites`` is what it has them from, so that "A citing B citing C" is a chain.

    ``issued`` is a partial date (``2007``, ``2007-06``, ``2007-06-15``) or empty. ``maintainer`` is null where nobody in particular keeps it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=12, choices=SourceKind.choices)
    publisher = models.CharField(max_length=300, blank=True)
    authors = models.CharField(max_length=300, blank=True)
    issued = models.CharField(max_length=21, blank=True)
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    cites = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="cited_by")
    maintainer = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(cites=F("id")), name="source_cites_another")]
        indexes = [models.Index(fields=["kind", "key"], name="sources_by_kind")]

    def __str__(self) -> str:
        return self.title


class Vintage(models.Model):
    """A release of a source: figures of an earlier one stay beside those of a later one.

    ``released`` is a partial date; ``file_digest`` the SHA-256 of the file that it was read from, in hex.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="vintages")
    label = models.CharField(max_length=120)
    released = models.CharField(max_length=10, blank=True)
    accessed_date = models.DateField(null=True, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "label"], name="vintage_once_in_source")]
        indexes = [models.Index(fields=["source", "released"], name="vintages_of_a_source")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.label}"


class AreaGroup(models.Model):
    """A group of countries as it was in some years, such as the CIS with or without the Baltic states; ``members`` are ISO 3166 alpha-3."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(max_length=40)
    version = models.CharField(max_length=40)
    names = models.JSONField(default=dict)
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    members = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="area_group_version_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
