"""The figures of requests, as the page of figures asks for them."""

from django.utils.translation import gettext_lazy as _

from hamroh.cases import figuresets
from hamroh.tracing import figures
from hamroh.tracing.figures import Wish
from hamroh.tracing.forms.figures import WhichRequests

REQUESTS = figuresets.FigureSet(
    key=figures.POPULATION, place=20, title=_("Figures of our searches"),
    lead=_("Counts of requests, and of what their families were told: never more than they know themselves. What is small is withheld, and so is what would give it away."),
    unit=_("Requests"), form=WhichRequests, wish_of=Wish.of, table_of=figures.table_of, empty=figures.empty_by_nature,
    variable=figures.variable, words=figures.words, bars=figures.bars, notes=figures.notes, is_quiet=True,
)  # fmt: skip
figuresets.declare(REQUESTS)
