"""What is wrong with a record, by a code; each code has words in `faults`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hamroh.tracing.pfif import standard
from hamroh.tracing.pfif.standard import NEEDED, BadValue


def fault_of_person(fields: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """The first fault of a person, or nothing. A tombstone needs its identifier and its end."""
    is_tombstone = not ours and standard.is_bare(fields)
    needed = ("person_record_id",) if is_tombstone else NEEDED["person"]
    return _first((
        (lambda: _lacks(fields, needed), "lacking"), (lambda: _bad(fields, ("person_record_id",), standard.identifier), "id"),
        (lambda: _bad(fields, standard.DATES, standard.moment), "date"),
        (lambda: fields.get("sex", "male") not in standard.SEXES, "value"),
        (lambda: _bad(fields, ("date_of_birth",), standard.birth_years), "birth"),
        (lambda: _bad(fields, ("age",), standard.ages) or _bad(ours, ("birth_years",), standard.year_range), "birth"),
        (lambda: not is_tombstone and not any(map(str.isalpha, fields["full_name"])), "lacking"),
    ))  # fmt: skip


def fault_of_note(fields: Mapping[str, str], person_id: str) -> str:
    """The first fault of a note that stands in a person's record, or nothing."""
    ids = ("note_record_id", "person_record_id", "linked_person_record_id")
    return _first((
        (lambda: _lacks(fields, NEEDED["note"]), "lacking"), (lambda: _bad(fields, ids, standard.identifier), "id"),
        (lambda: fields.get("person_record_id", person_id) != person_id, "id"),
        (lambda: _bad(fields, standard.DATES, standard.moment), "date"),
        (lambda: fields.get("status", standard.STATUSES[0]) not in standard.STATUSES, "value"),
        (lambda: fields.get("author_made_contact", "true") not in standard.TRUTHS, "value"),
    ))  # fmt: skip


def is_identifier(text: str) -> bool:
    return not _bad({"": text}, ("",), standard.identifier)


def _first(rules: Iterable[tuple[Callable[[], Any], str]]) -> str:
    return next((code for is_wrong, code in rules if is_wrong()), "")


def _lacks(fields: Mapping[str, str], names: Iterable[str]) -> bool:
    return any(not fields.get(name) for name in names)


def _bad(fields: Mapping[str, str], names: Iterable[str], read: Callable[[str], Any]) -> bool:
    try:
        for name in names:
            if name in fields:
                read(fields[name])
    except BadValue:
        return True
    return False
