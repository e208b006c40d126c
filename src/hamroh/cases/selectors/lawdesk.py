"""The law as it is kept: rules to be looked through, their history, what waits for a second person, what a change would move."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from hamroh.accounts import policy
from hamroh.cases import lawbook
from hamroh.cases.lawbook import may_be_undone, state_of
from hamroh.cases.models import ChangeSort, Deadline, LawChange, VerdictKind
from hamroh.cases.selectors.deadlines import moved_days
from hamroh.cases.selectors.law import LawLine, law_line
from hamroh.kernel.law import Book, Rule, Unfit
from hamroh.kernel.law.calendars import movable
from hamroh.kernel.law.examples import CURRENCIES, examples
from hamroh.kernel.law.reasons import phrase
from hamroh.web import dates

#: days of cases that a preview lists; it counts them all
SHOWN = 40
#: states whose days off are announced
STATES = ("TJ", "AZ")


@dataclass(frozen=True)
class Look:
    """Which rules are looked for: of a pack, with these words, about a matter, of a certainty, to be read again, changed by us."""

    pack: str = "TJ"
    words: str = ""
    certainty: str = ""
    late: bool = False
    changed: bool = False
    matter: str = ""

    def fits(self, rule: Rule, on: dt.date) -> bool:
        said = " ".join([rule.id, rule.article, rule.says, *rule.names.values(), *rule.meanings.values()]).casefold()
        return (
            all(word in said for word in self.words.casefold().split())
            and self.certainty in ("", rule.certainty)
            and self.matter in ("", rule.matter)
            and (not self.late or rule.stale(on))
            and (not self.changed or bool(rule.edition))
        )


@dataclass(frozen=True)
class RuleLine:
    """A rule in the list, and whether something about it waits for a second person."""

    line: LawLine
    waits: bool


@dataclass(frozen=True)
class Difference:
    """One column that differs: what it is called in the table, what stood there and what stands there now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """A change with what became of it; ``is_open`` where nobody has judged it, ``may_undo`` where it may still be taken back."""

    row: LawChange
    verdict: Any
    differences: list[Difference]
    is_own: bool
    may_undo: bool = False

    @property
    def is_open(self) -> bool:
        return self.verdict is None

    @property
    def is_days(self) -> bool:
        return bool(self.row.sort == ChangeSort.DAYS)


@dataclass(frozen=True)
class Example:
    """An example whose outcome a change moves; an outcome is empty where nothing can be worked out."""

    name: Mapping[str, str]
    before: str
    after: str


@dataclass(frozen=True)
class MovedDay:
    """An open day of a case that comes out otherwise."""

    row: Deadline
    due: dt.date
    last: dt.date


@dataclass(frozen=True)
class Preview:
    """What a change would move on the day from which it holds; ``fault`` is the word of ``Unfit`` for why it fits no more."""

    on: dt.date
    examples: list[Example]
    days: list[MovedDay]
    count: int
    fault: str = ""


def rule_lines(*, actor: Any, look: Look, on: dt.date) -> list[RuleLine]:
    """The rules that somebody looks for: those to be read again first, then those that wait for a second person, each in the order of
    their pack. Two queries.
    """
    policy.require(actor, "law.see")
    waiting = set(_open().values_list("about", flat=True))
    rules = (rule for rule in lawbook.book(on).pack(look.pack.lower()) if look.fits(rule, on))
    found = [RuleLine(law_line(rule, on), rule.id in waiting) for rule in rules]
    return sorted(found, key=lambda each: (not each.line.stale, not each.waits))


def rule_texts(*, actor: Any, code: str, on: dt.date) -> tuple[LawLine, list[Rule]]:
    """A rule as it reads today, and all its texts, the newest first; Refused where there is none."""
    policy.require(actor, "law.see")
    book = lawbook.book(on)
    if code not in book.rules:
        raise policy.Refused("no such rule")
    return law_line(book.rules[code], on), list(reversed(book.texts(code)))


def text_of(*, actor: Any, code: str, edition: str | None, on: dt.date) -> Rule:
    """One text of a rule by its edition, the last one where none is named; Refused where it is not there."""
    _line, texts = rule_texts(actor=actor, code=code, on=on)
    found = texts[0] if edition is None else next((text for text in texts if text.edition == edition), None)
    if found is None:
        raise policy.Refused("no such text")
    return found


def _open() -> QuerySet[LawChange]:
    return LawChange.objects.filter(verdict__isnull=True)


def _rows() -> QuerySet[LawChange]:
    return LawChange.objects.select_related("verdict", "verdict__by", "proposed_by", "undoes", "organisation")


def waiting(*, actor: Any) -> list[Entry]:
    """What waits for a second person, the oldest first."""
    policy.require(actor, "law.see")
    return _entries(_rows().filter(verdict__isnull=True).order_by("proposed_at", "pk"), actor)


def history(*, actor: Any, about: str) -> list[Entry]:
    """Everything that was proposed about a rule, or about the days off of a year, the newest first."""
    policy.require(actor, "law.see")
    return _entries(_rows().filter(about=about).order_by("-proposed_at", "-pk"), actor)


def announced(*, actor: Any, state: str) -> list[Entry]:
    """What was proposed about the days off of a state, the newest first."""
    policy.require(actor, "law.see")
    rows = _rows().filter(sort=ChangeSort.DAYS, about__startswith=f"{state} ")
    return _entries(rows.order_by("-about", "-proposed_at"), actor)


def missing_holidays(*, state: str, year: int, on: dt.date) -> list[Mapping[str, str]]:
    """The holidays of a year that were not announced yet, by language."""
    told = {
        name
        for each in lawbook.book(on).announced
        if (each.state, each.year) == (state, year)
        for name, _day in each.holidays
    }
    return [each.names for each in movable(state) if each.names["en"] not in told]


def change_of(*, actor: Any, pk: UUID) -> Entry:
    """One change; Refused where there is none."""
    policy.require(actor, "law.see")
    found = _entries(_rows().filter(pk=pk), actor)
    if not found:
        raise policy.Refused("no such change")
    return found[0]


def _entries(rows: Iterable[LawChange], actor: Any) -> list[Entry]:
    return [_entry(row, actor) for row in rows]


def _entry(row: LawChange, actor: Any) -> Entry:
    verdict = getattr(row, "verdict", None)
    return Entry(row, verdict, _differences(row), row.proposed_by_id == actor.pk)


def may_take_back(*, entry: Entry) -> bool:
    """Whether a change is released and nothing stands on it."""
    if entry.verdict is None or entry.verdict.kind != VerdictKind.RELEASED or entry.row.sort == ChangeSort.UNDONE:
        return False
    try:
        may_be_undone(entry.row)
    except Unfit:
        return False
    return True


# -- what differs --------------------------------------------------------------------------------------------------


def _differences(row: LawChange) -> list[Difference]:
    """Column by column against the text it was written against, as far as that text is known."""
    if row.sort in (ChangeSort.UNDONE, ChangeSort.DAYS):
        return []
    before, found = row.was, list[Difference]()
    for name, after in row.values.items():
        if name == "parameters":
            found += _numbers(before.get(name, ""), after)
        else:
            found.append(Difference(name, before.get(name, ""), after))
    return found


def _numbers(before: str, after: str) -> Iterator[Difference]:
    old, new = (_parts(cell) for cell in (before, after))
    yield from (Difference(name, old.get(name, ""), value) for name, value in new.items() if old.get(name, "") != value)


def _parts(cell: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in cell.split(";") if "=" in part)
    return {name.strip(): value.strip() for name, _equals, value in pairs}


# -- what it would move --------------------------------------------------------------------------------------------


def preview(*, actor: Any, entry: Entry, on: dt.date) -> Preview:
    """What a proposal would move: examples, and open days of the cases that the reader may list."""
    row = entry.row
    day = max(on, row.since_date or on)
    before = lawbook.book_of(lawbook.released(), day)
    try:
        after = _with(row, day)
    except Unfit as unfit:
        return Preview(day, [], [], 0, unfit.code)
    days = list(_days(actor, after, row, on))
    return Preview(day, list(_examples(before, after, row, day)), days[:SHOWN], len(days))


def _with(row: LawChange, day: dt.date) -> Book:
    found = lawbook.released()
    if row.sort == ChangeSort.UNDONE:
        may_be_undone(row.undoes)
        return lawbook.book_of([each for each in found if each.pk != row.undoes_id], day)
    return lawbook.with_change(lawbook.book_of(found, day), row, day)


def _examples(before: Book, after: Book, row: LawChange, day: dt.date) -> Iterator[Example]:
    state = state_of(row.about)
    if state not in CURRENCIES:
        return
    new = examples(after, state, day)
    for code, old in examples(before, state, day).items():
        if new[code] != old:
            yield Example(phrase(code), _said(old), _said(new[code]))


def _said(outcome: str) -> str:
    """An outcome as the language writes it: a day in words."""
    if len(outcome) == len("2026-01-01") and outcome[4] == "-":
        return dates.day(dt.date.fromisoformat(outcome), get_language() or "en")
    return outcome


def _days(actor: Any, after: Book, row: LawChange, on: dt.date) -> Iterator[MovedDay]:
    rows = Deadline.objects.filter(calendar=state_of(row.about)).select_related("case").order_by("due_date", "pk")
    for day, counted in moved_days(after, policy.visible(actor, "case.list", rows), on):
        yield MovedDay(day, counted.due, counted.last)
