"""The register: projects, who bears them, where, about what, with how much money and on which papers. Nobody who is helped stands here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit, Party
from hamroh.thesaurus.models import Concept
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class Written(Exception):
    """A line that is only ever added to was to be changed."""


class Kind(models.TextChoices):
    PROJECT = "project", pgettext_lazy("project", "Project")
    PROGRAMME = "programme", pgettext_lazy("project", "Programme")
    STATE_PROGRAMME = "state", pgettext_lazy("project", "State programme")


class Scope(models.TextChoices):
    NATIONAL = "national", pgettext_lazy("project", "National")
    INTERNATIONAL = "international", pgettext_lazy("project", "International")


class Visible(models.TextChoices):
    """Who reads a project: each step holds the next ones."""

    PUBLIC = "public", pgettext_lazy("project", "Anybody")
    NETWORK = "network", pgettext_lazy("project", "The organisations that work with Hamroh")
    ORGANISATION = "organisation", pgettext_lazy("project", "Our organisation")
    TEAM = "team", pgettext_lazy("project", "Those who work on it, and supervisors")


class Project(models.Model):
    """Work with an aim, a period and partners. Texts are ``{lang: text}``.

    The four dates may be known to the year or month only; the status is never stored, `kernel.projects.status` works it out from them.
    ``period_notes`` say why a date is not known, ``remarks`` what else is not; ``owners`` are ids of those who work on it, each between
    slashes. ``first_year`` and ``last_year`` follow from the dates and ``words`` from the texts, both for the search of the desk.
    """

    guarded = Guarded(organisation="organisation_id", owners="owners")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    reference = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PROJECT)
    part_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="parts")
    titles = models.JSONField(default=dict)
    abouts = models.JSONField(default=dict)
    objectives = models.JSONField(default=dict)
    for_whom = models.JSONField(default=dict)
    scope = models.CharField(max_length=14, choices=Scope.choices, default=Scope.NATIONAL)
    starts_planned = models.CharField(max_length=10, blank=True)
    ends_planned = models.CharField(max_length=10, blank=True)
    starts = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    stopped_date = models.CharField(max_length=10, blank=True)
    stopped_why = models.JSONField(default=dict)
    period_notes = models.JSONField(default=dict)
    visibility = models.CharField(max_length=12, choices=Visible.choices, default=Visible.ORGANISATION)
    owners = models.TextField(blank=True, default="")
    subjects = models.ManyToManyField(Concept, blank=True, related_name="+")
    #: the committee's markers: ``[{"vocabulary": "1", "code": "1", "significance": "2"}]``
    policy_markers = models.JSONField(default=list)
    source = models.CharField(max_length=300, blank=True)
    remarks = models.JSONField(default=dict)
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-first_year", "-made_at"], name="projects_of_a_house"),
            models.Index(fields=["visibility", "-first_year"], name="projects_by_reader"),
        ]
        constraints = [models.UniqueConstraint(fields=["organisation", "reference"], name="a_reference_in_a_house")]

    def __str__(self) -> str:
        return f"project {self.code}"


class OfProject(models.Model):
    """A row of a project: whoever may do something to the project may do it to the row."""

    guarded = Guarded(part_of="project")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class PartyRole(models.TextChoices):
    """What an organisation is to a project, by the codes of the IATI standard."""

    FUNDING = "1", pgettext_lazy("project", "Pays for it")
    ACCOUNTABLE = "2", pgettext_lazy("project", "Answers for it")
    EXTENDING = "3", pgettext_lazy("project", "Runs it with others' money")
    IMPLEMENTING = "4", pgettext_lazy("project", "Carries it out")


class ProjectParty(OfProject):
    """A partner: of the directory, or by ``name`` where the directory does not know it. A hidden one is never told outside."""

    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=1, choices=PartyRole.choices)
    is_hidden = models.BooleanField(default=False)
    remark = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["project", "role"], name="parties_of_a_project"),
            models.Index(fields=["party", "role"], name="projects_of_a_party"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(party__isnull=False) | ~Q(name=""), name="a_project_party_is_said"),
            models.UniqueConstraint(fields=["project", "party", "role"], name="a_role_is_said_once"),
        ]


class ProjectPlace(OfProject):
    """Where the work is, with its share of the whole in per cent where it is known. A hidden one is never told outside."""

    place = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    is_hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "place"], name="a_place_of_a_project_once")]
        indexes = [models.Index(fields=["place"], name="projects_of_a_place")]


class ProjectSector(OfProject):
    """What it is about in somebody's list of codes; ``names`` are ``{lang: text}``, ``vocabulary`` is a code of the IATI standard."""

    vocabulary = models.CharField(max_length=4, default="1")
    code = models.CharField(max_length=20)
    names = models.JSONField(default=dict)
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "vocabulary", "code"], name="a_sector_of_a_project_once")
        ]


class Budget(OfProject):
    """Money that is planned for a period of at most a year."""

    starts_date = models.DateField()
    ends_date = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    value_date = models.DateField()
    is_revised = models.BooleanField(default=False)
    is_committed = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["project", "starts_date"], name="budgets_of_a_project")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_date__gte=models.F("starts_date")), name="a_budget_ends_after")
        ]


class Flow(models.TextChoices):
    """What a transaction is, by the codes of the IATI standard."""

    INCOMING = "1", pgettext_lazy("money", "Received")
    COMMITMENT = "2", pgettext_lazy("money", "Promised to others")
    DISBURSEMENT = "3", pgettext_lazy("money", "Passed on")
    EXPENDITURE = "4", pgettext_lazy("money", "Spent")
    INTEREST = "5", pgettext_lazy("money", "Interest paid")
    REPAYMENT = "6", pgettext_lazy("money", "Loan paid back")
    REIMBURSEMENT = "7", pgettext_lazy("money", "Money given back")
    INCOMING_COMMITMENT = "11", pgettext_lazy("money", "Promised to us")


class Transaction(OfProject):
    """Money that moved. ``provider`` and ``receiver`` are of the directory, or are named where it does not know them."""

    kind = models.CharField(max_length=2, choices=Flow.choices)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    on_date = models.DateField()
    value_date = models.DateField()
    provider = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    provider_name = models.CharField(max_length=200, blank=True)
    receiver = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    receiver_name = models.CharField(max_length=200, blank=True)
    abouts = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["project", "on_date"], name="money_of_a_project")]


class PaperKind(models.TextChoices):
    AGREEMENT = "agreement", pgettext_lazy("paper", "Agreement")
    PROPOSAL = "proposal", pgettext_lazy("paper", "Proposal")
    REPORT = "report", pgettext_lazy("paper", "Report")
    EVALUATION = "evaluation", pgettext_lazy("paper", "Evaluation")
    PRESS = "press", pgettext_lazy("paper", "Press release")
    OTHER = "other", pgettext_lazy("paper", "Other")


class ProjectPaper(OfProject):
    """A document about it: at an address, or in the library by the code of its record. A hidden one is never told outside."""

    titles = models.JSONField(default=dict)
    url = models.URLField(max_length=500, blank=True)
    record_code = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=10, choices=PaperKind.choices, default=PaperKind.OTHER)
    on_date = models.CharField(max_length=10, blank=True)
    is_hidden = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["project", "made_at"], name="papers_of_a_project")]


class DayKind(models.TextChoices):
    REPORT = "report", pgettext_lazy("day of a project", "A report is due")
    REVIEW = "review", pgettext_lazy("day of a project", "Review")
    MILESTONE = "milestone", pgettext_lazy("day of a project", "Milestone")
    PAYMENT = "payment", pgettext_lazy("day of a project", "A payment is due")


class ProjectDay(OfProject):
    """A day that must not be missed, until it is done."""

    kind = models.CharField(max_length=10, choices=DayKind.choices)
    titles = models.JSONField(default=dict)
    on_date = models.DateField()
    done_date = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["project", "on_date"], name="days_of_a_project"),
            models.Index(fields=["organisation", "done_date", "on_date"], name="days_of_a_house"),
        ]
