"""Cases as tables that may leave the house: only what the reader's own right opens, of the classes that were let go."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.cases.models import (
    AlimonyFact,
    Case,
    Deadline,
    Encounter,
    ExportPart,
    Hearing,
    Household,
    Matter,
    Need,
    OfCase,
    Person,
    Relationship,
    Service,
    Side,
)
from hamroh.cases.parcels import Table, Word
from hamroh.vault import opening

PURPOSE = "export"
CODE = ("case", _("Case"))
PERSON = ("person", _("Number of the person in the case"))


def tables(*, actor: Any, cases: Sequence[Case], parts: Iterable[str]) -> list[Table]:
    """The tables of these parts; a case that the actor may not take out raises Refused. As many queries for many cases as for one."""
    taken = _Taken(actor, cases)
    return [table for part in ExportPart if part in set(parts) for table in _TABLES[part](taken)]


def counts(*, cases: Sequence[Case]) -> list[Table]:
    """What may be counted with: no code, no name, no word, and months in the place of days."""
    columns = (
        *(("opened", _("Opened in")), ("closed", _("Closed in"))), *_OF_A_CASE[1:],
    )  # fmt: skip
    rows = [[_month(case.opened_week), _month(case.closed_week), *_facts_of(case)] for case in cases]
    return [Table("cases", _("Cases"), columns, sorted(rows, key=lambda row: (row[0], row[2].code, row[5].code)))]


def _month(day: dt.date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


class _Taken:
    """Cases with the decisions that open them, and the numbers that their people have in the file."""

    def __init__(self, actor: Any, cases: Sequence[Case]) -> None:
        self.cases = {case.pk: case for case in cases}
        self.decisions = {case.pk: policy.require(actor, "case.export", case) for case in cases}

    def rows(self, model: type[OfCase], *order: str, related: Sequence[str] = ()) -> list[Any]:
        found: Any = model._default_manager.filter(case__in=list(self.cases))  # noqa: SLF001 - of any row of a case
        return list(found.select_related(*related).order_by("case__code", *order, "pk"))

    def code(self, row: Any) -> str:
        return str(self.cases[row.case_id].code)

    def opened(self, row: Any, *fields: str) -> list[Any]:
        """Values of a row; what does not open says so in its place."""
        values = opening.open_each(row, fields, decision=self.decisions[row.case_id], purpose=PURPOSE)
        return [str(value) if isinstance(value, opening.Unshown) else value for value in values.values()]

    @cached_property
    def people(self) -> list[Person]:
        return self.rows(Person, "part")

    @cached_property
    def numbers(self) -> dict[UUID, int]:
        """Each person's number within her case."""
        found: dict[UUID, int] = {}
        seen: dict[UUID, int] = {}
        for row in self.people:
            found[row.pk] = seen[row.case_id] = seen.get(row.case_id, 0) + 1
        return found


def _said(row: Any, field: str) -> Word:
    """A field with choices: its code and its words."""
    return Word(getattr(row, field), getattr(row, f"get_{field}_display")())


_OF_A_CASE = (
    CODE, ("state", _("How far")), ("danger", _("Danger")), ("country", _("Country")), ("channel", _("How she came")),
)  # fmt: skip


def _facts_of(case: Case) -> list[Any]:
    return [_said(case, "status"), _said(case, "risk"), case.country, _said(case, "channel")]


def _cases(taken: _Taken) -> list[Table]:
    columns = (*_OF_A_CASE, ("opened", _("Week of opening")), ("closed", _("Week of closing")), ("owner", _("Whose")))
    rows = [
        [case.code, *_facts_of(case), case.opened_week, case.closed_week, str(case.owner or "")]
        for case in taken.cases.values()
    ]
    return [Table("cases", _("Cases"), columns, rows)]


def _people(taken: _Taken) -> list[Table]:
    columns = (
        CODE, PERSON, ("part", _("What this person is in the case")), ("side", _("On whose side")), ("name", pgettext_lazy("person", "Name")),
        ("names", _("Other names and spellings")), ("born", _("Born")),
    )  # fmt: skip
    rows = [
        [taken.code(row), taken.numbers[row.pk], _said(row, "part"), _said(row, "side"), *taken.opened(row, "name", "names", "born")]
        for row in taken.people
    ]  # fmt: skip
    return [Table("people", _("People"), columns, rows)]


def _identifiers(taken: _Taken) -> list[Table]:
    columns = (
        CODE, PERSON, ("phone", _("Telephone")), ("document", _("Document")), ("places", _("Home district or village")),
    )  # fmt: skip
    return [
        Table("identifiers", _("Telephone, document, home"), columns, [_identified(taken, row) for row in taken.people])
    ]


def _identified(taken: _Taken, row: Person) -> list[Any]:
    """Where somebody is now leaves with nobody of her side."""
    phone, document, places = taken.opened(row, "phone", "document", "places")
    kinds = {"home", "birth"} if row.side == Side.HERS else {"home", "birth", "now"}
    known = [each for each in places or () if isinstance(each, dict) and each.get("kind") in kinds]
    told = {each["kind"]: each.get("words", "") for each in known}
    return [taken.code(row), taken.numbers[row.pk], phone, document, told]


def _family(taken: _Taken) -> list[Table]:
    pairs = (
        CODE,
        ("first", _("First person, number")),
        ("second", _("Second person, number")),
        ("facts", _("What is known")),
    )
    related = [
        [taken.code(row), taken.numbers[row.first_id], taken.numbers[row.second_id], *taken.opened(row, "facts")]
        for row in taken.rows(Relationship)
    ]
    houses = [[taken.code(row), *taken.opened(row, "facts")] for row in taken.rows(Household)]
    return [
        Table("relations", _("Relations"), pairs, related),
        Table("households", _("Households"), (CODE, ("facts", _("What is known"))), houses),
    ]


def _matters(taken: _Taken) -> list[Table]:
    columns = (
        CODE, ("kind", _("Matter")), ("country", _("Country")), ("opened", _("Opened on")), ("ended", _("Ended on")),
        ("result", pgettext_lazy("matter", "Result")), ("facts", _("What is known")),
    )  # fmt: skip
    rows = [
        [taken.code(row), _said(row, "kind"), row.country, row.opened_date, row.ended_date, _said(row, "result"), *taken.opened(row, "facts")]
        for row in taken.rows(Matter, "opened_date")
    ]  # fmt: skip
    return [Table("matters", _("Matters"), columns, rows), _deadlines(taken), _hearings(taken)]


def _deadlines(taken: _Taken) -> Table:
    columns = (
        CODE, ("kind", _("Matter")), ("turn", _("Whose day it is")), ("due", _("Until")), ("state", _("State")),
        ("facts", _("What is known")),
    )  # fmt: skip
    rows = [
        [taken.code(row), _said(row.matter, "kind"), _said(row, "turn"), row.due_date, _said(row, "state"), *taken.opened(row, "facts")]
        for row in taken.rows(Deadline, "due_date", related=["matter"])
    ]  # fmt: skip
    return Table("deadlines", _("Deadlines"), columns, rows)


def _hearings(taken: _Taken) -> Table:
    columns = (CODE, ("kind", _("Matter")), ("on", _("Day")), ("state", _("State")), ("facts", _("What is known")))
    rows = [
        [
            taken.code(row), _said(row.matter, "kind"),
            local_date(row.starts_at, taken.cases[row.case_id].organisation), _said(row, "state"),
            *taken.opened(row, "facts"),
        ]
        for row in taken.rows(Hearing, "starts_at", related=["matter"])
    ]  # fmt: skip
    return Table("hearings", _("Hearings"), columns, rows)


def _alimony(taken: _Taken) -> list[Table]:
    columns = (CODE, ("part", _("What is told")), PERSON, ("facts", _("What is known")))
    rows = [
        [taken.code(row), _said(row, "part"), taken.numbers.get(row.person_id, ""), *taken.opened(row, "facts")]
        for row in taken.rows(AlimonyFact, "part", "told_at")
    ]
    return [Table("alimony", _("Alimony"), columns, rows)]


def _work(taken: _Taken) -> list[Table]:
    goals = (
        CODE, ("need", _("What about")), ("goal", _("Her goal")), ("due", _("Until")), ("outcome", _("What became of it")),
        ("words", _("In words")),
    )  # fmt: skip
    needs = [
        [taken.code(row), _said(row, "domain"), goal, row.due_date, _said(row, "outcome"), words]
        for row in taken.rows(Need, "made_at")
        for goal, words in [taken.opened(row, "goal", "outcome_words")]
    ]
    done = (CODE, ("kind", _("What was done")), ("on", _("Day")), ("minutes", _("Minutes")), ("words", _("In words")))
    helped = [
        [taken.code(row), _said(row, "kind"), row.on_date, row.minutes, *taken.opened(row, "words")]
        for row in taken.rows(Service, "on_date")
    ]
    met = [
        [taken.code(row), _said(row, "place"), row.on_date, row.minutes, *taken.opened(row, "words")]
        for row in taken.rows(Encounter, "on_date")
    ]
    return [
        Table("needs", _("Needs and goals"), goals, needs),
        Table("help", _("Help given"), done, helped),
        Table("meetings", _("Meetings"), (CODE, ("place", _("Where")), *done[2:]), met),
    ]


_TABLES = {
    ExportPart.CASES: _cases, ExportPart.PEOPLE: _people, ExportPart.IDENTIFIERS: _identifiers,
    ExportPart.FAMILY: _family, ExportPart.MATTERS: _matters, ExportPart.ALIMONY: _alimony, ExportPart.WORK: _work,
}  # fmt: skip
