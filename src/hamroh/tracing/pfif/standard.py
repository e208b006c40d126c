"""What the format has: fields of each version in their order, how a value must look, and what we never fill.

After the PFIF specifications 1.1 to 1.4 (Ka-Ping Yee and others, 2005 to 2012). Records are held by the names of 1.4, whatever version they
came in.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

#: namespaces of the versions; 1.4 is what we write
VERSIONS = {f"http://zesty.ca/pfif/{number}": number for number in ("1.1", "1.2", "1.3", "1.4")}
NAMESPACE = "http://zesty.ca/pfif/1.4"
#: our own elements: what the format has no field for
EXTENSION = "urn:hamroh:pfif:1"
PERSON = (
    "person_record_id", "entry_date", "expiry_date", "author_name", "author_email", "author_phone", "source_name",
    "source_date", "source_url", "full_name", "given_name", "family_name", "alternate_names", "description", "sex",
    "date_of_birth", "age", "home_street", "home_neighborhood", "home_city", "home_state", "home_postal_code",
    "home_country", "photo_url", "profile_urls",
)  # fmt: skip
NOTE = (
    "note_record_id", "person_record_id", "linked_person_record_id", "entry_date", "author_name", "author_email",
    "author_phone", "source_date", "author_made_contact", "status", "email_of_found_person", "phone_of_found_person",
    "last_known_location", "text", "photo_url",
)  # fmt: skip
#: elements of our namespace in a person: the father's name, a surname before marriage, the script of the full name, years of birth
OURS = ("patronymic", "maiden_name", "script", "birth_years")
#: names of fields in versions before 1.4, by ours
RENAMED = {
    "person": {
        "first_name": "given_name", "last_name": "family_name", "home_zip": "home_postal_code", "other": "description",
    },
    "note": {"found": "author_made_contact"},
}  # fmt: skip
#: what makes a record of 1.4
NEEDED = {
    "person": ("person_record_id", "source_date", "full_name"),
    "note": ("note_record_id", "author_name", "source_date", "text"),
}  # fmt: skip
#: all that is left of a record that has expired
TOMBSTONE = ("person_record_id", "entry_date", "expiry_date", "source_date")
#: never in a file of ours: whereabouts, ways to reach anybody but the office, pictures, pages elsewhere
NEVER_OF_A_PERSON = frozenset(
    {"author_email", "source_url", "home_street", "home_neighborhood", "home_postal_code", "photo_url", "profile_urls"}
)  # fmt: skip
NEVER_OF_A_NOTE = frozenset(
    {"author_email", "email_of_found_person", "phone_of_found_person", "last_known_location", "photo_url"}
)
SEXES = ("female", "male", "other")
STATUSES = ("information_sought", "is_note_author", "believed_alive", "believed_missing", "believed_dead")
TRUTHS = ("true", "false")
DATES = ("entry_date", "expiry_date", "source_date")
#: characters that are taken of one value, and of an identifier
LONGEST, LONGEST_ID = 8_000, 255
#: a repository's domain, a stroke, and what that repository calls the record: nothing that steers a page or a path
IDENTIFIER = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+/[A-Za-z0-9._~:@+=-]{1,180}"
)
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?Z")
_BIRTH = re.compile(r"(?:18|19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_AGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")
_YEARS = re.compile(r"((?:18|19|20)\d\d)-((?:18|19|20)\d\d)")


@dataclass(frozen=True)
class Note:
    """A note about a person, by the fields of 1.4."""

    fields: Mapping[str, str]


@dataclass(frozen=True)
class Person:
    """A record of a person by the fields of 1.4, with our own elements and the notes that stand in it."""

    fields: Mapping[str, str]
    ours: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def record_id(self) -> str:
        return self.fields.get("person_record_id", "")

    @property
    def is_tombstone(self) -> bool:
        """Whether nothing is left of it but its identifier and its days."""
        return not self.ours and not self.notes and is_bare(self.fields)

    def has_expired(self, now: dt.datetime) -> bool:
        ends = self.fields.get("expiry_date")
        return self.is_tombstone or (ends is not None and moment(ends) <= now)


def is_bare(fields: Mapping[str, str]) -> bool:
    """Whether fields are those of a tombstone: the day on which it ended is among them, and nothing else."""
    return "expiry_date" in fields and set(fields) <= set(TOMBSTONE)


class BadValue(ValueError):
    """A value is not as the format has it."""


def moment(text: str) -> dt.datetime:
    """A moment in UTC, ``2026-11-23T10:15:00Z``; BadValue otherwise."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise BadValue(text)
    try:
        year, month, day, hour, minute, second = map(int, found.groups())
        return dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
    except ValueError:
        raise BadValue(text) from None


def as_moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def birth_years(text: str) -> tuple[int, int]:
    """First and last year of a date of birth, which may be a year or a month alone."""
    if not _BIRTH.fullmatch(text):
        raise BadValue(text)
    if len(text) == 10:
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            raise BadValue(text) from None
    return int(text[:4]), int(text[:4])


def ages(text: str) -> tuple[int, int]:
    """Least and greatest age, ``34`` or ``30-40``."""
    found = _AGE.fullmatch(text)
    least, most = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if not 0 <= least <= most <= 120:
        raise BadValue(text)
    return least, most


def year_range(text: str) -> tuple[int, int]:
    """First and last year, ``1986-1989``."""
    found = _YEARS.fullmatch(text)
    first, last = (int(found[1]), int(found[2])) if found else (1, 0)
    if not first <= last < first + 40:
        raise BadValue(text)
    return first, last


def identifier(text: str) -> str:
    """An identifier of a record; BadValue where it is none."""
    if len(text) > LONGEST_ID or not IDENTIFIER.fullmatch(text):
        raise BadValue(text)
    return text
