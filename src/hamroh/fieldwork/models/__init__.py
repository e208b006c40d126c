"""Tables of fieldwork."""

from hamroh.fieldwork.models.campaigns import (
    Campaign,
    CampaignArea,
    CampaignMember,
    CampaignParty,
    Finding,
    FollowUp,
    NotChanged,
    Report,
    Severity,
    Visit,
    VisitKind,
)
from hamroh.fieldwork.models.carrying import ALONE, AnswersFile, Carried, Mapping
from hamroh.fieldwork.models.days import DayMember, DayTalk, DayTally, FieldDay, Said, Who
from hamroh.fieldwork.models.devices import Device, DeviceKind, FormKey
from hamroh.fieldwork.models.forms import Assignment, Form, FormMedia, FormVersion, Purpose
from hamroh.fieldwork.models.lists import Entity, EntityChange, EntityList
from hamroh.fieldwork.models.submissions import Attachment, ReviewLine, Submission, Written

__all__ = [
    "ALONE", "AnswersFile", "Assignment", "Attachment", "Campaign", "CampaignArea", "CampaignMember", "CampaignParty", "Carried",
    "DayMember", "DayTalk", "DayTally", "Device", "DeviceKind", "Entity", "EntityChange", "EntityList", "FieldDay", "Finding", "FollowUp", "Form", "FormKey", "FormMedia",
    "FormVersion", "Mapping", "NotChanged", "Purpose", "Report", "ReviewLine", "Said", "Severity", "Submission", "Visit", "VisitKind",
    "Who", "Written",
]  # fmt: skip
