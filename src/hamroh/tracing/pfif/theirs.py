"""From a record of the format to somebody on a list of ours. What a search does not need is not kept: addresses, pictures, pages."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from hamroh.tracing.met import Foreign, Met
from hamroh.tracing.pfif import standard
from hamroh.tracing.pfif.reading import Found
from hamroh.tracing.pfif.standard import Note, Person
from hamroh.web.fields import without_controls

SEX = {"female": "f", "male": "m"}
LONGEST_NAME, MOST_SPELLINGS = 200, 20
#: fields that part a name and a home, kept beside the whole: by which of what somebody may agree to they leave again
PARTED = {"names": ("given_name", "family_name"), "place": ("home_city", "home_state", "home_country")}
#: what of a record becomes words of a note, by what it is called there
_TOLD_OF_A_PERSON = ("description", "source_name", "author_name", "author_phone")
_TOLD_OF_A_NOTE = ("source_date", "status", "author_name", "author_phone", "last_known_location", "text")


def somebody(person: Person, *, now: dt.datetime, sign: str = "", line: int | None = None) -> Met:
    """Somebody as a list has him; of a record that has expired nothing but its identifier and its days.

    The format has no consent: ``sign`` is by what the officer knows of it, empty where the people cannot be asked.
    """
    fields = person.fields
    foreign = foreign_of(person, now)
    if foreign.has_expired:
        return Met(name="", foreign=foreign, line=line)
    return Met(
        name=_line(fields["full_name"]), names=_names(person), born=born(person), sex=SEX.get(fields.get("sex", ""), ""),
        place=", ".join(_line(fields[each]) for each in PARTED["place"] if fields.get(each)),
        phone=_phone(person), note=_words(person), parts=_parts(fields), line=line, foreign=foreign,
        consent={"given": True, "sign": sign} if sign else None,
    )  # fmt: skip


def foreign_of(person: Person, now: dt.datetime) -> Foreign:
    """What the record is called at its home, its days, and which records its notes say are the same person."""
    ends = person.fields.get("expiry_date")
    told = person.fields.get("source_date")
    linked = dict.fromkeys(
        other for note in person.notes if (other := note.fields.get("linked_person_record_id")) and other != person.record_id
    )  # fmt: skip
    return Foreign(
        record_id=person.record_id, source_at=standard.moment(told) if told else None,
        expires_at=standard.moment(ends) if ends else None, has_expired=person.has_expired(now), linked=tuple(linked),
    )  # fmt: skip


def born(person: Person) -> dict[str, int] | None:
    """The first and the last year in which somebody may have been born, the most exact first."""
    fields, ours = person.fields, person.ours
    if "date_of_birth" in fields:
        first, last = standard.birth_years(fields["date_of_birth"])
    elif "birth_years" in ours:
        first, last = standard.year_range(ours["birth_years"])
    elif "age" in fields:
        least, most = standard.ages(fields["age"])
        year = standard.moment(fields["source_date"]).year
        first, last = year - most - 1, year - least
    else:
        return None
    return {"first": first, "last": last}


def _parts(fields: Mapping[str, str]) -> dict[str, str]:
    """The parts of a name and of a home, as the record has them."""
    return {name: _line(fields[name]) for names in PARTED.values() for name in names if fields.get(name)}


def parts_of(kept: Mapping[str, str] | None, agreed: Iterable[str]) -> dict[str, str]:
    """Those of a record's parts that leave with what somebody agreed to."""
    names = {name for part in agreed for name in PARTED.get(part, ())}
    return {name: value for name, value in (kept or {}).items() if name in names}


def joined(fields: Mapping[str, str]) -> str:
    """The parts of a name as one."""
    return " ".join(fields[each] for each in PARTED["names"] if fields.get(each))


def _names(person: Person) -> list[Mapping[str, str]]:
    """The father's name and a surname before marriage as such; every other name as a spelling, each once."""
    fields, ours = person.fields, person.ours
    special = {"father": ours.get("patronymic", ""), "maiden": ours.get("maiden_name", "")}
    others = [joined(_parts(fields)), *fields.get("alternate_names", "").splitlines()]
    known = {_line(fields["full_name"]), *map(_line, special.values()), ""}
    spellings = [each for each in dict.fromkeys(map(_line, others)) if each not in known][:MOST_SPELLINGS]
    found: list[Mapping[str, str]] = [{"kind": kind, "value": _line(value)} for kind, value in special.items() if value]
    return [*found, *({"kind": "spelling", "value": each} for each in spellings)]


def _line(text: str) -> str:
    return without_controls(text)[:LONGEST_NAME]


def _phone(person: Person) -> str:
    """A telephone of the person himself, which only a note has."""
    return next(
        (
            _line(each.fields["phone_of_found_person"])
            for each in person.notes
            if "phone_of_found_person" in each.fields
        ),
        "",
    )


def _words(person: Person) -> str:
    """What else is told, for those who search."""
    parts = [_told(person.fields, _TOLD_OF_A_PERSON), words_of_notes(person)]
    return "\n\n".join(part for part in parts if part)[: standard.LONGEST]


def words_of_notes(person: Person) -> str:
    """What the notes of a record tell, for those who search."""
    told = (_told(each.fields, _TOLD_OF_A_NOTE) for each in person.notes)
    return "\n\n".join(part for part in told if part)[: standard.LONGEST]


def _told(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    lines = [[without_controls(line) for line in fields[name].splitlines()] for name in names if fields.get(name)]
    return "\n".join(line for each in lines for line in each if line)


# -- a record as a row of an import --------------------------------------------------------------------------------


def as_cell(found: Found, sign: str = "") -> str:
    """A record as the one cell of its row, kept sealed until the file is taken in; ``sign`` is what is known of its consent."""
    if found.person is None:
        return json.dumps({"fault": found.fault, "id": found.record_id})
    person = found.person
    notes = [dict(each.fields) for each in person.notes]
    return json.dumps({"fields": person.fields, "ours": person.ours, "notes": notes, "sign": sign}, ensure_ascii=False)


def of_cell(cell: str) -> tuple[Found, str]:
    """The record of a row, and what is known of its consent."""
    told: dict[str, Any] = json.loads(cell)
    if "fault" in told:
        return Found(0, fault=told["fault"], record_id=told["id"]), ""
    person = Person(told["fields"], told["ours"], tuple(Note(each) for each in told["notes"]))
    return Found(0, person, record_id=person.record_id), told["sign"]
