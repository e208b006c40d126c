"""Two files of one person are brought into line, line by line, and put back whole.

Each of the two keeps with its own facts what stood there before: nothing of one file is kept in the other.
"""

import uuid
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.cases.actions.moving import CannotMove, awake
from hamroh.cases.actions.opening import Told
from hamroh.cases.actions.people import edit_person
from hamroh.cases.models import Case, Person, Same
from hamroh.cases.selectors import sameness
from hamroh.vault import journal, opening

#: under this key of somebody's facts stands what was there before; it is shown on no page and leaves with no export
BEFORE = "aligned"
OURS, THEIRS = "ours", "theirs"
#: lines that are chosen: fields of a person, and facts of hers
FIELDS = ("name", "names", "born", "phone", "document", "places")
FACTS = ("sex", "language", "citizenship", "fate")
#: the kind of a document goes with its number
_WITH = {"document": "document_kind"}
LINES = (*FIELDS, *FACTS)

Values = dict[str, Any]


@transaction.atomic
def align(*, actor: Any, person: Person, other: Person, chosen: Mapping[str, str]) -> int:
    """Of each chosen line both files say from now on what the one says: how many lines moved.

    CannotMove where they are not judged to be one person, or not all of it opens. The actor writes in both files of one organisation.
    """
    mine, theirs = _held(actor, person), _held(actor, other)
    if newest_answer(person, other) != Same.SAME:
        raise CannotMove(_("Say first that they are one person."))
    sources = {line: (mine, theirs) if side == OURS else (theirs, mine) for line, side in chosen.items()}
    moved = {line: to for line, (of, to) in sources.items() if _line(of, line) != _line(to, line)}
    if not set(moved) <= set(LINES) or not moved:
        raise CannotMove(_("Choose at least one line in which the two differ."))
    batch, said = (
        uuid.uuid4().hex,
        {"by": str(actor), "on": local_date(timezone.now(), person.case.organisation).isoformat()},
    )
    for row, values, beside in ((person, mine, other), (other, theirs, person)):
        lines = {line: sources[line][0] for line, to in moved.items() if to is values}
        after = _with(values, {line: _line(of, line) for line, of in lines.items()})
        kept = {"batch": batch, "with": str(beside.pk), "before": {line: _line(values, line) for line in lines}, **said}
        kept["after"] = {line: _line(after, line) for line in lines}
        _write(actor, row, after, kept)
    _tell(actor, (person, other), "case.align_people", batch)
    return len(moved)


@transaction.atomic
def put_back(*, actor: Any, person: Person, other: Person) -> None:
    """Both files say again what they said before, whole; CannotMove where one of the lines was changed since."""
    mine, theirs = _held(actor, person), _held(actor, other)
    first, second = _kept(mine, other), _kept(theirs, person)
    if first is None or second is None or first["batch"] != second["batch"]:
        raise CannotMove(_("There is nothing to put back."))
    pairs = ((person, mine, first), (other, theirs, second))
    if any(_line(values, line) != told for _row, values, each in pairs for line, told in each["after"].items()):
        raise CannotMove(_("One of these lines was changed since. Correct what is wrong by hand."))
    for row, values, each in pairs:
        _write(actor, row, _with(values, each["before"]), None)
    _tell(actor, (person, other), "case.put_people_back", first["batch"])


def newest_answer(person: Person, other: Person) -> str:
    pair = sorted((person.pk, other.pk), key=str)
    return sameness.newest([person.pk]).get((pair[0], pair[1]), "")


def can_be_put_back(values: Mapping[str, Any], other: Person) -> dict[str, Any] | None:
    """By whom and when this person was last brought into line with the other; None where that was not, or was put back."""
    return _kept(dict(values), other)


def _held(actor: Any, person: Person) -> Values:
    """What the file says of somebody, with the file held until the end; CannotMove where not all of it opens."""
    policy.require(actor, "case.write", awake(person.case))
    decision = policy.require(actor, "case.read", person.case)
    row = Person.objects.get(pk=person.pk)
    row.case = person.case
    values = sameness.opened(person=row, decision=decision, purpose="alignment")
    if any(isinstance(value, opening.Unshown) for value in values.values()):
        raise CannotMove(_("Not all of it opens. Nothing was changed."))
    return values


def _line(values: Mapping[str, Any], line: str) -> Any:
    facts = values["facts"] or {}
    if line not in FIELDS:
        return facts.get(line) or None
    value = values[line] or None
    return {"value": value, "kind": facts.get(_WITH[line]) or None} if line in _WITH else value


def _with(values: Values, lines: Mapping[str, Any]) -> Values:
    """The values with other lines."""
    found, facts = dict(values), dict(values["facts"] or {})
    for line, value in lines.items():
        if line in _WITH:
            found[line], facts[_WITH[line]] = value["value"], value["kind"]
        elif line in FIELDS:
            found[line] = value
        else:
            facts[line] = value
    return {**found, "facts": {name: value for name, value in facts.items() if value}}


def _kept(values: Values, other: Person) -> dict[str, Any] | None:
    facts = values["facts"]
    kept = facts.get(BEFORE) if isinstance(facts, Mapping) else None
    return dict(kept) if kept and kept["with"] == str(other.pk) else None


def _write(actor: Any, row: Person, values: Values, kept: Mapping[str, Any] | None) -> None:
    facts = {name: value for name, value in (values["facts"] or {}).items() if name != BEFORE}
    known = {each.name: values[each.name] for each in fields(Told) if values.get(each.name)}
    told = Told(**{**known, "name": values["name"] or "", "facts": {**facts, **({BEFORE: kept} if kept else {})}})
    edit_person(actor=actor, person=row, part=row.part, side=row.side, told=told)


def _tell(actor: Any, people: tuple[Person, Person], verb: str, batch: str) -> None:
    cases: dict[Any, Case] = {each.case_id: each.case for each in people}
    for case in cases.values():
        journal.record(
            actor=actor, verb=verb, about=case, facts={"batch": batch, "people": [str(each.pk) for each in people]}
        )
