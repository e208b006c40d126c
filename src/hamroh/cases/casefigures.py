"""The figures of our cases, as the page of figures asks for them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.cases import figures, figuresets
from hamroh.cases.figures import Cut, Wish
from hamroh.cases.forms.figures import WhichTable
from hamroh.cases.models import MatterKind, Result
from hamroh.kernel.disclosure import Shape


def _variable(name: str) -> str:
    return str(Cut.MONTH.label if name in ("opened", "closed") else Cut(name).label)


def _words(_shape: Shape, _lang: str) -> dict[str, str]:
    fixed = {figures.UNKNOWN: _("Not known"), figures.NONE: _("Not one"), figures.SEVERAL: _("Several")}
    return fixed | {code: str(label) for code, label in [*MatterKind.choices, *Result.choices]}


CASES = figuresets.FigureSet(
    key=figures.POPULATION, place=10, title=gettext_lazy("Figures of our cases"),
    lead=gettext_lazy("Counts without names. What is small is withheld, and so is what would give it away, beside every table that left before."),
    unit=gettext_lazy("Cases"), form=WhichTable, wish_of=Wish.of,
    table_of=lambda _actor, wish, organisation_id, turn: figures.table_of(wish, organisation_id, turn),
    empty=figures.empty_by_nature, variable=_variable, words=_words, bars=figures.bars,
)  # fmt: skip
figuresets.declare(CASES)
