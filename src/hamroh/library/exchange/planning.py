"""What would become of each row of a file: the same checks as in writing, taken back at once."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.directory.actions import FactsRefused
from hamroh.directory.actions.check import plain
from hamroh.library.actions import Incoming, in_order, may_hold, write_one
from hamroh.library.exchange.building import FIELDS, facts_from, faults_of, unmatched
from hamroh.library.exchange.matching import Subjects, known_by_key, own_by_code, same_as, subjects_of
from hamroh.library.exchange.rows import Row
from hamroh.library.facts import RecordFacts
from hamroh.library.models import Record
from hamroh.library.rules import same_keys
from hamroh.library.selectors.facts import record_facts

#: rows that are tried in one transaction, which is then taken back
_AT_ONCE = 25
Progress = Callable[[int], object]


class Fate(TextChoices):
    NEW = "new", pgettext_lazy("row of a list", "New")
    CHANGED = "changed", pgettext_lazy("row of a list", "Changed")
    SAME = "same", pgettext_lazy("row of a list", "As before")
    TWIN = "twin", pgettext_lazy("row of a list", "Here already")
    REFUSED = "refused", pgettext_lazy("row of a list", "Refused")


@dataclass(frozen=True)
class Outcome:
    """The fate of one row. ``code`` is the record that it changes or seems to be; ``line`` the row of the file that it repeats."""

    number: int
    key: str
    title: str
    fate: str
    code: str = ""
    line: int = 0
    changes: tuple[tuple[str, str, str], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    unmatched: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Plan:
    """All rows with their fates, and those that would be written."""

    outcomes: tuple[Outcome, ...]
    incoming: tuple[Incoming, ...]

    @property
    def counts(self) -> dict[str, int]:
        told = Counter(each.fate for each in self.outcomes)
        return {"read": len(self.outcomes), **{str(fate): told[fate] for fate in Fate}}

    @property
    def words(self) -> list[tuple[str, int]]:
        """Words that no concept is called, the most frequent first."""
        return Counter(word for each in self.outcomes for word in each.unmatched).most_common()

    @property
    def lost(self) -> list[dict[str, Any]]:
        """Rows that do not come in, as they are kept with the batch."""
        refused = [each for each in self.outcomes if each.fate in (Fate.REFUSED, Fate.TWIN)]
        return [{"line": each.number, "key": each.key, "reason": _why(each)} for each in refused]


def _why(outcome: Outcome) -> str:
    if outcome.fate == Fate.TWIN:
        return str(Fate.TWIN.label)
    return "; ".join(": ".join(filter(None, each)) for each in outcome.reasons)


@dataclass(frozen=True)
class _Held:
    """What is here of what a file speaks of."""

    by_key: Mapping[str, Record]
    facts: Mapping[str, RecordFacts]
    own: Mapping[str, Record]
    subjects: Subjects
    names: Mapping[str, Row]


def make_plan(
    *, actor: Any, organisation: Organisation, rows: Sequence[Row], catalogue: str, despite_twins: bool = False, progress: Progress | None = None
) -> Plan:  # fmt: skip
    """The plan of a file; writes nothing that stays. ``despite_twins`` brings in what seems to be here already."""
    held = _held(organisation, rows, catalogue)
    judged = [_judged(row, held, catalogue) for row in rows]
    twins = {} if despite_twins else _twins(organisation, [made for _outcome, made in judged if made])
    found = [_against(outcome, made, twins) for outcome, made in judged]
    refused = dict(_tried(actor, organisation, [made for _outcome, made in found if made], progress))
    outcomes = tuple(_after(outcome, refused.get(outcome.number)) for outcome, _made in found)
    return Plan(outcomes, tuple(made for _outcome, made in found if made and made.number not in refused))


def key_in(catalogue: str, key: str) -> str:
    """The name of a row among all rows of all lists."""
    return f"{catalogue}#{key}"[:200] if key else ""


def _held(organisation: Organisation, rows: Sequence[Row], catalogue: str) -> _Held:
    by_key = known_by_key(organisation, (key_in(catalogue, each) for row in rows for each in (row.key, row.within)))
    return _Held(
        by_key, {each.code: record_facts(each) for each in by_key.values()}, own_by_code(organisation, (row.within for row in rows)), subjects_of(rows),
        {row.key: row for row in rows if row.key},
    )  # fmt: skip


def _judged(row: Row, held: _Held, catalogue: str) -> tuple[Outcome, Incoming | None]:
    """A row by itself: refused, as before, or what would be written."""
    title, key = next(iter(row.titles.values()), "")[:200], key_in(catalogue, row.key)
    outcome = Outcome(row.number, row.key, title, Fate.NEW)
    reasons = [(each.field, each.message) for each in faults_of(row)]
    if row.key and held.names[row.key] is not row:
        reasons.append(("key", _("Another row of the file has the same key.")))
    if reasons:
        return replace(outcome, fate=Fate.REFUSED, reasons=tuple(reasons)), None
    record = held.by_key.get(key)
    before = held.facts[record.code] if record else None
    made = facts_from(row, held.subjects, before)
    within, made, trouble = _placed(row, made, held, catalogue)
    if trouble:
        return replace(outcome, fate=Fate.REFUSED, reasons=(("part_of", trouble),)), None
    left_out = tuple((each.field, each.message) for each in row.left_out)
    outcome = replace(outcome, left_out=left_out, unmatched=tuple(unmatched(row, held.subjects)))
    if record is None:
        return outcome, Incoming(row.number, key, made, within=within)
    changes = tuple(_changes(before, made)) if before else ()
    outcome = replace(outcome, code=record.code, fate=Fate.CHANGED if changes else Fate.SAME, changes=changes)
    return outcome, Incoming(row.number, key, made, record.code, within) if changes else None


def _placed(row: Row, made: RecordFacts, held: _Held, catalogue: str) -> tuple[str, RecordFacts, str]:
    """Where a row lies: in another row, in a record of this list or of the house; the trouble with it where it has some."""
    if not row.within:
        return "", made, ""
    other, name = held.names.get(row.within), key_in(catalogue, row.within)
    record = held.by_key.get(name) or held.own.get(row.within)
    kind = record.kind if record else other.kind if other else ""
    if not kind:
        return "", made, _("No row and no record of yours is called so.")
    if not may_hold(kind, made.kind):
        return "", made, _("A record of this kind does not lie in one of that kind.")
    return ("", replace(made, part_of=record.code), "") if record else (name, made, "")


def _changes(before: RecordFacts, after: RecordFacts) -> Iterator[tuple[str, str, str]]:
    for name in FIELDS:
        old, new = plain(getattr(before, name)), plain(getattr(after, name))
        if old != new:
            yield name, _shown(old), _shown(new)


def _shown(value: Any) -> str:
    """A value in one short line."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_shown(each)}" for name, each in value.items() if each)[:300]
    if isinstance(value, list):
        return "; ".join(_shown(each) for each in value)[:300]
    return "" if value in (None, False) else str(value)[:300]


def _twins(organisation: Organisation, made: Sequence[Incoming]) -> dict[int, tuple[str, int]]:
    """Rows that seem to be here already: the code of the record, or the line of the row before."""
    new = [each for each in made if not each.record]
    known = same_as(organisation, (key for each in new for key in same_keys(each.facts)))
    seen: dict[str, int] = {}
    found: dict[int, tuple[str, int]] = {}
    for each in new:
        keys = sorted(same_keys(each.facts))
        code = next((known[key] for key in keys if key in known), "")
        line = next((seen[key] for key in keys if key in seen), 0)
        if code or line:
            found[each.number] = (code, line)
        seen.update({key: each.number for key in keys if key not in seen})
    return found


def _against(
    judged: Outcome, made: Incoming | None, twins: Mapping[int, tuple[str, int]]
) -> tuple[Outcome, Incoming | None]:
    if made is None or made.number not in twins:
        return judged, made
    code, line = twins[made.number]
    return replace(judged, fate=Fate.TWIN, code=code, line=line), None


def _tried(
    actor: Any, organisation: Organisation, rows: Sequence[Incoming], progress: Progress | None
) -> Iterator[tuple[int, tuple[tuple[str, str], ...]]]:
    """Rows that writing refuses, with its reasons. What is written in the trial is taken back."""
    ordered = in_order(rows)
    for at in range(0, len(ordered), _AT_ONCE):
        some = ordered[at : at + _AT_ONCE]
        with transaction.atomic():
            told = [(each.number, _reasons(actor, organisation, each)) for each in some]
            transaction.set_rollback(True)
        yield from ((number, reasons) for number, reasons in told if reasons)
        if progress:
            progress(len(some))


def _reasons(actor: Any, organisation: Organisation, each: Incoming) -> tuple[tuple[str, str], ...]:
    try:
        write_one(actor, organisation, each, {}, publish=False)
    except FactsRefused as refused:
        return tuple((problem.field, problem.message) for problem in refused.problems)
    return ()


def _after(outcome: Outcome, reasons: tuple[tuple[str, str], ...] | None) -> Outcome:
    return replace(outcome, fate=Fate.REFUSED, reasons=reasons, changes=()) if reasons else outcome
