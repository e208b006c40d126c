"""A table leaves: of closed books alone, judged beside all that left about the same people, and only as it was looked at."""

from typing import Any

from hamroh.accounts.models import Organisation
from hamroh.kernel.disclosure import Proposal, Protected, Refusal, Table, Why
from hamroh.statistics import scope
from hamroh.statistics.counting import table_of
from hamroh.statistics.models import Book, BookState
from hamroh.statistics.wishes import Wish
from hamroh.vault.actions import figures as register
from hamroh.vault.actions.figures import Judged, Overtaken
from hamroh.vault.models import FiguresRelease

__all__ = ["Overtaken", "judged", "release_table", "roll_ups"]
#: the most cells that are judged while somebody waits
LARGEST = 1_000


def judged(*, actor: Any, organisation: Organisation, wish: Wish) -> Judged:
    """A table as it would leave now. Writes nothing."""
    scope.require(actor, "statistics.see", organisation.pk)
    source = wish.of_source
    population = register.population_of(organisation_id=organisation.pk, key=source.register)
    table = table_of(actor=actor, organisation=organisation, wish=wish)
    if refusal := _bar(organisation, wish, table):
        barred = Protected(table, dict.fromkeys(table.shape.cells, Why.SMALL), refusal)
        return Judged(population, population.turn, barred)
    return register.judge(population, table, wish.rules, source.empty)


def _bar(organisation: Organisation, wish: Wish, table: Table) -> Refusal | None:
    """Nothing leaves of a quarter that still changes, and nothing that is too large to be audited while somebody waits."""
    rows = Book.objects.filter(
        organisation=organisation, source=wish.source, quarter__in=[each.code for each in wish.quarters]
    )
    if rows.filter(state=BookState.CLOSED).count() < len(wish.quarters):
        return Refusal.STILL_OPEN
    return Refusal.TOO_WIDE if len(table.shape.cells) > LARGEST else None


def roll_ups(*, actor: Any, organisation: Organisation, wish: Wish) -> list[tuple[Wish, Proposal]]:
    """Coarser tables that would leave with more to tell, the best first."""
    scope.require(actor, "statistics.see", organisation.pk)
    source = wish.of_source
    population = register.population_of(organisation_id=organisation.pk, key=source.register)
    table = table_of(actor=actor, organisation=organisation, wish=wish)
    found = register.roll_ups(population, table, wish.rules, source.empty)
    return [(wish.stepped(each.steps), each) for each in found]


def release_table(
    *, actor: Any, organisation: Organisation, wish: Wish, mark: str, audience: str
) -> FiguresRelease:  # fmt: skip
    """Let a table out, or write down that it was refused; Overtaken where it is not the one that ``mark`` names."""
    scope.require(actor, "statistics.release", organisation.pk)
    found = judged(actor=actor, organisation=organisation, wish=wish)
    return register.release(actor=actor, judged=found, mark=mark, asked=wish.codes, audience=audience)
