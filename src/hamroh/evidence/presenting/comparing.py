"""Comparisons in words of the reader's language, and as a chart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from hamroh.evidence.areas import area_name
from hamroh.evidence.charts import Drawing, Point, Series, drawn
from hamroh.evidence.models import Edition
from hamroh.evidence.presenting import figures
from hamroh.evidence.presenting.lines import FigureLine, figure_line
from hamroh.evidence.presenting.naming import number_words, period_words
from hamroh.evidence.presenting.page import Number
from hamroh.evidence.selectors.comparing import Comparison, Revision, SlotRow
from hamroh.web.texts import Text, pick

#: lines that an eye can tell apart
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A place and its cells year by year, each with how many other figures there are."""

    area: str
    cells: tuple[tuple[FigureLine | None, int], ...]


def comparison_rows(found: Comparison, lang: str) -> list[ComparedRow]:
    """The table: places by name."""
    rows = [
        ComparedRow(area_name(area, lang), tuple((figure_line(each, lang) if each else None, rivals) for each, rivals in found.row(area)))
        for area in found.areas
    ]  # fmt: skip
    return sorted(rows, key=lambda each: each.area)


def comparison_chart(found: Comparison, lang: str, title: str, unit: str) -> str:
    """Lines over the years, or bars where there is one year."""
    rows = comparison_rows(found, lang)[:_MOST_LINES]
    series = tuple(Series(row.area, tuple(_point(line) for line, _rivals in row.cells)) for row in rows)
    years = tuple(str(year) for year in found.years)
    with override(lang):
        alt = "; ".join(f"{row.area}: {_course(row, years)}" for row in rows)
    if len(years) == 1:
        points = tuple(each.points[0] for each in series)
        return drawn(
            Drawing(
                "bar", title, alt, lang, tuple(each.label for each in series), (Series(years[0], points),), unit=unit
            )
        )
    return drawn(Drawing("line", title, alt, lang, years, series, unit=unit))


def _point(line: FigureLine | None) -> Point:
    if line is None:
        return Point()
    return Point(line.amount, line.figure.value, line.figure.low, line.figure.high, broken="B" in line.figure.flags)


def _course(row: ComparedRow, years: Sequence[str]) -> str:
    """A line in words: its first and its last figure."""
    told = [(year, line.amount) for year, (line, _rivals) in zip(years, row.cells, strict=True) if line]
    if not told:
        return _("no figure")
    (first, one), (last, other) = told[0], told[-1]
    return f"{one} ({first})" if first == last else _("from %(one)s (%(first)s) to %(other)s (%(last)s)") % {"one": one, "first": first, "other": other, "last": last}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SlotLine:
    """What a country's profile has in a slot: figures in words, and other blocks by title."""

    edition: Edition
    figures: tuple[tuple[Number, Text, str], ...]
    blocks: tuple[tuple[str, Text], ...]


def slot_lines(rows: Iterable[SlotRow], lang: str) -> list[SlotLine]:
    """One line a country, by name."""
    found = [
        SlotLine(
            row.edition,
            tuple(
                (figures.alone(code, figure, lang), pick(figure["names"], lang), period_words(figure["period"], lang) if figure["period"] else "")
                for code, figure in zip(row.codes, row.figures, strict=True)
            ),
            tuple((block["key"], pick(block["content"].get("title") or {"en": block["key"]}, lang)) for block in row.blocks),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: area_name(each.edition.profile.area, lang))


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A printed figure, the same today, and the change in per cent, signed."""

    printed: FigureLine
    today: FigureLine
    change: str


def revision_lines(rows: Iterable[Revision], lang: str) -> list[RevisionLine]:
    return [
        RevisionLine(figure_line(each.printed, lang), figure_line(each.today, lang), _signed(each, lang))
        for each in rows
    ]


def _signed(each: Revision, lang: str) -> str:
    if each.change is None:
        return ""
    said = number_words(each.change, lang)
    return f"+{said} %" if each.change > 0 else f"{said} %"
