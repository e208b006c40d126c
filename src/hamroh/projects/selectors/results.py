"""The framework of a project's results, with what each indicator says today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.kernel.projects import Aim, Part, Progress, Span, progress
from hamroh.projects.models import Actual, Indicator, Period, Project, Result, Target


@dataclass
class PeriodLine:
    """A period with its target as a whole, targets of parts, and the figures that stand."""

    row: Period
    targets: list[Target] = field(default_factory=list)
    actuals: list[Actual] = field(default_factory=list)

    @property
    def target(self) -> Target | None:
        return next((each for each in self.targets if each.place_id is None and not each.dimensions), None)

    @property
    def whole(self) -> Actual | None:
        """The figure of the whole, if one stands."""
        return next((each for each in self.actuals if each.place_id is None and not each.dimensions), None)


@dataclass
class IndicatorLine:
    """An indicator with its periods and how far it is."""

    row: Indicator
    periods: list[PeriodLine]
    progress: Progress


@dataclass
class ResultLine:
    """A result with its indicators; ``depth`` is how far it stands under others."""

    row: Result
    depth: int
    indicators: list[IndicatorLine]


@dataclass(frozen=True)
class Framework:
    """All results of a project in the order in which they stand under each other."""

    results: list[ResultLine]

    @property
    def indicators(self) -> list[IndicatorLine]:
        return [line for result in self.results for line in result.indicators]


def framework(*, project: Project, outside: bool = False) -> Framework:
    """Results, indicators, periods, targets and figures in five queries. ``outside`` has public indicators and approved figures alone."""
    results = list(Result.objects.filter(project=project).order_by("number", "pk"))
    indicators = Indicator.objects.filter(project=project, **({"is_public": True} if outside else {}))
    lines = _indicator_lines(project, indicators.order_by("code", "pk"), outside=outside)
    by_result: dict[UUID, list[IndicatorLine]] = {}
    for line in lines:
        by_result.setdefault(line.row.result_id, []).append(line)
    ordered = [ResultLine(row, depth, by_result.get(row.pk, [])) for row, depth in in_order(results)]
    return Framework([line for line in ordered if line.indicators or not outside])


def in_order(results: Sequence[Result]) -> list[tuple[Result, int]]:
    """Each result behind the one that it stands under."""
    under: dict[UUID | None, list[Result]] = {}
    for row in results:
        under.setdefault(row.parent_id, []).append(row)

    def walk(parent: UUID | None, depth: int) -> Iterable[tuple[Result, int]]:
        for row in under.get(parent, ()):
            yield row, depth
            yield from walk(row.pk, depth + 1)

    return list(walk(None, 0))


def _indicator_lines(project: Project, rows: Iterable[Indicator], *, outside: bool) -> list[IndicatorLine]:
    periods: dict[UUID, PeriodLine] = {}
    of_indicator: dict[UUID, list[PeriodLine]] = {}
    for row in Period.objects.filter(project=project).order_by("starts_date", "ends_date"):
        periods[row.pk] = line = PeriodLine(row)
        of_indicator.setdefault(row.indicator_id, []).append(line)
    for target in Target.objects.filter(project=project).select_related("place").order_by("made_at", "pk"):
        periods[target.period_id].targets.append(target)
    for actual in standing(project, outside=outside):
        periods[actual.period_id].actuals.append(actual)
    today = timezone.localdate()
    return [
        IndicatorLine(row, lines, progress(aim_of(row), [span_of(line) for line in lines], today))
        for row in rows
        for lines in [of_indicator.get(row.pk, [])]
    ]


def standing(project: Project, *, outside: bool = False) -> Any:
    """Figures that no newer one supersedes and nobody withdrew."""
    rows = Actual.objects.filter(project=project, superseded_by=None, withdrawn_why="")
    if outside:
        rows = rows.filter(approved_by__isnull=False)
    return rows.select_related("place", "made_by", "approved_by").order_by("made_at", "pk")


def aim_of(row: Indicator) -> Aim:
    return Aim(row.measure, row.direction, row.aggregation, row.baseline_value)


def span_of(line: PeriodLine) -> Span:
    """A period as the rules of progress read it; a place is a part of the whole like any other."""
    parts = tuple(
        Part(
            each.value if each.value is not None or not each.words else None,
            tuple(sorted({**each.dimensions, **({"place": each.place.key} if each.place else {})}.items())),
            each.at_least, each.approved_by_id is not None,
        )
        for each in line.actuals
    )  # fmt: skip
    target = line.target.value if line.target else None
    return Span(line.row.starts_date, line.row.ends_date, target, parts, bool(line.row.missing_notes))


def period_of(*, project: Project, pk: UUID) -> PeriodLine:
    """A period of this very project with all that stands in it; Refused otherwise."""
    row = Period.objects.filter(project=project, pk=pk).select_related("indicator__result").first()
    if row is None:
        raise policy.Refused("no such period of this project")
    targets = list(row.targets.select_related("place").order_by("made_at", "pk"))
    return PeriodLine(row, targets, list(standing(project).filter(period=row)))


def history_of(*, period: Period) -> list[Actual]:
    """Every figure that was ever written in a period, the last first."""
    rows = Actual.objects.filter(period=period).select_related("place", "made_by", "approved_by")
    return list(rows.order_by("-made_at", "pk"))


def to_approve(*, actor: Any, project: Project) -> list[Actual]:
    """Figures that wait for a second person, those that she wrote herself left out."""
    rows = standing(project).filter(approved_by=None).filter(~Q(made_by=actor))
    return list(rows.select_related("period__indicator"))
