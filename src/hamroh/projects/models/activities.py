"""What is done: who, what, where, when and for whom; campaigns with what was given out and how far they reached."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit, Party
from hamroh.projects.models.projects import Project
from hamroh.projects.models.results import Indicator
from hamroh.projects.states import WorkLife
from hamroh.thesaurus.models import Concept
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Activity(models.Model):
    """Who does what where, when and for whom. A place that is hidden is never told outside, nor is anything finer than its district.

    ``who`` is of the directory, or named in ``who_name``; ``whats`` are ``{lang: text}`` with the code of a sector beside them.
    """

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    project = models.ForeignKey(Project, null=True, on_delete=models.CASCADE, related_name="+")
    who = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    who_name = models.CharField(max_length=200, blank=True)
    whats = models.JSONField(default=dict)
    sector = models.CharField(max_length=20, blank=True)
    place = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    spot = models.CharField(max_length=160, blank=True)
    is_hidden = models.BooleanField(default=False)
    starts = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=8, choices=WorkLife.choices(), default=WorkLife.initial)
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=300, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-starts", "-made_at"], name="activities_of_a_house"),
            models.Index(fields=["project", "-starts"], name="activities_of_a_project"),
            models.Index(fields=["place"], name="activities_of_a_place"),
            models.Index(fields=["organisation", "state", "starts"], name="activities_by_state"),
        ]

    def __str__(self) -> str:
        return f"activity {self.code}"


class Reach(models.Model):
    """For whom: so many of a group, a sex and an age. Empty is not known, never all."""

    guarded = Guarded(part_of="activity")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="reach")
    group = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    age = models.CharField(max_length=8, blank=True)
    number = models.PositiveIntegerField()
    at_least = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["activity", "made_at"], name="reach_of_an_activity")]


class Campaign(models.Model):
    """An effort to make something known: with themes of the thesaurus, materials, and a reach that says how it was counted."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    project = models.ForeignKey(Project, null=True, on_delete=models.CASCADE, related_name="+")
    titles = models.JSONField(default=dict)
    abouts = models.JSONField(default=dict)
    themes = models.ManyToManyField(Concept, blank=True, related_name="+")
    starts = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=8, choices=WorkLife.choices(), default=WorkLife.initial)
    is_public = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    remarks = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-starts", "-made_at"], name="efforts_of_a_house"),
            models.Index(fields=["project", "-starts"], name="efforts_of_a_project"),
        ]

    def __str__(self) -> str:
        return f"awareness campaign {self.code}"


class OfCampaign(models.Model):
    """A row of a campaign."""

    guarded = Guarded(part_of="campaign")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class MaterialKind(models.TextChoices):
    LEAFLET = "leaflet", pgettext_lazy("material", "Leaflet")
    POSTER = "poster", pgettext_lazy("material", "Poster")
    BOOKLET = "booklet", pgettext_lazy("material", "Booklet")
    VIDEO = "video", pgettext_lazy("material", "Film")
    AUDIO = "audio", pgettext_lazy("material", "Recording")
    POST = "post", pgettext_lazy("material", "Post on the internet")
    KIT = "kit", pgettext_lazy("material", "Kit")
    OTHER = "other", pgettext_lazy("material", "Other")


class CampaignMaterial(OfCampaign):
    """What was made and given out; ``record_code`` is its code in the library."""

    kind = models.CharField(max_length=10, choices=MaterialKind.choices)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=5, blank=True)
    copies = models.PositiveIntegerField(null=True)
    record_code = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["campaign", "made_at"], name="made_for_a_campaign")]


class Channel(models.TextChoices):
    MEETING = "meeting", pgettext_lazy("channel", "Meetings")
    DOOR = "door", pgettext_lazy("channel", "From door to door")
    SCHOOL = "school", pgettext_lazy("channel", "Schools")
    TRANSPORT = "transport", pgettext_lazy("channel", "Buses, trains and stations")
    AIRPORT = "airport", pgettext_lazy("channel", "Airports and borders")
    RADIO = "radio", pgettext_lazy("channel", "Radio")
    TELEVISION = "tv", pgettext_lazy("channel", "Television")
    PRESS = "press", pgettext_lazy("channel", "Newspapers")
    INTERNET = "internet", pgettext_lazy("channel", "Internet")
    MESSAGE = "message", pgettext_lazy("channel", "Messages to telephones")
    OTHER = "other", pgettext_lazy("channel", "Other")


class HowKnown(models.TextChoices):
    """How a reach is known. Numbers that are known in different ways are never added."""

    COUNTED = "counted", pgettext_lazy("reach", "People were counted")
    GIVEN = "given", pgettext_lazy("reach", "Copies were counted")
    MEASURED = "measured", pgettext_lazy("reach", "A survey of the audience")
    PLATFORM = "platform", pgettext_lazy("reach", "A platform's own figure")
    CARRIED = "carried", pgettext_lazy("reach", "Passengers or visitors of the place")
    ESTIMATED = "estimated", pgettext_lazy("reach", "Estimated")
    TOLD = "told", pgettext_lazy("reach", "Told by a partner")


class CampaignReach(OfCampaign):
    """How many a campaign reached at a place, in a language, by a way, and how that is known."""

    place = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    number = models.PositiveIntegerField()
    at_least = models.BooleanField(default=False)
    per_month = models.BooleanField(default=False)
    how_known = models.CharField(max_length=10, choices=HowKnown.choices)
    on_date = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["campaign", "how_known", "made_at"], name="reach_of_a_campaign")]
