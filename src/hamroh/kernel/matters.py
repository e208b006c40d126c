"""Legal matters as declared workflows: what is done step by step in each state, and the law, papers and terms of each step.

Read from ``data/matters``. Nothing here is more certain than the packs of law that it names: where a step rests on nothing that
somebody has seen, ``counsel`` says so.
"""

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from hamroh.kernel.datafiles import DataError, rows
from hamroh.kernel.law import (
    Assumption,
    Audience,
    Book,
    Calendar,
    Certainty,
    Deadline,
    Footing,
    Ground,
    Reason,
    Role,
    Rule,
    deadline,
    load,
    shown,
)
from hamroh.kernel.law.dates import DAY
from hamroh.kernel.law.parameters import PERIODS, kinds
from hamroh.kernel.law.rules import LANGS, weakest

FOLDER = "matters"
STATES = ("TJ", "AZ")
#: packs whose rules a step may rest on in every state
EVERYWHERE = ("treaty", "ru")
#: books that are kept read: that of today, of yesterday, and what somebody looks at before it is released
BOOKS = 4
T = TypeVar("T")


class Counsel(StrEnum):
    """What must be said beside a step: ask a lawyer, have its law verified, or let her alone decide after advice."""

    LAWYER = "lawyer"
    VERIFY = "verify"
    DECISION = "decision"


class Turn(StrEnum):
    """Whose a term is: she acts by its day; somebody else does; or something may be asked for from its day on."""

    HERS = "hers"
    THEIRS = "theirs"
    FROM = "from"


@dataclass(frozen=True, eq=False)
class Term:
    """A period of a rule that is counted from an event; ``event`` says from which, by language."""

    code: str
    state: str
    rule: Rule
    parameter: str
    turn: Turn
    event: Mapping[str, str]
    book: Book

    @property
    def unit(self) -> str:
        """What its period counts: days, months or years."""
        return kinds()[self.parameter].unit

    @property
    def to_verify(self) -> bool:
        """Whether a day counted by it rests on what nobody has seen: its rule, or its state's rule of counting."""
        counting = self.book.one(Role.COUNTING, self.state)
        return any(rule is None or rule.certainty is Certainty.C for rule in (self.rule, counting))

    @property
    def may_be_stated(self) -> bool:
        """Whether a lawyer may state its period: nobody saw the rule, or its number."""
        return self.rule.certainty is Certainty.C or not self.rule.knows(self.parameter)


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a workflow. ``states`` are those in which it is taken, ``says`` is what is done, by language."""

    code: str
    states: tuple[str, ...]
    rules: tuple[Rule, ...]
    papers: tuple[str, ...]
    terms: tuple[Term, ...]
    ask: Counsel | None
    says: Mapping[str, str]

    def law(self, state: str) -> tuple[Rule, ...]:
        """The rules that it rests on in a state."""
        return tuple(rule for rule in self.rules if rule.pack in (state.lower(), *EVERYWHERE))

    def counted(self, state: str) -> tuple[Term, ...]:
        """The terms that may be counted at it in a state."""
        return tuple(term for term in self.terms if term.state == state)

    def counsel(self, state: str, on: dt.date) -> Counsel | None:
        """What must be said beside it: where rules are known for other states alone, a lawyer is asked; what nobody saw is verified."""
        law = self.law(state)
        if self.ask or (self.rules and not law):
            return self.ask or Counsel.LAWYER
        unseen = any(not shown(rule, Audience.DOCUMENT, on).allowed for rule in law)
        return Counsel.VERIFY if unseen else None


@dataclass(frozen=True, eq=False)
class Workflow:
    """The steps of one kind of matter, in their order."""

    kind: str
    steps: tuple[Step, ...]

    def of(self, state: str) -> tuple[Step, ...]:
        """Its steps in a state."""
        return tuple(step for step in self.steps if state in step.states)

    def papers(self, state: str) -> tuple[str, ...]:
        """The papers that its steps ask for in a state, each once."""
        return tuple(dict.fromkeys(paper for step in self.of(state) for paper in step.papers))

    def terms(self, state: str) -> tuple[Term, ...]:
        """The terms that may be counted in it in a state, each once."""
        return tuple(dict.fromkeys(term for step in self.of(state) for term in step.counted(state)))

    def step(self, code: str) -> Step | None:
        return next((step for step in self.steps if step.code == code), None)


@dataclass(frozen=True)
class Counted:
    """A term counted from a day. ``due`` is the day to act by in every reading, or the first day from which something may be asked."""

    term: Term
    deadline: Deadline
    due: dt.date

    @property
    def last(self) -> dt.date:
        """The last day after days off moved it; the same as ``due`` where the term says from when."""
        return self.due if self.term.turn is Turn.FROM else self.deadline.last

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """What it rests on: days off move no day from which something may be asked."""
        return self.deadline.grounds[:2] if self.term.turn is Turn.FROM else self.deadline.grounds

    @property
    def certainty(self) -> Certainty | None:
        if self.term.turn is Turn.FROM:
            return weakest(ground.certainty for ground in self.grounds)
        return self.deadline.certainty

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """How it was counted, and what is not known."""
        moving = ("moved_by", "announced_yearly", "post_in_time") if self.term.turn is Turn.FROM else ()
        return tuple(reason for reason in self.deadline.reasons if reason.code not in moving)


def count(term: Term, base: dt.date, on: dt.date, stated: Assumption | None = None) -> Counted:
    """A term counted from the day of its event; Missing where its period is not known and no lawyer states it.

    ValueError where ``stated`` would stand in the place of what was seen.
    """
    footing = Footing(term.book, term.state, on, (stated,) if stated else ())
    calendar = Calendar(term.state, term.book.announced)
    found = deadline(footing, term.rule.id, base, calendar, parameter=term.parameter)
    return Counted(term, found, found.falls_on + DAY if term.turn is Turn.FROM else found.falls_on)


def workflows(book: Book | None = None) -> Mapping[str, Workflow]:
    """The workflow of each kind of matter by the rules of a book, without one by the packs alone; DataError lists each fault."""
    return _workflows(book or load())


@functools.lru_cache(maxsize=BOOKS)
def _workflows(book: Book) -> Mapping[str, Workflow]:
    return read_workflows(_tables(), book)


@functools.cache
def _tables() -> Mapping[str, list[dict[str, str]]]:
    return {name: list(rows(f"{FOLDER}/{name}.csv")) for name in ("workflows", "steps", "terms", "papers")}


@functools.cache
def papers() -> Mapping[str, Mapping[str, str]]:
    """What each paper is called, by language."""
    return {row["code"]: _said(row) for row in rows(f"{FOLDER}/papers.csv")}


def terms(book: Book | None = None) -> Mapping[str, Term]:
    """All terms by code."""
    return {term.code: term for flow in workflows(book).values() for step in flow.steps for term in step.terms}


def read_workflows(
    tables: Mapping[str, Iterable[Mapping[str, str]]], book: Book | None = None
) -> Mapping[str, Workflow]:
    """Workflows from the rows of their tables; DataError lists each fault by table and code."""
    faults: list[str] = []
    book = book or load()
    named = _keyed("papers", tables["papers"], _said, faults)
    found = _keyed("terms", tables["terms"], lambda row: _term(row, book), faults)
    steps = _keyed("steps", tables["steps"], lambda row: _step(row, book, named, found), faults)
    flows = _keyed("workflows", tables["workflows"], lambda row: _workflow(row, steps), faults)
    if idle := steps.keys() - {step.code for flow in flows.values() for step in flow.steps}:
        faults.append(f"steps: {', '.join(sorted(idle))} stand in no workflow")
    if faults:
        raise DataError("\n".join(faults))
    return flows


def _keyed(
    table: str, lines: Iterable[Mapping[str, str]], read: Callable[[Mapping[str, str]], T], faults: list[str]
) -> dict[str, T]:
    found: dict[str, T] = {}
    for row in lines:
        key = next(iter(row.values()))
        if key in found:
            faults.append(f"{table} {key}: stands twice")
        try:
            found[key] = read(row)
        except KeyError as fault:
            faults.append(f"{table} {key}: {fault} is not there")
        except ValueError as fault:
            faults.append(f"{table} {key}: {fault}")
    return found


def _said(row: Mapping[str, str]) -> Mapping[str, str]:
    if empty := [lang for lang in LANGS if not row[lang]]:
        raise ValueError(f"no text in {', '.join(empty)}")
    return {lang: row[lang] for lang in LANGS}


def _term(row: Mapping[str, str], book: Book) -> Term:
    rule, parameter = book.rules[row["rule"]], row["parameter"]
    if parameter not in rule.parameters or kinds()[parameter].unit not in PERIODS:
        raise ValueError(f"{rule.id} has no period {parameter!r}")
    if rule.pack != row["state"].lower():
        raise ValueError(f"{rule.id} is no rule of {row['state']}")
    return Term(row["code"], row["state"], rule, parameter, Turn(row["turn"]), _said(row), book)


def _step(row: Mapping[str, str], book: Book, named: Mapping[str, T], found: Mapping[str, Term]) -> Step:
    wanted = tuple(row["papers"].split())
    if lacking := [paper for paper in wanted if paper not in named]:
        raise ValueError(f"no paper {', '.join(lacking)}")
    return Step(
        code=row["code"],
        states=tuple(row["states"].split()) or STATES,
        rules=tuple(book.rules[rule] for rule in row["rules"].split()),
        papers=wanted,
        terms=tuple(found[term] for term in row["terms"].split()),
        ask=Counsel(row["ask"]) if row["ask"] else None,
        says=_said(row),
    )


def _workflow(row: Mapping[str, str], steps: Mapping[str, Step]) -> Workflow:
    flow = Workflow(row["kind"], tuple(steps[code] for code in row["steps"].split()))
    if len(set(flow.steps)) != len(flow.steps):
        raise ValueError("a step stands twice")
    return flow
