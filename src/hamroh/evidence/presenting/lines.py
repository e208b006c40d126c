"""Figures as lines of a page: who says what of which time, in words of the reader's language; and the same as a range chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from hamroh.evidence.areas import area_name
from hamroh.evidence.charts import Drawing, Point, Series, drawn
from hamroh.evidence.models import Observation, Source
from hamroh.evidence.presenting.naming import (
    amount,
    concept_name,
    dims_words,
    flag_words,
    number_words,
    period_words,
    release_words,
    unit_words,
)
from hamroh.evidence.selectors.estimates import EstimateSet
from hamroh.web.texts import Text, pick

#: flags that say that a number is not certain
_DOUBTFUL = frozenset("DEFIPUV")


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure in words. ``said_by`` is the source, ``via`` what it has it from; ``what`` says what it counts where that is told."""

    figure: Observation
    concept: Text
    area: str
    amount: str
    unit: str
    printed: str
    period: str
    said_by: Source | None
    via: tuple[Source, ...]
    what: Text
    part: str
    flags: tuple[str, ...]
    release: str
    preferred: bool = False

    @property
    def code(self) -> str:
        return self.figure.code


def figure_line(figure: Observation, lang: str, *, preferred: Any = None) -> FigureLine:
    """The figure in words; ``preferred`` is the figure that somebody prefers among it and its rivals."""
    indicator, source = figure.series.indicator, figure.source or figure.series.vintage.source
    defined = figure.detail.get("definition")
    return FigureLine(
        figure, concept_name(indicator.concept, lang), area_name(figure.series.area, lang), amount(figure, lang),
        unit_words(indicator.unit or indicator.concept.unit, lang), figure.printed, period_words(figure.period, lang),
        source, tuple(_via(figure.source)), Text(str(defined), "en") if defined else pick(figure.series.method, lang),
        dims_words(figure.series.dims, lang), tuple(flag_words(figure.flags, lang)),
        release_words(figure.series.vintage.label, lang),
        preferred is not None and figure.pk == preferred.pk,
    )  # fmt: skip


def _via(source: Source | None) -> Iterator[Source]:
    """What a source has its figures from, two steps of it: further ones stand on the source's own page."""
    first = source.cites if source else None
    if first is not None:
        yield first
        if first.cites is not None:
            yield first.cites


def set_lines(found: EstimateSet, lang: str) -> list[FigureLine]:
    """The figures of a set, each in words, with the preferred one marked."""
    return [figure_line(each, lang, preferred=found.preferred) for each in found.figures]


def range_chart(lines: Sequence[FigureLine], lang: str) -> str:
    """Who says what on one scale, as SVG."""
    with override(lang):
        title = _("Who says what")
        alt = "; ".join(f"{_name(each)}: {each.amount}" for each in lines)
    points = tuple(_point(each) for each in lines)
    names = tuple(_name(each) for each in lines)
    unit = lines[0].unit if lines else ""
    return drawn(Drawing("range", title, alt, lang, names, (Series("", points),), unit=unit))


def _name(line: FigureLine) -> str:
    return f"{line.said_by.title}, {line.period}" if line.said_by else line.period


def _point(line: FigureLine) -> Point:
    figure = line.figure
    return Point(
        line.amount, figure.value, figure.low, figure.high, doubtful=bool(_DOUBTFUL & set(figure.flags)) or bool(figure.qualifier)
    )  # fmt: skip


def why_apart(found: EstimateSet, lang: str) -> list[str]:
    """What may make the figures of a set differ, as far as they say so themselves."""
    figures = found.figures
    with override(lang):
        reasons = [
            (_("They speak of different days or years."), len({each.period for each in figures if each.period}) > 1),
            (_("Some say no time at all."), any(not each.period for each in figures)),
            (_("They count by different definitions."), len({_defined(each) for each in figures}) > 1),
            (_("Some are estimates or not final, others are counts."), len({bool(_DOUBTFUL & set(each.flags)) for each in figures}) > 1),
            (_("Some are quoted from another source, not counted by who prints them."), any(each.source and each.source.cites_id for each in figures)),
            (_("They come from different releases of one source."), _releases(figures)),
            (_("Their sources are of different kinds."), len({each.source.kind for each in figures if each.source}) > 1),
        ]  # fmt: skip
    return [said for said, holds in reasons if holds]


def _defined(figure: Observation) -> str:
    return str(figure.detail.get("definition") or "")


def _releases(figures: Sequence[Observation]) -> bool:
    releases = {(each.series.vintage.source_id, each.series.vintage_id) for each in figures}
    return len(releases) > len({source for source, _vintage in releases})


def factor_words(found: EstimateSet, lang: str) -> str:
    """How far the ends lie apart, in words."""
    with override(lang):
        if found.factor is None:
            return _("they differ even in sign")
        return _("the most is %(times)s times the least") % {"times": number_words(round(found.factor, 2), lang)}


def counted(found: EstimateSet) -> str:
    count = len(found.figures)
    return ngettext("%(count)s figure", "%(count)s figures", count) % {"count": count}


def set_title(found: EstimateSet, lang: str) -> dict[str, Any]:
    """What, where, when, and of which part."""
    return {
        "concept": concept_name(found.concept, lang), "area": area_name(found.area, lang),
        "period": period_words(found.period, lang), "part": dims_words(found.dims, lang),
    }  # fmt: skip
