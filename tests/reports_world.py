"""A project with a half-year of work behind it: Lola writes its reports, Manizha approves; Ingrid pays in our house, Olav in another one."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from desk_world import employ
from hamroh.accounts.models import Role, User
from hamroh.kernel import reporting
from hamroh.projects.actions import reports as actions
from hamroh.projects.actions.reports import ReportTold
from hamroh.projects.models import (
    Activity,
    Actual,
    Budget,
    DonorReport,
    FrozenReport,
    Indicator,
    Period,
    Project,
    ProjectParty,
    Reach,
    Result,
    Target,
    Transaction,
)
from hamroh.projects.reports import gathering
from training_world import School, open_school

WORDS = {"en": "Courses began in spring.", "tg": "Курсҳо дар баҳор оғоз ёфтанд."}
FIRST, SECOND = (dt.date(2026, 1, 1), dt.date(2026, 6, 30)), (dt.date(2026, 7, 1), dt.date(2026, 12, 31))


@dataclass
class Work:
    """A project of the house with one indicator, and everybody who has to do with its reports."""

    school: School
    project: Project
    indicator: Indicator
    ingrid: User  #: donor, with an account in our house
    olav: User  #: guest of the other organisation
    vera: User  #: programme manager of the other organisation
    periods: dict[str, Period] = field(default_factory=dict)

    @property
    def lola(self) -> User:
        return self.school.lola

    @property
    def manizha(self) -> User:
        return self.school.manizha


def open_work() -> Work:
    school = open_school()
    house, lola = school.house, school.lola
    project = Project.objects.create(
        organisation=house, reference="LB-1", titles={"en": "Women of migrant households", "tg": "Занони оилаҳои муҳоҷирон"}, made_by=lola,
        starts="2026-01",
    )  # fmt: skip
    of: dict[str, Any] = {"organisation": house, "project": project}
    ProjectParty.objects.create(name="Zwqxhidden group", role="4", is_hidden=True, **of)
    ProjectParty.objects.create(name="Fund of the North", role="1", **of)
    result = Result.objects.create(level="output", number="1", titles={"en": "Skills"}, **of)
    indicator = Indicator.objects.create(result=result, code="1.1", titles={"en": "Women who finished a course"}, **of)
    work = Work(
        school, project, indicator, employ("ingrid", house, Role.DONOR), employ("olav", school.office.other, Role.PARTNER_GUEST),
        employ("vera", school.office.other, Role.PROGRAMME_MANAGER),
    )  # fmt: skip
    for name, (starts, ends) in (("first", FIRST), ("second", SECOND)):
        work.periods[name] = Period.objects.create(indicator=indicator, starts_date=starts, ends_date=ends, **of)
        Target.objects.create(period=work.periods[name], value=Decimal(150), **of)
    Budget.objects.create(starts_date=FIRST[0], ends_date=SECOND[1], amount=Decimal("9000.00"), currency="USD", value_date=FIRST[0], **of)  # fmt: skip
    for currency, amount in (("USD", "1200.50"), ("TJS", "800")):
        Transaction.objects.create(kind="4", amount=Decimal(amount), currency=currency, on_date=dt.date(2026, 3, 1), value_date=dt.date(2026, 3, 1), made_by=lola, **of)  # fmt: skip
    activity = Activity.objects.create(
        organisation=house, project=project, who_name="Support centre", whats={"en": "Days of advice"}, place=school.khorog,
        spot="House of culture", starts="2026-04", state="done", made_by=lola,
    )  # fmt: skip
    Reach.objects.create(organisation=house, activity=activity, group="women", number=40)
    return work


def reached(work: Work, value: float, period: str = "first", **more: Any) -> Actual:
    """A figure of a period, confirmed by Manizha."""
    facts: dict[str, Any] = {
        "source_kind": "document", "source_words": "Attendance lists", "approved_by": work.manizha,
        "approved_at": dt.datetime(2026, 7, 5, tzinfo=dt.UTC),
    } | more  # fmt: skip
    return Actual.objects.create(
        organisation=work.school.house, project=work.project, period=work.periods[period], value=Decimal(str(value)), made_by=work.lola, **facts
    )  # fmt: skip


def superseded(work: Work, old: Actual, value: float) -> Actual:
    new = reached(work, value)
    old.superseded_by = new
    old.save(update_fields=["superseded_by"])
    return new


def draft(work: Work, period: str = "first", *, languages: tuple[str, ...] = ("en", "tg"), written: bool = True) -> DonorReport:  # fmt: skip
    starts, ends = {"first": ("2026-01", "2026-06"), "second": ("2026-07", "2026-12")}[period]
    told = ReportTold("half_year", starts, ends, languages)
    row = actions.begin_report(actor=work.lola, project=work.project, told=told)
    for section in ("short", "next") if written else ():
        actions.write_section(actor=work.lola, report=row, section=section, words=WORDS, seen=row.changed_at)
        row.refresh_from_db()
    return row


def proposed(work: Work, row: DonorReport) -> DonorReport:
    actions.propose_report(actor=work.lola, report=row, seen=row.changed_at)
    row.refresh_from_db()
    return row


def mark(work: Work, row: DonorReport, actor: Any = None) -> str:
    """What the second person has before her."""
    return reporting.digest(reporting.canonical(gathering.composed(row, actor=actor or work.manizha)))


def approved(work: Work, row: DonorReport | None = None) -> FrozenReport:
    row = proposed(work, row or draft(work))
    frozen = actions.approve_report(actor=work.manizha, report=row, mark=mark(work, row))
    row.refresh_from_db()
    return frozen
