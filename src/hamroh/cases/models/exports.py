"""What is taken out of the house as a file: who asked for which cases, what for, who let it go, and the file while it stands."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.models.case import Case
from hamroh.cases.states import ExportLife
from hamroh.vault import fields
from hamroh.web.codes import new_code

#: of how many people one alone may take data out; above it a second person lets it go
ALONE = 50


class ExportPurpose(models.TextChoices):
    OWN_COPY = "own_copy", pgettext_lazy("export", "Her own copy, which she asked for")
    COURT = "court", pgettext_lazy("export", "For a court or an authority, in her own matter")
    INSPECTION = "inspection", pgettext_lazy("export", "For an authority that may inspect us by law")
    WORK = "work", pgettext_lazy("export", "For our own work on these cases")
    STATISTICS = "statistics", pgettext_lazy("export", "To count, without names and words")


class ExportPart(models.TextChoices):
    """Classes of fields. Notes, danger, ways to reach her, evidence and where she is are none of them."""

    CASES = "cases", pgettext_lazy("export", "Codes, states and weeks")
    PEOPLE = "people", pgettext_lazy("export", "People: names, birth, what they are in the case")
    IDENTIFIERS = "identifiers", pgettext_lazy("export", "Telephone, document, home district")
    FAMILY = "family", pgettext_lazy("export", "Relations and the household")
    MATTERS = "matters", pgettext_lazy("export", "Matters, courts, deadlines, hearings")
    ALIMONY = "alimony", pgettext_lazy("export", "What is told of alimony: decisions, sums, payments")
    WORK = "work", pgettext_lazy("export", "Goals, help given, meetings, in words")


class Lock(models.TextChoices):
    """By what the file is sealed once more before it leaves."""

    PASSWORD = "password", _("By a password that we make: a ZIP file with AES-256")
    KEY = "key", _("To the recipient’s key: a file of age")


class Export(fields.SealedModel):
    """One wish to take cases out. ``query`` is a filter of the list, codes alone; with ``case`` it is that one case, whole.

    ``people_count`` is how many people were let go; ``content`` the file, locked and then sealed, until ``expires_at``.
    """

    guarded = Guarded(organisation="organisation_id", owner="asked_by_id", team="team", area="area")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    #: what stands in the file, so that who finds it can ask us
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    state = models.CharField(max_length=10, choices=ExportLife.choices(), default=ExportLife.initial)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")
    query = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=12, choices=ExportPurpose.choices)
    parts = models.JSONField(default=list)
    locked_by = models.CharField(max_length=8, choices=Lock.choices)
    #: an age recipient, which is public
    recipient = models.CharField(max_length=80, blank=True)
    people_count = models.PositiveIntegerField()
    cases_count = models.PositiveIntegerField()
    words = fields.SealedText(label="cases.export.words")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    content = fields.SealedBytes(label="cases.export.content", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="exports_of_a_house"),
            models.Index(fields=["state", "expires_at"], name="exports_that_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("asked_by")), name="a_second_person_lets_go"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("released", "made"))
                | Q(people_count__lte=ALONE)
                | Q(released_by__isnull=False),
                name="many_people_leave_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"export {self.code}"
