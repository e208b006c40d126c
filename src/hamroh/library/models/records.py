"""Records of the library: what was published, researched, enacted or taught, by whom, about what, and how they belong together."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit, Party
from hamroh.library.states import RecordStates
from hamroh.thesaurus.models import Concept
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class RecordKind(models.TextChoices):
    SERIES = "series", pgettext_lazy("library", "Series")
    ISSUE = "issue", pgettext_lazy("library", "Issue")
    ARTICLE = "article", pgettext_lazy("library", "Article")
    PUBLICATION = "publication", pgettext_lazy("library", "Publication")
    RESEARCH = "research", pgettext_lazy("library", "Research")
    LAW = "law", pgettext_lazy("library", "Law or decree")
    INSTRUMENT = "instrument", pgettext_lazy("library", "International document")
    COURSE = "course", pgettext_lazy("library", "Course")
    TEACHING_SET = "teaching_set", pgettext_lazy("library", "Teaching set")


#: which kinds lie in which
HOLDS = {RecordKind.SERIES: {RecordKind.ISSUE, RecordKind.PUBLICATION}, RecordKind.ISSUE: {RecordKind.ARTICLE}}
LEGAL_KINDS = frozenset({RecordKind.LAW, RecordKind.INSTRUMENT})


class RecordQuerySet(models.QuerySet["Record"]):
    def public(self) -> "RecordQuerySet":
        """Published records; one of an issue or a series only together with what it lies in."""
        published = RecordStates.published.name
        whole = Q(part_of=None) | Q(part_of__state=published)
        above = Q(part_of__part_of=None) | Q(part_of__part_of__state=published)
        return self.filter(whole & above, state=published)

    def own(self) -> "RecordQuerySet":
        """Without what was harvested from other centres."""
        return self.filter(origin=None)


class Record(models.Model):
    """One record of the library, kept by one organisation; ``code`` stands in its lasting address.

    ``date`` may be partial (``2003``, ``2003-05``) and ``sort_date`` is its first day. Texts are ``{lang: text}``. ``details`` holds what only one
    kind has: volume, number, pages, edition, isbn, issn, doi, url, hours, level, audience. ``source`` says where we have it from: title,
    locator, certainty (A to C) and, where it was brought in, the batch. ``origin`` is the other centre it was harvested from, ``origin_key`` its name there.
    ``version`` is the token of an edit; ``changed_at`` is what harvesters ask by; ``folded_titles`` is what look-ups find it by.
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=RecordKind.choices)
    state = models.CharField(max_length=10, choices=RecordStates.choices(), default=RecordStates.initial)
    titles = models.JSONField(default=dict)
    abstracts = models.JSONField(default=dict, blank=True)
    languages = models.JSONField(default=list)
    date = models.CharField(max_length=10, blank=True)
    sort_date = models.DateField(null=True, editable=False)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=120, blank=True)
    publisher = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    publisher_text = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    rights = models.JSONField(default=dict, blank=True)
    folded_titles = models.TextField(blank=True, default="", editable=False)
    source = models.JSONField(default=dict, blank=True)
    origin = models.ForeignKey("Centre", null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    origin_key = models.CharField(max_length=300, blank=True)
    units = models.ManyToManyField(AdminUnit, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "origin_key"], condition=Q(origin__isnull=False), name="harvested_record_once"
            ),
            models.CheckConstraint(condition=Q(part_of=None) | ~Q(part_of=F("id")), name="record_in_another"),
        ]
        indexes = [
            models.Index(fields=["state", "kind", "-sort_date"], name="records_by_kind"),
            models.Index(fields=["organisation", "state", "-changed_at"], name="records_on_the_desk"),
            models.Index(fields=["part_of", "position"], name="records_in_order"),
            models.Index(fields=["changed_at", "id"], name="records_by_change"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_public(self) -> bool:
        """Whether it is itself published; what it lies in may not be."""
        return self.state == RecordStates.published.name


class ContributorRole(models.TextChoices):
    AUTHOR = "author", pgettext_lazy("contributor", "Author")
    EDITOR = "editor", pgettext_lazy("contributor", "Editor")
    TRANSLATOR = "translator", pgettext_lazy("contributor", "Translator")
    ILLUSTRATOR = "illustrator", pgettext_lazy("contributor", "Illustrator")
    TEACHER = "teacher", pgettext_lazy("contributor", "Teacher")
    ISSUER = "issuer", pgettext_lazy("contributor", "Issued by")


class Contribution(models.Model):
    """Somebody who made a record, as named on it; ``party`` is her entry in the directory, where she is listed there."""

    guarded = Guarded(part_of="record")
    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="contributions")
    role = models.CharField(max_length=12, choices=ContributorRole.choices, default=ContributorRole.AUTHOR)
    position = models.PositiveSmallIntegerField(default=0)
    names = models.JSONField(default=dict)
    is_body = models.BooleanField(default=False)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("record", "role", "position")


class Subject(models.Model):
    """What a record is about; a suggestion of the machine counts only once somebody took it."""

    guarded = Guarded(part_of="record")
    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="subjects")
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="+")
    is_main = models.BooleanField(default=False)
    suggested = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "concept"], name="subject_once")]


class LinkKind(models.TextChoices):
    CITES = "cites", pgettext_lazy("record link", "Cites")
    AMENDS = "amends", pgettext_lazy("record link", "Amends")
    IMPLEMENTS = "implements", pgettext_lazy("record link", "Implements")
    REPLACES = "replaces", pgettext_lazy("record link", "Replaces")
    TRANSLATES = "translates", pgettext_lazy("record link", "Translation of")
    REVIEWS = "reviews", pgettext_lazy("record link", "Review of")
    TEACHES = "teaches", pgettext_lazy("record link", "Teaches with")
    SEE_ALSO = "see_also", pgettext_lazy("record link", "See also")


class RecordLink(models.Model):
    """``source`` cites, amends, implements, replaces, translates, reviews or teaches with ``target``."""

    guarded = Guarded(part_of="source")
    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links_from")
    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="record_link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="record_link_to_another"),
        ]


class SameKey(models.Model):
    """A name under which two records may be the same: ``doi:...``, ``isbn:...``, or a folded title with its year."""

    guarded = Guarded(part_of="record")
    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="same_keys")
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "key"], name="same_key_once")]
        indexes = [models.Index(fields=["key"], name="records_by_same_key")]


class Distribution(models.Model):
    """Printed copies of a record that went to a region on a day, to whom, and how many."""

    guarded = Guarded(part_of="record")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="distributions")
    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField(default=dt.date.today)
    copies = models.PositiveIntegerField()
    language = models.CharField(max_length=8)
    receiver = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["record", "on_date"], name="copies_by_day")]
        constraints = [models.CheckConstraint(condition=Q(copies__gt=0), name="copies_are_some")]


class FileUse(models.TextChoices):
    TEXT = "text", _("The text itself")
    COVER = "cover", _("Cover")
    ANNEX = "annex", _("Annex")


class Attachment(models.Model):
    """A file of a record, in one language; nobody but the desk reaches it before the record is published and ``is_open`` says so.

    ``name`` is a random one in the storage. ``pages`` counts what text was taken from; ``trouble`` says why none could be.
    """

    guarded = Guarded(part_of="record")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="attachments")
    use = models.CharField(max_length=8, choices=FileUse.choices, default=FileUse.TEXT)
    titles = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=80, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    is_open = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class FullText(models.Model):
    """The text of one page of a file, as it was taken out of it."""

    guarded = Guarded(part_of="attachment")
    id = models.BigAutoField(primary_key=True)
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="texts")
    page = models.PositiveIntegerField()
    lang = models.CharField(max_length=8, blank=True)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attachment", "page"], name="page_once")]
