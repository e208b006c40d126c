"""A table about people leaves: judged, written down, and only as it was looked at."""

from typing import Any

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases.figuresets import FigureSet, Wish
from hamroh.kernel.disclosure import Protected, Why
from hamroh.vault.actions import figures as register
from hamroh.vault.actions.figures import Judged, Overtaken
from hamroh.vault.models import FiguresRelease

__all__ = ["Overtaken", "judged", "release_figures"]


def judged(*, actor: Any, organisation: Organisation, of: FigureSet, wish: Wish) -> Judged:
    """A table of a set as it would leave now, for somebody who may see it."""
    policy.require(actor, "figures.see")
    population = register.population_of(organisation_id=organisation.pk, key=of.key)
    table = of.table_of(actor, wish, organisation.pk, population.turn + 1)
    if refusal := of.bars(wish, organisation.pk):
        return Judged(
            population, population.turn, Protected(table, dict.fromkeys(table.shape.cells, Why.SMALL), refusal)
        )
    return register.judge(population, table, wish.rules, of.empty)


def release_figures(
    *, actor: Any, organisation: Organisation, of: FigureSet, wish: Wish, mark: str, audience: str
) -> FiguresRelease:
    """Let a table out, or write down that it was refused; Overtaken where it is not the one that ``mark`` names."""
    policy.require(actor, "figures.release")
    found = judged(actor=actor, organisation=organisation, of=of, wish=wish)
    return register.release(actor=actor, judged=found, mark=mark, asked=wish.codes, audience=audience)
