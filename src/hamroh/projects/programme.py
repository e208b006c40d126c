"""The programme manager's board: where projects stand, which indicators are behind, which figures and reports are due."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.kernel.projects import Aim, Dates, Part, Span, progress, status
from hamroh.projects import selectors
from hamroh.projects.models import Activity, Actual, Campaign, DonorReport, Indicator, Period, Project, Target
from hamroh.projects.selectors.reports import donor_reports
from hamroh.projects.states import STATUSES, WorkLife
from hamroh.statistics import boards, drawings
from hamroh.statistics.boards import Answer, Line, Listing, Row, Shown
from hamroh.training import selectors as training
from hamroh.training.models import Round
from hamroh.training.states import RoundLife
from hamroh.web.templatetags.hamroh import number
from hamroh.web.texts import pick

BOARD = "programme"
#: figures are asked for of periods that ended within so long
LOOKED_BACK = dt.timedelta(days=183)
RUNNING = ("active", "finalisation")
BEHIND = ("behind", "missed")
_OPEN = ("planned", "announced", "running")


def _seen(actor: Any, house: Organisation) -> QuerySet[Project]:
    return selectors.seen(actor, Project.objects.filter(organisation=house))


def _list(code: str) -> str:
    return reverse("boards:list", args=(BOARD, code))


def _answer(said: str, count: int, href: str, state: str = "") -> Answer:
    return Answer(
        said % {"count": number(count)}, count, href if count else "", state if count else "done" if state else ""
    )


# -- projects ------------------------------------------------------------------------------------------------------


def _statuses(actor: Any, house: Organisation) -> dict[UUID, str]:
    """Where each project stands today. One query."""
    dates = ("starts_planned", "ends_planned", "starts", "ends", "stopped_date")
    today = timezone.localdate()
    rows = _seen(actor, house).order_by().values_list("pk", *dates)
    return {pk: status(Dates(*told), today).name for pk, *told in rows}


def projects(actor: Any, house: Organisation) -> Shown | None:
    """How many projects stand how; each number is the list of the register."""
    if not policy.allowed(actor, "project.see"):
        return None
    counts = Counter(_statuses(actor, house).values())
    running = sum(counts[each] for each in RUNNING)
    over = counts["finalisation"]
    to = reverse("projects:list")
    answers = [
        _answer(ngettext("%(count)s project is under way.", "%(count)s projects are under way.", running), running, _list("running")),
        _answer(ngettext("Of %(count)s project the planned end is past, and nobody wrote that it ended.", "Of %(count)s projects the planned end is past, and nobody wrote that they ended.", over), over, f"{to}?status=finalisation", "due"),
    ]  # fmt: skip
    told = [(name, str(word), counts[name]) for name, word in STATUSES if counts[name]]
    rows = [Row(word, [(count, f"{to}?status={name}")]) for name, word, count in told]
    picture = drawings.bars(_("Projects by where they stand"), [(word, count) for _name, word, count in told])
    return Shown(answers, [_("Projects")], rows, picture)


def _running(actor: Any, house: Organisation) -> QuerySet[Project]:
    ids = [pk for pk, name in _statuses(actor, house).items() if name in RUNNING]
    return Project.objects.filter(pk__in=ids).order_by("-first_year", "-made_at", "pk")


def _project_lines(_actor: Any, rows: Sequence[Project]) -> list[Line]:
    return [Line(_title(row), reverse("projects:project", args=(row.code,)), row.reference) for row in rows]


def _title(row: Any) -> str:
    return pick(row.titles, get_language() or "en").text or row.code


# -- results -------------------------------------------------------------------------------------------------------


def results(actor: Any, house: Organisation) -> Shown | None:
    """Indicators that are behind, periods without a figure, figures that wait for a second person."""
    if not policy.allowed(actor, "project.see"):
        return None
    behind, missing = len(_behind(actor, house)), _missing(actor, house).count()
    waiting = _waiting(actor, house).count()
    return Shown(
        [
            _answer(ngettext("%(count)s indicator of projects under way is behind.", "%(count)s indicators of projects under way are behind.", behind), behind, _list("behind"), "risk"),
            _answer(ngettext("%(count)s period ended without a figure.", "%(count)s periods ended without a figure.", missing), missing, _list("missing"), "due"),
            _answer(ngettext("%(count)s figure waits for a second person.", "%(count)s figures wait for a second person.", waiting), waiting, _list("waiting"), "due"),
        ]
    )  # fmt: skip


def _missing(actor: Any, house: Organisation) -> QuerySet[Period]:
    """Periods that ended within the half-year, with no figure that stands, and of which nobody wrote why none comes."""
    today = timezone.localdate()
    told = Actual.objects.filter(period=OuterRef("pk"), superseded_by=None, withdrawn_why="")
    rows = Period.objects.filter(
        project__in=_seen(actor, house).values("pk"), ends_date__gte=today - LOOKED_BACK, ends_date__lt=today, missing_notes={}
    )  # fmt: skip
    return rows.filter(~Exists(told)).select_related("indicator", "project").order_by("ends_date", "pk")


def _period_lines(_actor: Any, rows: Sequence[Period]) -> list[Line]:
    return [
        Line(
            f"{row.indicator.code} {_title(row.indicator)}", reverse("projects:period", args=(row.project.code, row.pk)),
            f"{_title(row.project)}, {row.starts_date:%Y-%m-%d} – {row.ends_date:%Y-%m-%d}",
        )
        for row in rows
    ]  # fmt: skip


def _waiting(actor: Any, house: Organisation) -> QuerySet[Actual]:
    """Figures that somebody else wrote and nobody looked at."""
    rows = Actual.objects.filter(
        project__in=_seen(actor, house).values("pk"), superseded_by=None, withdrawn_why="", approved_at=None
    )
    return rows.exclude(made_by=actor).select_related("period__indicator", "project").order_by("made_at", "pk")


def _actual_lines(_actor: Any, rows: Sequence[Actual]) -> list[Line]:
    return [
        Line(
            f"{row.period.indicator.code} {_title(row.period.indicator)}",
            reverse("projects:period", args=(row.project.code, row.period_id)), _title(row.project),
        )
        for row in rows
    ]  # fmt: skip


def _behind(actor: Any, house: Organisation) -> list[UUID]:
    """Indicators of projects under way that are behind or missed their target, by the same rules as the project's page."""
    running = {pk for pk, name in _statuses(actor, house).items() if name in RUNNING}
    verdicts = _verdicts(house.pk, timezone.localdate(), *_mark(house))
    return [pk for pk, (project, verdict) in verdicts.items() if project in running and verdict in BEHIND]


def _mark(house: Organisation) -> tuple[Any, ...]:
    """What changes when a figure, a target or a period does, and with every minute: what was worked out counts until then."""
    of = {"organisation": house}
    told = Actual.objects.filter(**of).aggregate(
        Count("pk"),
        Max("made_at"),
        Count("superseded_by"),
        Count("approved_at"),
        gone=Count("pk", filter=~Q(withdrawn_why="")),
    )
    aims = Target.objects.filter(**of).aggregate(Count("pk"), Max("made_at"), Sum("value"))
    spans = Period.objects.filter(**of).aggregate(Count("pk"), Max("ends_date"), Min("starts_date"))
    minute = int(timezone.now().timestamp() // 60)
    return (minute, *told.values(), *aims.values(), *spans.values())


@lru_cache(maxsize=32)
def _verdicts(house: UUID, today: dt.date, *_mark: Any) -> Mapping[UUID, tuple[UUID, str]]:
    """The project and the verdict of each indicator of an organisation that has a target. Four queries; no words of anybody."""
    rows = Indicator.objects.filter(organisation_id=house).exclude(measure="words").order_by("project_id", "code")
    spans = _spans(house, today)
    told = rows.values_list("pk", "project_id", "measure", "direction", "aggregation", "baseline_value")
    return {
        pk: (project, progress(Aim(measure, direction, aggregation, baseline), spans[pk], today).verdict)
        for pk, project, measure, direction, aggregation, baseline in told
        if any(each.target is not None for each in spans.get(pk, ()))
    }


def _spans(house: UUID, today: dt.date) -> Mapping[UUID, list[Span]]:
    """Periods that have begun, as the rules of progress read them; plain columns, no rows of models."""
    begun = {"organisation_id": house, "starts_date__lte": today}
    periods = list(
        Period.objects.filter(**begun).values_list("pk", "indicator_id", "starts_date", "ends_date", "missing_notes")
    )
    within = {"organisation_id": house}
    targets: dict[UUID, Decimal] = {}
    for period, value, place, dimensions in (
        Target.objects.filter(**within)
        .order_by("made_at", "pk")
        .values_list("period_id", "value", "place_id", "dimensions")
    ):
        if place is None and not dimensions and value is not None:
            targets.setdefault(period, value)
    parts: dict[UUID, list[Part]] = defaultdict(list)
    actuals = Actual.objects.filter(**within, superseded_by=None, withdrawn_why="").order_by("made_at", "pk")
    for period, value, place, dimensions, at_least, approved in actuals.values_list(
        "period_id", "value", "place_id", "dimensions", "at_least", "approved_by_id"
    ):
        of = tuple(sorted({**dimensions, **({"place": str(place)} if place else {})}.items()))
        parts[period].append(Part(value, of, at_least, approved is not None))
    found: dict[UUID, list[Span]] = defaultdict(list)
    for pk, indicator, starts, ends, notes in periods:
        found[indicator].append(Span(starts, ends, targets.get(pk), tuple(parts.get(pk, ())), bool(notes)))
    return found


def _behind_rows(actor: Any, house: Organisation) -> QuerySet[Indicator]:
    rows = Indicator.objects.filter(pk__in=_behind(actor, house)).select_related("project")
    return rows.order_by("project__reference", "code")


def _indicator_lines(_actor: Any, rows: Sequence[Indicator]) -> list[Line]:
    return [
        Line(f"{row.code} {_title(row)}", reverse("projects:results", args=(row.project.code,)), _title(row.project))
        for row in rows
    ]


# -- reports, work -------------------------------------------------------------------------------------------------


def reports(actor: Any, house: Organisation) -> Shown | None:
    """Reports to donors that are written, or wait for a second person."""
    if not policy.allowed(actor, "donorreport.see"):
        return None
    drafts, proposed = (_reports(actor, house, state).count() for state in ("draft", "proposed"))
    return Shown(
        [
            _answer(ngettext("%(count)s report to a donor is being written.", "%(count)s reports to donors are being written.", drafts), drafts, _list("drafts"), "due"),
            _answer(ngettext("%(count)s report to a donor waits for a second person.", "%(count)s reports to donors wait for a second person.", proposed), proposed, _list("proposed"), "due"),
        ]
    )  # fmt: skip


def _reports(actor: Any, house: Organisation, state: str) -> QuerySet[DonorReport]:
    return donor_reports(actor=actor, organisation=house).filter(state=state)


def _report_lines(_actor: Any, rows: Sequence[DonorReport]) -> list[Line]:
    return [
        Line(
            _title(row.project),
            reverse("project-reports:report", args=(row.code, row.version)),
            f"{row.starts} – {row.ends}",
        )
        for row in rows
    ]


def work(actor: Any, house: Organisation) -> Shown | None:
    """What goes on: activities, campaigns, trainings. Each number is its list."""
    if not policy.allowed(actor, "project.see"):
        return None
    going, late = _work(actor, house, Activity).filter(state="ongoing").count(), _late(actor, house).count()
    efforts = _work(actor, house, Campaign).filter(state="ongoing").count()
    answers = [
        _answer(ngettext("%(count)s activity goes on.", "%(count)s activities go on.", going), going, _list("activities")),
        _answer(ngettext("%(count)s activity was to begin, and is still planned.", "%(count)s activities were to begin, and are still planned.", late), late, _list("late"), "due"),
        _answer(ngettext("%(count)s awareness campaign goes on.", "%(count)s awareness campaigns go on.", efforts), efforts, _list("campaigns")),
    ]  # fmt: skip
    if policy.allowed(actor, "round.see"):
        rounds = _rounds(actor, house).count()
        answers.append(_answer(ngettext("%(count)s training is planned or runs.", "%(count)s trainings are planned or run.", rounds), rounds, _list("rounds")))  # fmt: skip
    return Shown(answers)


def _work(actor: Any, house: Organisation, kind: type[Activity] | type[Campaign]) -> QuerySet[Any]:
    of = selectors.activities if kind is Activity else selectors.campaigns
    found: QuerySet[Any] = of(actor=actor, organisation=house)
    return found


def _late(actor: Any, house: Organisation) -> QuerySet[Activity]:
    """Activities whose beginning is past, to the month or year where no more is known, and that nobody moved on."""
    today = timezone.localdate().isoformat()
    rows: QuerySet[Activity] = _work(actor, house, Activity).filter(state="planned", starts__gt="", starts__lt=today)
    return rows.exclude(starts__in=(today[:4], today[:7]))


def _activity_lines(_actor: Any, rows: Sequence[Activity]) -> list[Line]:
    labels, lang = dict(WorkLife.choices()), get_language() or "en"
    return [
        Line(
            pick(row.whats, lang).text or row.code, reverse("projects:work-row", args=("activity", row.code)),
            f"{labels[row.state]} · {row.starts} – {row.ends}".rstrip(" –"),
        )
        for row in rows
    ]  # fmt: skip


def _campaign_lines(_actor: Any, rows: Sequence[Campaign]) -> list[Line]:
    return [
        Line(
            _title(row),
            reverse("projects:work-row", args=("campaign", row.code)),
            f"{row.starts} – {row.ends}".strip(" –"),
        )
        for row in rows
    ]


def _rounds(actor: Any, house: Organisation) -> QuerySet[Round]:
    return training.rounds(actor=actor, organisation=house).filter(state__in=_OPEN)


def _round_lines(_actor: Any, rows: Sequence[Round]) -> list[Line]:
    labels, lang = dict(RoundLife.choices()), get_language() or "en"
    return [
        Line(
            pick(row.course.names, lang).text or row.code, reverse("training:round", args=(row.code,)),
            f"{labels[row.state]} · {row.starts}",
        )
        for row in rows
    ]  # fmt: skip


def _each(kind: type[Activity] | type[Campaign]) -> Any:
    return lambda actor, house: _work(actor, house, kind).filter(state="ongoing")


boards.declare(
    boards.Part(
        BOARD, "projects", 10, gettext_lazy("Projects"), projects,
        lists={"running": Listing(gettext_lazy("Projects under way"), _running, _project_lines)},
    )
)  # fmt: skip
boards.declare(
    boards.Part(
        BOARD, "results", 20, gettext_lazy("Results"), results,
        lists={
            "behind": Listing(gettext_lazy("Indicators that are behind"), _behind_rows, _indicator_lines),
            "missing": Listing(gettext_lazy("Periods without a figure"), _missing, _period_lines),
            "waiting": Listing(gettext_lazy("Figures that wait for a second person"), _waiting, _actual_lines),
        },
    )
)  # fmt: skip
boards.declare(
    boards.Part(
        BOARD, "reports", 30, gettext_lazy("Reports to donors"), reports,
        lists={
            "drafts": Listing(gettext_lazy("Reports that are being written"), lambda actor, house: _reports(actor, house, "draft"), _report_lines),
            "proposed": Listing(gettext_lazy("Reports that wait for a second person"), lambda actor, house: _reports(actor, house, "proposed"), _report_lines),
        },
    )
)  # fmt: skip
boards.declare(
    boards.Part(
        BOARD, "work", 40, gettext_lazy("What goes on"), work,
        lists={
            "activities": Listing(gettext_lazy("Activities that go on"), _each(Activity), _activity_lines),
            "late": Listing(gettext_lazy("Activities that were to begin"), _late, _activity_lines),
            "campaigns": Listing(gettext_lazy("Awareness campaigns that go on"), _each(Campaign), _campaign_lines),
            "rounds": Listing(gettext_lazy("Trainings that are planned or run"), _rounds, _round_lines),
        },
    )
)  # fmt: skip
