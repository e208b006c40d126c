"""From what we know of somebody to a record of the format: by a list of what may leave, so that nothing else can.

Never the seeker, never a telephone of anybody but the office, never where somebody is, never a picture.
"""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hamroh.tracing.pfif.standard import NEVER_OF_A_NOTE, NEVER_OF_A_PERSON, Note, Person, as_moment
from hamroh.tracing.pfif.theirs import PARTED, joined

SEX = {"f": "female", "m": "male"}
#: parts that somebody on a list may agree to have passed on, besides his name
PARTS = ("names", "born", "sex", "place")
#: signs of a year, which is all of a birth that anybody is asked about
_YEAR = 4
#: scripts as ISO 15924 has them, by the first word of a letter's name in Unicode
SCRIPTS = {"CYRILLIC": "Cyrl", "LATIN": "Latn", "ARABIC": "Arab", "GEORGIAN": "Geor", "ARMENIAN": "Armn"}


class NotToLeave(Exception):
    """A field that we never fill was filled."""


@dataclass(frozen=True)
class Office:
    """Whoever answers for a record: an organisation and its telephone, no person."""

    name: str
    phone: str = ""


@dataclass(frozen=True)
class Days:
    """When it was told, when it was written here, when it is wiped."""

    source_at: dt.datetime
    entry_at: dt.datetime
    expires_at: dt.datetime

    def fields(self) -> dict[str, str]:
        told = {"source_date": self.source_at, "entry_date": self.entry_at, "expiry_date": self.expires_at}
        return {name: as_moment(at) for name, at in told.items()}


def person(
    record_id: str, known: Mapping[str, Any], *, office: Office, days: Days, words: str = "", is_sought: bool = False
) -> Person:
    """Somebody as a record: ``known`` has name, names, born, sex, place and parts, as far as they may leave; ``words`` were reviewed."""
    parts = dict(known.get("parts") or {})
    others = [each["value"] for each in known.get("names") or () if each["value"] != joined(parts)]
    home = {} if any(name in parts for name in PARTED["place"]) else {"home_city": known.get("place") or ""}
    fields = {
        "person_record_id": record_id, **days.fields(), "full_name": known["name"], "alternate_names": "\n".join(others),
        "sex": SEX.get(known.get("sex") or "", ""), **home, **parts, "description": words,
        "source_name": office.name, "author_name": office.name, "author_phone": office.phone, **_birth(known, days),
    }  # fmt: skip
    notes = (_sought(record_id, office, days),) if is_sought else ()
    return checked(Person(_filled(fields), _filled(_extension(known)), notes))


def tombstone(record_id: str, days: Days) -> Person:
    """What is left of a record that ended, whatever it ended for."""
    return Person({"person_record_id": record_id, **days.fields()})


def checked(record: Person) -> Person:
    """The record; NotToLeave where something is filled that we never fill, or a day of birth, for which nobody was asked."""
    wrong = set(record.fields) & NEVER_OF_A_PERSON | {
        name for note in record.notes for name in set(note.fields) & NEVER_OF_A_NOTE
    }
    if len(record.fields.get("date_of_birth", "")) > _YEAR:
        wrong.add("date_of_birth")
    if wrong:
        raise NotToLeave(", ".join(sorted(wrong)))
    return record


def _birth(known: Mapping[str, Any], days: Days) -> dict[str, str]:
    """The year of birth; a range as ages at the day of the source, wide enough for whoever reads no element of ours."""
    years = known.get("born") or {}
    if not years:
        return {}
    if years["first"] == years["last"]:
        return {"date_of_birth": f"{years['first']}"}
    year = days.source_at.year
    return {"age": f"{max(0, year - years['last'] - 1)}-{max(0, year - years['first'])}"}


def _extension(known: Mapping[str, Any]) -> dict[str, str]:
    special = {each["kind"]: each["value"] for each in known.get("names") or ()}
    years = known.get("born") or {}
    is_range = bool(years) and years["first"] != years["last"]
    return {
        "patronymic": special.get("father", ""), "maiden_name": special.get("maiden", ""),
        "script": script_of(known["name"]), "birth_years": f"{years['first']}-{years['last']}" if is_range else "",
    }  # fmt: skip


def script_of(name: str) -> str:
    """The script of a name where it is one.

    >>> script_of("Зафар"), script_of("Zəfər"), script_of("Зафар Qurbonov")
    ('Cyrl', 'Latn', '')
    """
    found = {unicodedata.name(sign, "").partition(" ")[0] for sign in name if sign.isalpha()}
    return SCRIPTS.get(found.pop(), "") if len(found) == 1 else ""


def _sought(record_id: str, office: Office, days: Days) -> Note:
    """That somebody is looked for, and nothing else: neither by whom nor why."""
    told = days.fields()
    return Note({
        "note_record_id": f"{record_id}.sought", "person_record_id": record_id, "entry_date": told["entry_date"],
        "author_name": office.name, **_filled({"author_phone": office.phone}), "source_date": told["source_date"],
        "author_made_contact": "false", "status": "information_sought",
        "text": "News of this person is asked for. Please answer to the office named here.",
    })  # fmt: skip


def _filled(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}
