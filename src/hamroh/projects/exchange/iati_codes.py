"""What our words are in the codes of the aid standard."""

import re

from hamroh.directory.models import Party
from hamroh.directory.models.parties import CONSENT_KINDS, LegalStatus, PartyKind
from hamroh.projects.models import Level, Measure, PaperKind, Scope

ORGANISATIONS: dict[str, str] = {
    PartyKind.STATE_AGENCY: "10", PartyKind.PARLIAMENT: "10", PartyKind.COURT: "10", PartyKind.DIPLOMATIC_MISSION: "10",
    PartyKind.INTERNATIONAL_ORGANISATION: "40", PartyKind.FUNDER: "60", PartyKind.REGISTERED_NGO: "22", PartyKind.BUSINESS: "70",
    PartyKind.ACADEMIC: "80", PartyKind.COMMUNITY_COUNCIL: "15", PartyKind.DIASPORA_ORGANISATION: "22", PartyKind.RELIGIOUS: "22",
    PartyKind.MEDIA: "70",
}  # fmt: skip
STATUSES = {"pipeline": "1", "active": "2", "finalisation": "3", "closed": "4", "cancelled": "5"}
SCOPES: dict[str, str] = {Scope.NATIONAL: "4", Scope.INTERNATIONAL: "3"}
RESULTS: dict[str, str] = {Level.OUTPUT: "1", Level.OUTCOME: "2", Level.IMPACT: "3"}
MEASURES: dict[str, str] = {Measure.NUMBER: "1", Measure.PERCENT: "2", Measure.WORDS: "5"}
PAPERS: dict[str, str] = {
    PaperKind.AGREEMENT: "A09", PaperKind.PROPOSAL: "A02", PaperKind.REPORT: "A08", PaperKind.EVALUATION: "A07", PaperKind.PRESS: "A12",
    PaperKind.OTHER: "A12",
}  # fmt: skip
FORMATS = {
    "pdf": "application/pdf", "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv", "jpg": "image/jpeg", "png": "image/png",
}  # fmt: skip
_UNUSUAL = re.compile(r"[^A-Za-z0-9._-]+")


def is_nameable(party: Party) -> bool:
    """Whether a file may name an organisation: never a person, never a group without registration, whatever it agreed to."""
    unsure = party.legal_status in (LegalStatus.UNREGISTERED, LegalStatus.IN_PROCESS)
    return party.kind not in CONSENT_KINDS and not unsure


def format_of(url: str) -> str:
    """The form of a document by the end of its address."""
    ending = url.rpartition("/")[2].partition("?")[0].rpartition(".")[2].lower()
    return FORMATS.get(ending, "text/html")


def identifier(reporter: str, reference: str) -> str:
    """The number of a project: that of who reports, then its reference in signs that every program takes."""
    own = _UNUSUAL.sub("-", reference).strip("-")
    return own if own.startswith(f"{reporter}-") else f"{reporter}-{own or 'X'}"
