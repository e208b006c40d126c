"""What the indicators of a project reached: the newest figure of each period with its target and source, parts of it, and the sum so far."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from hamroh.kernel import reporting
from hamroh.projects.models import Actual, Indicator, Period, Project, Target
from hamroh.projects.reports import told
from hamroh.projects.reports.figures import UNSAID, Figures, Span, labelled, when
from hamroh.projects.reports.statistics import Tables, is_released

#: decimals that a figure keeps at most
PLACES = 4
ByPeriod = Mapping[UUID, Sequence[Any]]


def progress(project: Project, span: Span, known: Tables, found: Figures) -> list[dict[str, Any]]:
    """Results in the order of their numbers, each with its indicators. Four queries for all of them."""
    indicators = Indicator.objects.filter(project=project).select_related("result").order_by("result__number", "made_at", "code")  # fmt: skip
    periods: dict[UUID, list[Period]] = defaultdict(list)
    for period in Period.objects.filter(project=project).order_by("starts_date", "ends_date"):
        periods[period.indicator_id].append(period)
    actuals, targets = _by_period(_current(project)), _by_period(Target.objects.filter(project=project).select_related("place").order_by("made_at"))  # fmt: skip
    results: dict[UUID, dict[str, Any]] = {}
    for row in indicators:
        result = results.setdefault(
            row.result_id,
            {"number": row.result.number, "level": row.result.level, "titles": row.result.titles, "indicators": []},
        )
        mine = _Indicator(row, span, known, found)
        result["indicators"].append(mine.told(periods[row.pk], actuals, targets))
    return list(results.values())


def _current(project: Project) -> Iterable[Actual]:
    """Figures that hold: neither superseded nor withdrawn."""
    rows = Actual.objects.filter(project=project, superseded_by=None, withdrawn_why="").select_related("place")
    return rows.order_by("made_at", "pk")


def _by_period(rows: Iterable[Any]) -> ByPeriod:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.period_id].append(row)
    return found


def _whole(rows: Sequence[Any]) -> Any:
    """The newest row that is of the whole period: at no place, of no part."""
    return next((row for row in reversed(rows) if row.place_id is None and not row.dimensions), None)


class _Indicator:
    """One indicator while its figures are written down."""

    def __init__(self, row: Indicator, span: Span, known: Tables, found: Figures) -> None:
        self.row, self.span, self.known, self.found = row, span, known, found
        self.unit = "%" if row.measure == "percent" else ""
        self.name = labelled({UNSAID: row.code}, row.titles)

    def told(self, periods: Sequence[Period], actuals: ByPeriod, targets: ByPeriod) -> dict[str, Any]:
        """The indicator as the content has it. Periods that begin after the report's are not told."""
        keys, parts = [], []
        past = [each for each in periods if each.starts_date.isoformat() <= reporting.last_day(self.span.ends)]
        for period in past:
            keys.append(self._period(period, actuals.get(period.pk, ()), targets.get(period.pk, ())))
            found = self._parts(period, actuals.get(period.pk, ())) if self._is_wide(period) else []
            parts += found if self._is_now(period) else []
        if len(periods) > 1 and self.row.aggregation == "sum" and self.row.measure == "number":
            keys.append(self._so_far(keys))
        row = self.row
        return {
            "code": row.code, "titles": row.titles, "direction": row.direction, "measure": row.measure,
            "baseline": reporting.plain(row.baseline_value) or row.baseline_words, "baseline_year": row.baseline_year,
            "figures": keys, "parts": parts,
        }  # fmt: skip

    def _is_now(self, period: Period) -> bool:
        return self.span.holds(period.starts_date.isoformat(), period.ends_date.isoformat())

    def _is_wide(self, period: Period) -> bool:
        """Whether its parts are counted: those of the last report again, so that what was mended in them is found."""
        return self.span.holds_wider(period.starts_date.isoformat(), period.ends_date.isoformat())

    def _period(self, period: Period, actuals: Sequence[Actual], targets: Sequence[Target]) -> str:
        starts, ends = period.starts_date.isoformat(), period.ends_date.isoformat()
        row, target = _whole(actuals), _whole(targets)
        value, source, record = self._value(row, actuals)
        words = {"words": row.words} if row is not None and row.value is None else {}
        return self.found.add(
            f"i:{self.row.code}:{starts}:{ends}", labelled(self.name, when(starts, ends)), value, source, starts=starts, ends=ends,
            record=record, target=reporting.plain(target.value) or target.words if target else "", unit=self.unit,
            earlier=not self._is_now(period), awaited=not period.missing_notes, confirmed=self._confirmed(row, actuals),
            unreleased=self._unreleased([row] if row else actuals), at_least=bool(row and row.at_least), texts=period.missing_notes if row is None else None,
            **words,
        )  # fmt: skip

    def _value(self, row: Actual | None, actuals: Sequence[Actual]) -> tuple[Decimal | None, Any, str]:
        """The figure of the whole, else the sum over places where figures of an indicator are added and were told by place alone."""
        if row is not None:
            return row.value, self._source(row), str(row.pk)
        places = [each for each in actuals if each.place_id and not each.dimensions and each.value is not None]
        if not places or self.row.aggregation != "sum" or self.row.measure != "number":
            return None, None, ""
        total = sum((each.value for each in places if each.value is not None), Decimal(0))
        return (
            total,
            {"kind": "sum", "words": "", "period": str(places[0].period_id)},
            " ".join(sorted(str(each.pk) for each in places)),
        )

    def _source(self, row: Actual) -> dict[str, str] | None:
        """Nothing where a figure does not say whence it is known."""
        if not (row.source_ref or row.source_words):
            return None
        return {
            "kind": row.source_kind,
            "words": row.source_words,
            "code": row.source_ref,
            "period": str(row.period_id),
        }

    def _confirmed(self, row: Actual | None, actuals: Sequence[Actual]) -> bool | None:
        rows = [row] if row is not None else [each for each in actuals if each.place_id and not each.dimensions]
        return all(each.approved_at is not None for each in rows) if rows else None

    def _unreleased(self, rows: Sequence[Actual]) -> bool:
        return any(row.source_kind == "release" and not is_released(row, self.known) for row in rows)

    def _parts(self, period: Period, actuals: Sequence[Actual]) -> list[dict[str, Any]]:
        """Parts by place and by what they were counted by, each kind by itself; all of a period are withheld where one is small."""
        rows = [each for each in actuals if each.place_id or each.dimensions]
        if not rows:
            return []
        starts, ends = period.starts_date.isoformat(), period.ends_date.isoformat()
        hidden = self.row.measure == "number" and not reporting.tells_parts(each.value for each in rows)
        kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for row in rows:
            key = f"i:{self.row.code}:{starts}:{ends}:{_place(row)}:{_codes(row)}"
            part = _part(row)
            self.found.add(
                key, labelled(self.name, part, when(starts, ends)), row.value, self._source(row), starts=starts, ends=ends, record=str(row.pk),
                unit=self.unit, part=part, withheld=hidden, unreleased=self._unreleased([row]), confirmed=row.approved_at is not None, words=row.words,
                at_least=row.at_least and not hidden,
            )  # fmt: skip
            kinds[("place",) * bool(row.place_id) + tuple(sorted(row.dimensions))].append(key)
        return [{"starts": starts, "ends": ends, "figures": keys} for _kind, keys in sorted(kinds.items())]

    def _so_far(self, keys: Sequence[str]) -> str:
        rows = [self.found.found[key] for key in keys]
        values = [Decimal(row["value"]) for row in rows if row["value"]]
        targets = [Decimal(row["target"]) for row in rows if _is_number(row.get("target"))]
        source = {"kind": "sum", "words": ""} if values else None
        return self.found.add(
            f"i:{self.row.code}:so_far", labelled(self.name, told.everywhere(lambda _lang: _("since the beginning"))),
            sum(values, Decimal(0)) if values else None, source, ends=self.span.ends, running=True, record="sum",
            target=reporting.plain(sum(targets, Decimal(0))) if targets else "", unit=self.unit,
            at_least=any(row.get("at_least") for row in rows),
        )  # fmt: skip


def _is_number(text: Any) -> bool:
    try:
        return Decimal(str(text)).is_finite()
    except ArithmeticError:
        return False


def _place(row: Actual) -> str:
    return row.place.key if row.place else ""


def _codes(row: Actual) -> str:
    return ",".join(f"{name}={code}" for name, code in sorted(row.dimensions.items()))


def _part(row: Actual) -> dict[str, str]:
    """What the part is of, in words: the place, then the codes of the other dimensions as they are told at the desk."""
    codes = [str(code) for _name, code in sorted(row.dimensions.items())]
    return labelled(row.place.names if row.place else {}, told.everywhere(lambda _lang: ", ".join(told.code(each) for each in codes)))  # fmt: skip
