"""Figures as pages show them (``settings.FIGURES_ON_PAGES``): with what they count, of where and when, and their source."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import override

from hamroh.evidence.presenting.lines import FigureLine, figure_line
from hamroh.evidence.selectors.public import public_observations
from hamroh.evidence.selectors.published import figures_with_all
from hamroh.web.texts import Text


@dataclass(frozen=True, slots=True)
class OnPage:
    """A public figure in words; ``corrected_by`` is the address of the one that holds instead, or nothing."""

    amount: str
    unit: str
    concept: Text
    area: str
    period: str
    part: str
    source: str
    source_address: str
    address: str
    flags: tuple[str, ...]
    corrected_by: str


def shown_figures(*, codes: Collection[str], lang: str) -> dict[str, OnPage]:
    """Those of these figures that are public, by their codes; two queries."""
    figures = list(figures_with_all().filter(code__in=codes))
    later = dict(public_observations().filter(supersedes__in=figures).values_list("supersedes_id", "code"))
    with override(lang):
        return {each.code: _on_page(figure_line(each, lang), _address(later.get(each.pk, ""))) for each in figures}


def _on_page(line: FigureLine, corrected_by: str) -> OnPage:
    source = line.said_by
    return OnPage(
        line.amount, line.unit, line.concept, line.area, line.period, line.part, source.title if source else "",
        reverse("evidence:source", args=[source.key]) if source else "", _address(line.code), line.flags, corrected_by,
    )  # fmt: skip


def _address(code: str) -> str:
    return reverse("evidence:figure", args=[code]) if code else ""
