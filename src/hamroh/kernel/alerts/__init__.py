"""Alerts of the Common Alerting Protocol 1.2: what one holds, what is wrong with it, and its XML. No clock and no network."""

from hamroh.kernel.alerts.checks import Fault, check, moment_of
from hamroh.kernel.alerts.facts import (
    CATEGORIES,
    CERTAINTIES,
    MESSAGE_TYPES,
    RESPONSES,
    SEVERITIES,
    STATUSES,
    URGENCIES,
    Area,
    Info,
    Message,
    reference,
    said_at,
)
from hamroh.kernel.alerts.reading import Unreadable, read
from hamroh.kernel.alerts.writing import NAMESPACE, written

__all__ = [
    "CATEGORIES", "CERTAINTIES", "MESSAGE_TYPES", "NAMESPACE", "RESPONSES", "SEVERITIES", "STATUSES", "URGENCIES", "Area", "Fault", "Info",
    "Message", "Unreadable", "check", "moment_of", "read", "reference", "said_at", "written",
]  # fmt: skip
