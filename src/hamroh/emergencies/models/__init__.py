"""Tables of emergencies."""

from hamroh.emergencies.models.alerts import Alert, IssuedAlert, MessageType, Signature, Status
from hamroh.emergencies.models.damage import (
    MEMBERS,
    Aid,
    AidKind,
    Barn,
    DamageCard,
    House,
    Household,
    OfferAnswer,
    Plot,
    RelocationOffer,
    Source,
)
from hamroh.emergencies.models.events import (
    KIND,
    Event,
    Hazard,
    Incident,
    Level,
    LogKind,
    LogLine,
    Severity,
    SeverityLine,
    Written,
)
from hamroh.emergencies.models.reports import Report
from hamroh.emergencies.models.work import Duty, Need, Response, Sector, Shift, Task, TaskLine

__all__ = [
    "KIND", "MEMBERS", "Aid", "AidKind", "Alert", "Barn", "DamageCard", "Duty", "Event", "Hazard", "House", "Household", "Incident",
    "IssuedAlert", "Level", "LogKind", "LogLine", "MessageType", "Need", "OfferAnswer", "Plot", "RelocationOffer", "Report", "Response",
    "Sector", "Severity", "SeverityLine", "Shift", "Signature", "Source", "Status", "Task", "TaskLine", "Written",
]  # fmt: skip
