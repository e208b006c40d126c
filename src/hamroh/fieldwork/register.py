"""How submissions and campaigns stand on screens over all rooms."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import records
from hamroh.fieldwork.models import Campaign, FieldDay, Submission


def _submission_at(row: Submission) -> str:
    return reverse("field-results:submission", kwargs={"code": row.code})


def _campaign_at(row: Campaign) -> str:
    return reverse("field-results:campaign", kwargs={"code": row.code})


def _day_at(row: FieldDay) -> str:
    return reverse("field-results:day", kwargs={"code": row.code})


SUBMISSIONS = records.Register(
    model=Submission, title=_("Filled form"), reads="submission.read",
    with_code=lambda code: Submission.objects.filter(code=code.lower()), code_of=lambda row: row.code,
    address_of=_submission_at, fields={"answers": _("the answers"), "xml": _("the form as it came")},
)  # fmt: skip
records.declare(SUBMISSIONS)
CAMPAIGNS = records.Register(
    model=Campaign, title=_("Campaign"), reads="campaign.see",
    with_code=lambda code: Campaign.objects.filter(code=code.lower()), code_of=lambda row: row.code, address_of=_campaign_at,
)  # fmt: skip
records.declare(CAMPAIGNS)
DAYS = records.Register(
    model=FieldDay, title=_("Day in a place"), reads="day.see",
    with_code=lambda code: FieldDay.objects.filter(code=code.lower()), code_of=lambda row: row.code, address_of=_day_at,
    fields={"spot": _("where exactly"), "words": _("what did not agree")},
)  # fmt: skip
records.declare(DAYS)
