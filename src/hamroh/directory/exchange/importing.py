"""Rows become entries through the same actions that pages use. A dry run does the same and takes it back."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.directory.exchange.fates import Fate, Outcome, refused
from hamroh.directory.exchange.groups import PartyGroup, ServiceGroup
from hamroh.directory.exchange.hiding import refuse_told_shelters
from hamroh.directory.exchange.rows import Row

Progress = Callable[[int], object]


@dataclass(frozen=True)
class Imported:
    """What became of each row, in the order of the file, and whether anything was written."""

    outcomes: tuple[Outcome, ...]
    written: bool

    @property
    def counts(self) -> dict[str, int]:
        found = {fate.value: 0 for fate in Fate}
        for outcome in self.outcomes:
            found[outcome.fate] += 1
        return found

    @property
    def writes(self) -> bool:
        """Whether any row brings something that is not there yet."""
        return any(outcome.fate in (Fate.NEW, Fate.CHANGED) for outcome in self.outcomes)


def dry_run(*, actor: Any, rows: Iterable[Row], progress: Progress | None = None) -> Imported:
    """What an import would do; each organisation in a transaction of its own that is taken back."""
    policy.require(actor, "directory.import")
    every = list(rows)
    outcomes: list[Outcome] = []
    refuse_told_shelters(every)
    for key, group in _groups(every):
        with transaction.atomic():
            outcomes += _written(actor, key, group)
            transaction.set_rollback(True)
        if progress:
            progress(len(group))
    return Imported(_in_order(outcomes), written=False)


def import_rows(
    *, actor: Any, rows: Iterable[Row], only_good: bool = False, progress: Progress | None = None
) -> Imported:
    """Write all rows in the caller's transaction, or none if one is refused and ``only_good`` does not say otherwise."""
    policy.require(actor, "directory.import")
    every = list(rows)
    refuse_told_shelters(every)
    outcomes: list[Outcome] = []
    with transaction.atomic():
        for key, group in _groups(every):
            outcomes += _written(actor, key, group)
            if progress:
                progress(len(group))
        refused = any(outcome.fate == Fate.REFUSED for outcome in outcomes)
        if refused and not only_good:
            transaction.set_rollback(True)
    return Imported(_in_order(outcomes), written=only_good or not refused)


def _groups(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Rows by the organisation they are about, in the order in which it first appears."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.link("key" if row.sheet == "parties" else "party")].append(row)
    return list(found.items())


def _in_order(outcomes: list[Outcome]) -> tuple[Outcome, ...]:
    order = {"": 0, "parties": 1, "services": 2, "locations": 3, "phones": 4}
    return tuple(sorted(outcomes, key=lambda outcome: (order[outcome.sheet], outcome.number)))


def _written(actor: Any, key: str, rows: list[Row]) -> list[Outcome]:
    """One organisation with its places, services and numbers."""
    of_services = [row for row in rows if row.sheet == "services" or row.link("service")]
    lost = [refused(row) for row in rows if not row.sheet]
    group = PartyGroup(actor, key, [row for row in rows if row.sheet and row not in of_services])
    outcomes = [*lost, *group.outcomes()]
    by_service: dict[str, list[Row]] = defaultdict(list)
    for row in of_services:
        by_service[row.link("key" if row.sheet == "services" else "service")].append(row)
    for name, each in by_service.items():
        outcomes += ServiceGroup(actor, name, each, party=group.party).outcomes()
    return outcomes
