"""An issue of the bulletin, its sections in their order, and the papers that were printed of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.bulletins.states import IssueLife
from hamroh.pages.models import Picture
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Issue(models.Model):
    """What went on in a period. ``titles`` and ``leads`` are ``{lang: text}``; ``version`` counts changes: what a second person lets out is one version."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    titles = models.JSONField(default=dict)
    leads = models.JSONField(default=dict)
    from_date = models.DateField()
    until_date = models.DateField()
    state = models.CharField(max_length=10, choices=IssueLife.choices(), default=IssueLife.initial)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    #: letters that went out, readers who left since among them
    letters_sent = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-until_date"], name="issues_of_a_house"),
            models.Index(fields=["state", "-released_at"], name="issues_that_are_out"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until_date__gte=F("from_date")), name="an_issue_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(state="out") | Q(released_by__isnull=False, asked_by__isnull=False, released_at__isnull=False)
                & ~Q(released_by=F("asked_by")),
                name="two_people_let_an_issue_out",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"bulletin {self.code}"


class Kind(models.TextChoices):
    """What a section grew from."""

    FOREWORD = "foreword", pgettext_lazy("section", "Foreword")
    ARTICLE = "article", pgettext_lazy("section", "Article")
    TRAINING = "training", pgettext_lazy("section", "Training")
    GATHERING = "gathering", pgettext_lazy("section", "Gathering")
    CAMPAIGN = "campaign", pgettext_lazy("section", "Campaign")
    PROJECT = "project", pgettext_lazy("section", "Project")
    GROUPS = "groups", pgettext_lazy("section", "Groups")
    EXERCISE = "exercise", pgettext_lazy("section", "Exercise")
    FIGURES = "figures", pgettext_lazy("section", "Figures")
    STORY = "story", pgettext_lazy("section", "Story")
    DONORS = "donors", pgettext_lazy("section", "Who pays for it")
    CONTACTS = "contacts", pgettext_lazy("section", "Contacts")


class Look(models.TextChoices):
    """How figures are shown."""

    BAND = "band", pgettext_lazy("figures", "Large numbers on the first page")
    BARS = "bars", pgettext_lazy("figures", "Bars with their table")


class Section(models.Model):
    """A part of an issue. A story's words are not kept here: its id is, and it is told while she allows it.

    ``figures`` are ``{look, unit: {lang}, release}`` or ``{look, unit, rows: [{names: {lang}, number, at_least}]}``: of a table that was
    let out, or as a printed source says them. ``ref`` is the code of what it grew from, ``source`` where it is told.
    """

    guarded = Guarded(part_of="issue")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="sections")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    quotes = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True)
    ref = models.CharField(max_length=80, blank=True)
    story = models.UUIDField(null=True)
    picture = models.ForeignKey(Picture, null=True, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(default=dict)
    #: when her story was taken back, and how many letters had gone out with it
    gone_at = models.DateTimeField(null=True)
    gone_after = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["issue", "place"], name="sections_of_an_issue"),
            models.Index(fields=["story"], name="sections_that_tell_a_story"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(story=None) | Q(kind="story", picture=None), name="a_story_has_no_face"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"section {str(self.pk)[:8]}"


class Paper(models.Model):
    """An issue as it was printed in one language; ``digest`` is that of what it says, so that it is made anew when that changes."""

    guarded = Guarded(part_of="issue")
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="papers")
    lang = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "lang"], name="a_paper_in_a_language")]

    def __str__(self) -> str:
        return f"paper {str(self.pk)[:8]}"
