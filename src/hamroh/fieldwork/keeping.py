"""How long filled forms, campaigns and days in a place are kept, with everything that belongs to them.

What a filled form became (a case, a visit) is a record of its own and stays under its own rule; what it said in a list goes with it.
"""

from django.utils.translation import gettext_lazy as _

from hamroh.fieldwork.models import Campaign, Entity, EntityChange, FieldDay, Submission
from hamroh.kernel.retention import Event, Rule, Unit
from hamroh.vault import retention


def _forget_rows(submission: Submission) -> None:
    """What it said in lists goes; a row of which nobody else ever said anything goes whole."""
    changes = EntityChange.objects.filter(submission=submission)
    rows = list(changes.values_list("entity_id", flat=True))
    changes.delete()
    Entity.objects.filter(pk__in=rows, changes=None).delete()


#: tables whose rows are erased with their record; a system check refuses one that is missing
GOES_WITH_A_SUBMISSION = ("fieldwork.attachment", "fieldwork.reviewline", "fieldwork.carried")
GOES_WITH_A_CAMPAIGN = (
    "fieldwork.campaign_forms", "fieldwork.campaignparty", "fieldwork.campaignarea", "fieldwork.campaignmember", "fieldwork.visit",
    "fieldwork.finding", "fieldwork.followup", "fieldwork.report",
)  # fmt: skip
GOES_WITH_A_DAY = ("fieldwork.daymember", "fieldwork.daytally", "fieldwork.daytalk")
SUBMISSIONS = retention.RecordClass(
    rule=Rule("submission", Event.MADE, Unit.MONTHS, 24, 1, 120), model=Submission, title=_("Filled forms"),
    counted="received_at", goes_with=GOES_WITH_A_SUBMISSION, before=_forget_rows,
)  # fmt: skip
retention.declare(SUBMISSIONS)
CAMPAIGNS = retention.RecordClass(
    rule=Rule("campaign", Event.CLOSED, Unit.MONTHS, 60, 12, 240), model=Campaign, title=_("Campaigns"), counted="until_date",
    goes_with=GOES_WITH_A_CAMPAIGN,
)  # fmt: skip
retention.declare(CAMPAIGNS)
DAYS = retention.RecordClass(
    rule=Rule("field_day", Event.MADE, Unit.MONTHS, 36, 1, 120), model=FieldDay, title=_("Days in a place"), counted="on_date",
    goes_with=GOES_WITH_A_DAY,
)  # fmt: skip
retention.declare(DAYS)
