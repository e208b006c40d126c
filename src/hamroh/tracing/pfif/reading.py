"""A file that nobody has checked becomes records, each with what is wrong with it; a file that is hostile is refused as a whole.

No tree is built: elements are told to `_Listener` one by one, which holds the limits. Declarations of types and entities, references outside,
depth, size and number are refused before anything is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

from hamroh.tracing.pfif import checking
from hamroh.tracing.pfif.standard import (
    EXTENSION,
    LONGEST,
    NOTE,
    OURS,
    PERSON,
    RENAMED,
    VERSIONS,
    Note,
    Person,
    is_bare,
)

#: bytes of a file, people in it, notes of one person; what stands deeper than a field of a note is no record
LARGEST, MOST_PEOPLE, MOST_NOTES, DEEPEST = 20 * 2**20, 20_000, 200, 4
_CHUNK = 2**16
_FIELDS = {"person": frozenset(PERSON), "note": frozenset(NOTE)}
#: a whole file is refused for these, by code
REFUSALS = ("size", "xml", "declared", "depth", "root", "count")


class NotRead(ValueError):
    """A file is refused as a whole; the argument is a code of `REFUSALS`, and repeats nothing of the file."""


@dataclass(frozen=True)
class Found:
    """One person of a file: its number there, its identifier as far as it is one, and either the record or the code of a fault."""

    number: int
    person: Person | None = None
    fault: str = ""
    record_id: str = ""


def people(content: bytes) -> Iterator[Found]:
    """The people of a file in their order; NotRead before the first where the file is refused."""
    if len(content) > LARGEST:
        raise NotRead("size")
    listener = _Listener()
    try:
        _feed(listener, content)
    except DefusedXmlException:
        raise NotRead("declared") from None
    except (ParseError, ValueError, LookupError) as fault:
        raise fault if isinstance(fault, NotRead) else NotRead("xml") from None
    yield from listener.found


def _feed(listener: "_Listener", content: bytes) -> None:
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=listener, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    for start in range(0, len(content), _CHUNK):
        parser.feed(content[start : start + _CHUNK])
    parser.close()


@dataclass
class _Record:
    """A person or a note while it is read."""

    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    ours: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


class _Listener:
    """Is told of elements and texts as they come."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self._space, self._depth = "", 0
        self._person: _Record | None = None
        self._note: _Record | None = None
        self._into: tuple[dict[str, str], str] | None = None
        self._text: list[str] = []
        self._length, self._fault = 0, ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotRead("depth")
        space, _brace, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
        self._text, self._length = [], 0
        if self._depth == 1:
            self._open_file(space, name)
            return
        if self._person is None:
            self._open_person(space, name)
        elif not attributes and self._into is None:
            self._open_within(space, name)
        if attributes or (self._into is not None and self._depth > (4 if self._note else 3)):
            self._wrong("field")  # the format has neither attributes nor fields in fields

    def _open_file(self, space: str, name: str) -> None:
        if space not in VERSIONS or name != "pfif":
            raise NotRead("root")
        self._space = space

    def _open_person(self, space: str, name: str) -> None:
        if len(self.found) >= MOST_PEOPLE:
            raise NotRead("count")
        self._person, self._fault = _Record("person"), ""
        if (space, name) != (self._space, "person"):
            self._wrong("namespace" if space != self._space else "alone" if name == "note" else "field")

    def _open_within(self, space: str, name: str) -> None:
        held = self._note or self._person
        assert held is not None
        if space == EXTENSION:
            if name not in OURS or self._note is not None:
                self._wrong("field")
            else:
                self._aim(held.ours, name)
        elif space != self._space:
            self._wrong("namespace")
        elif name == "note" and self._note is None:
            self._note = _Record("note")
        else:
            self._aim_at_field(held, name)

    def _aim_at_field(self, held: _Record, name: str) -> None:
        plain = RENAMED[held.kind].get(name, name) if VERSIONS[self._space] != "1.4" else name
        if plain in _FIELDS[held.kind]:
            self._aim(held.fields, plain)
        else:
            self._wrong("field")

    def _aim(self, into: dict[str, str], name: str) -> None:
        if name in into:
            self._wrong("twice_field")
        self._into = (into, name)

    def _wrong(self, code: str) -> None:
        self._fault = self._fault or code

    def data(self, text: str) -> None:
        self._length += len(text)
        if self._into is None:
            if text.strip():
                self._wrong("field")
        elif self._length > LONGEST:
            self._wrong("long_field")
        else:
            self._text.append(text)

    def end(self, _tag: str) -> None:
        self._depth -= 1
        if self._into is not None and self._depth == (3 if self._note else 2):
            self._keep()
        elif self._note is not None and self._depth == 2:
            self._close_note(self._note)
        elif self._person is not None and self._depth == 1:
            self._close_person(self._person)

    def _keep(self) -> None:
        assert self._into is not None
        into, name = self._into
        if value := "".join(self._text).strip():
            into[name] = value
        self._into = None

    def _close_note(self, note: _Record) -> None:
        assert self._person is not None
        if len(self._person.notes) >= MOST_NOTES:
            self._wrong("notes")
        else:
            self._person.notes.append(Note(note.fields))
        self._note = None

    def _close_person(self, held: _Record) -> None:
        number, record_id = len(self.found) + 1, held.fields.get("person_record_id", "")
        fields = _named(held.fields, VERSIONS[self._space])
        fault = self._fault or checking.fault_of_person(fields, held.ours) or _fault_of_notes(held, record_id)
        if fault:
            known = record_id if checking.is_identifier(record_id) else ""
            self.found.append(Found(number, fault=fault, record_id=known))
        else:
            self.found.append(Found(number, Person(fields, held.ours, tuple(held.notes)), record_id=record_id))
        self._person = None

    def close(self) -> Any:
        return None


def _fault_of_notes(held: _Record, person_id: str) -> str:
    return next((code for each in held.notes if (code := checking.fault_of_note(each.fields, person_id))), "")


def _named(fields: dict[str, str], version: str) -> dict[str, str]:
    """With the full name and the date of the source that versions before 1.4 did not need."""
    if version == "1.4" or is_bare(fields):
        return fields
    names = " ".join(fields[name] for name in ("given_name", "family_name") if fields.get(name))
    told = {"full_name": names, "source_date": fields.get("entry_date", "")}
    return fields | {name: value for name, value in told.items() if value and name not in fields}
