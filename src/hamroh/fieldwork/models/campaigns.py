"""Monitoring campaigns: one question, a time, organisations that go to areas, what they planned and what they found."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit, Party
from hamroh.fieldwork.models.forms import Form
from hamroh.fieldwork.models.submissions import Submission
from hamroh.fieldwork.states import CampaignStates
from hamroh.vault import fields
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Campaign(models.Model):
    """A campaign. ``titles`` and ``questions`` are ``{lang: text}``; ``remarks`` stand inside each picture of its report, in every language."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    state = models.CharField(max_length=8, choices=CampaignStates.choices(), default=CampaignStates.initial)
    titles = models.JSONField(default=dict)
    questions = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)
    from_date = models.DateField()
    until_date = models.DateField()
    forms = models.ManyToManyField(Form, related_name="+")
    #: the question whose answers are the first picture, by its path in the form
    asked = models.CharField(max_length=250, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-from_date"], name="campaigns_of_a_house"),
            models.Index(fields=["organisation", "until_date"], name="campaigns_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until_date__gte=F("from_date")), name="a_campaign_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"campaign {self.code}"


class OfCampaign(models.Model):
    """A row of a campaign: whoever may do something to the campaign may do it to the row."""

    guarded = Guarded(part_of="campaign")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class CampaignParty(OfCampaign):
    """An organisation of the directory that goes."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "party"], name="a_party_goes_once")]

    def __str__(self) -> str:
        return f"party of {self.campaign_id}"


class CampaignArea(OfCampaign):
    """Where somebody goes, how often, and with how many people they mean to talk there."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="areas")
    place = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    visits = models.PositiveIntegerField(default=0)
    interviews = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "place"], name="an_area_of_a_campaign")]

    def __str__(self) -> str:
        return f"area of {self.campaign_id}"


class CampaignMember(OfCampaign):
    """Somebody of the team."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="a_member_of_a_team")]

    def __str__(self) -> str:
        return f"member of {self.campaign_id}"


class VisitKind(models.TextChoices):
    FIELD = "field", pgettext_lazy("monitoring visit", "Field")
    SCHOOL = "school", pgettext_lazy("monitoring visit", "School")
    HOUSEHOLD = "household", pgettext_lazy("monitoring visit", "Household")
    EMPLOYER = "employer", pgettext_lazy("monitoring visit", "Employer")
    OFFICE = "office", pgettext_lazy("monitoring visit", "Authority")
    OTHER = "other", pgettext_lazy("monitoring visit", "Another place")


class SealedOfCampaign(fields.SealedModel):
    """A sealed row of a campaign."""

    guarded = Guarded(part_of="campaign")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def sealed_under(self) -> tuple[str, str]:
        return "fieldwork.campaign", str(self.campaign_id)  # type: ignore[attr-defined] # each row has its campaign


class Visit(SealedOfCampaign):
    """A monitoring record: where somebody was, on which day, with how many people they talked. ``words`` are what was seen."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="visits")
    place = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=VisitKind.choices, default=VisitKind.OTHER)
    on_date = models.DateField()
    interviews = models.PositiveIntegerField(default=0)
    words = fields.SealedText(label="fieldwork.visit.words", null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["campaign", "place"], name="visits_of_a_campaign")]

    def __str__(self) -> str:
        return f"visit {str(self.pk)[:8]}"


class Severity(models.TextChoices):
    NOTE = "1", pgettext_lazy("finding", "To be known")
    CONCERN = "2", pgettext_lazy("finding", "To be put right")
    SERIOUS = "3", pgettext_lazy("finding", "Serious")
    URGENT = "4", pgettext_lazy("finding", "Somebody is in danger")


class Finding(SealedOfCampaign):
    """What visits found, how grave it is, in words without names."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="findings")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.SET_NULL, related_name="findings")
    place = models.ForeignKey(AdminUnit, null=True, on_delete=models.PROTECT, related_name="+")
    severity = models.CharField(max_length=1, choices=Severity.choices)
    words = fields.SealedText(label="fieldwork.finding.words")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["campaign", "-severity", "-made_at"], name="findings_of_a_campaign")]

    def __str__(self) -> str:
        return f"finding {str(self.pk)[:8]}"


class FollowUp(SealedOfCampaign):
    """What is done about a finding, by whom, until when. It stands among that person's tasks."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="follow_ups")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.SET_NULL, related_name="follow_ups")
    words = fields.SealedText(label="fieldwork.follow_up.words")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until_date = models.DateField()
    ended_at = models.DateTimeField(null=True)
    is_dropped = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["campaign", "ended_at", "until_date"], name="follow_ups_of_a_campaign")]

    def __str__(self) -> str:
        return f"follow-up {str(self.pk)[:8]}"


class NotChanged(Exception):
    """A report that was frozen was to be changed."""


class Report(models.Model):
    """A campaign's report as it was frozen: ``content`` holds codes and texts per language, ``digest`` is its SHA-256. It stands once written."""

    guarded = Guarded(part_of="campaign")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="a_report_of_a_campaign")]

    def __str__(self) -> str:
        return f"report {self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        """NotChanged where it stands already."""
        if not self._state.adding:
            raise NotChanged("a report that was frozen is never changed: freeze another one")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
