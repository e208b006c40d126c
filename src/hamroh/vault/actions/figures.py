"""Figures leave through one door: judged against all that was released before, written down with what leaves, one at a time.

Who may is asked by the room that counts. The audit may take a while and holds no lock: it is made for a turn of the register, and
what it allows is written only while that turn still stands. So two tables that are let out at once cannot expose together.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.kernel.disclosure import Box, Proposal, Protected, Published, Rules, Table, proposals, protect
from hamroh.vault import journal
from hamroh.vault.models import FiguresRelease, Population

#: what a table may not be audited together with, for a reader: the boxes that everybody knows to be empty
Empty = Callable[[Sequence[Published]], Sequence[Box]]


class Overtaken(Exception):
    """Something was released, or counted anew, since the table was looked at: it is looked at once more."""


@dataclass(frozen=True)
class Judged:
    """A table as it would leave, beside all that was released until ``turn``."""

    population: Population
    turn: int
    protected: Protected

    @property
    def mark(self) -> str:
        """What a person says yes to: this turn and these cells."""
        return f"{self.turn}-{digest(_told(self.protected))[:16]}"


def population_of(*, organisation_id: UUID, key: str) -> Population:
    """The register of an organisation for one kind of people; it is written with the first release."""
    found = Population.objects.filter(organisation_id=organisation_id, key=key).first()
    return found or Population(organisation_id=organisation_id, key=key)


def released(population: Population) -> list[Published]:
    """All tables that left, the first first."""
    if population._state.adding:  # noqa: SLF001 - Django's documented word for a row that is not written yet
        return []
    rows = population.releases.filter(refusal="").order_by("turn")
    return [Published.from_json(table) for table in rows.values_list("table", flat=True) if table]


def judge(population: Population, table: Table, rules: Rules, empty: Empty) -> Judged:
    """A table as it would leave now. Writes nothing."""
    before = released(population)
    judged = protect(table, rules, released=before, impossible=empty([*before, Published(table.shape, {})]))
    return Judged(population, population.turn, judged)


def roll_ups(population: Population, table: Table, rules: Rules, empty: Empty) -> list[Proposal]:
    """Coarser tables beside all that was released, the best first. Writes nothing."""
    before = released(population)
    return proposals(table, rules, released=before, impossible=empty([*before, Published(table.shape, {})]))


def release(*, actor: Any, judged: Judged, mark: str, asked: Mapping[str, Any], audience: str) -> FiguresRelease:
    """Write down that a table leaves as it was judged, or that it was refused; Overtaken where ``mark`` is of another one."""
    with transaction.atomic():
        population = _held(judged.population)
        if population.turn != judged.turn or mark != judged.mark:
            raise Overtaken
        row = FiguresRelease(
            organisation_id=population.organisation_id, population=population, asked=dict(asked), audience=audience,
            made_at=timezone.now(), made_by_id=actor.pk,
        )  # fmt: skip
        if judged.protected.refusal:
            row.refusal = judged.protected.refusal.value
        else:
            population.turn = row.turn = judged.turn + 1
            row.table = judged.protected.published().as_json()
            row.digest = digest(row.table)
            population.save(update_fields=["turn"])
        row.save(force_insert=True)
        verb = "figures.refused" if row.refusal else "figures.release"
        facts = {"population": population.key, "turn": row.turn, "audience": audience, "digest": row.digest}
        journal.record(actor=actor, verb=verb, about=row, facts=facts | ({"why": row.refusal} if row.refusal else {}))
        return row


def _held(population: Population) -> Population:
    """The register, for nobody else until the transaction ends; begun where this is the first release."""
    house, key = population.organisation_id, population.key
    Population.objects.get_or_create(organisation_id=house, key=key)
    return Population.objects.select_for_update().get(organisation_id=house, key=key)


def digest(table: Any) -> str:
    """The digest of a table's plain data."""
    return hashlib.sha256(json.dumps(table, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _told(protected: Protected) -> Any:
    return protected.refusal.value if protected.refusal else protected.published().as_json()
