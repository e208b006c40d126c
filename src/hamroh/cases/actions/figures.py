"""A table about our cases leaves: judged, written down, and only as it was looked at."""

from typing import Any

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases import figures
from hamroh.cases.figures import Wish
from hamroh.vault.actions import figures as register
from hamroh.vault.actions.figures import Judged, Overtaken
from hamroh.vault.models import FiguresRelease

__all__ = ["Overtaken", "judged", "release_figures"]


def judged(*, actor: Any, organisation: Organisation, wish: Wish) -> Judged:
    """A table as it would leave now, for somebody who may see it."""
    policy.require(actor, "figures.see")
    population = register.population_of(organisation_id=organisation.pk, key=figures.POPULATION)
    table = figures.table_of(wish, organisation.pk, population.turn + 1)
    return register.judge(population, table, wish.rules, figures.empty_by_nature)


def release_figures(*, actor: Any, organisation: Organisation, wish: Wish, mark: str, audience: str) -> FiguresRelease:
    """Let a table out, or write down that it was refused; Overtaken where it is not the one that ``mark`` names."""
    policy.require(actor, "figures.release")
    found = judged(actor=actor, organisation=organisation, wish=wish)
    return register.release(actor=actor, judged=found, mark=mark, asked=wish.codes, audience=audience)
