"""What an alert holds, as it stands in its XML: moments and numbers are texts, so that one from outside is checked as it came."""

import datetime as dt
from dataclasses import dataclass

STATUSES = ("Actual", "Exercise", "System", "Test", "Draft")
MESSAGE_TYPES = ("Alert", "Update", "Cancel", "Ack", "Error")
SCOPES = ("Public", "Restricted", "Private")
CATEGORIES = (
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other",
)  # fmt: skip
RESPONSES = ("Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None")
URGENCIES = ("Immediate", "Expected", "Future", "Past", "Unknown")
SEVERITIES = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
CERTAINTIES = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")


@dataclass(frozen=True)
class Area:
    """A place in words, and as polygons (``lat,lon lat,lon ...``), circles (``lat,lon km``) and codes (name, value)."""

    words: str = ""
    polygons: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Info:
    """What is said in one language."""

    lang: str = ""
    categories: tuple[str, ...] = ()
    event: str = ""
    responses: tuple[str, ...] = ()
    urgency: str = ""
    severity: str = ""
    certainty: str = ""
    audience: str = ""
    effective: str = ""
    onset: str = ""
    expires: str = ""
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Message:
    """One alert, update or cancel; ``references`` are ``sender,identifier,sent`` each."""

    identifier: str = ""
    sender: str = ""
    sent: str = ""
    status: str = ""
    kind: str = ""
    scope: str = "Public"
    restriction: str = ""
    addresses: str = ""
    note: str = ""
    references: tuple[str, ...] = ()
    infos: tuple[Info, ...] = ()


def said_at(moment: dt.datetime) -> str:
    """A moment as CAP writes it: to the second, with its offset, never with a Z.

    >>> said_at(dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC))
    '2026-11-23T05:00:00-00:00'
    """
    if moment.tzinfo is None:
        raise ValueError("a moment of an alert has a zone")
    text = moment.replace(microsecond=0).isoformat()
    return text.replace("+00:00", "-00:00")


def reference(message: Message) -> str:
    """How another message refers to this one."""
    return f"{message.sender},{message.identifier},{message.sent}"
