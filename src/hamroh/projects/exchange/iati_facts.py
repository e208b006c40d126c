"""Projects as activities of the aid standard. What is hidden, what nobody approved and what names a secret never gets here.

A place is told by its district, never nearer. A figure by place or by kind of people leaves only where it came from a source that was
made public with its own care; a count that somebody typed or took from a training leaves as a total alone.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from hamroh.accounts.models import Organisation
from hamroh.directory.models import Party
from hamroh.kernel.iati import facts
from hamroh.kernel.iati.writing import plain
from hamroh.kernel.projects import Dates, first_day, last_day, status
from hamroh.projects.exchange import iati_codes as codes
from hamroh.projects.exchange.iati_rows import Rows, bodies, rows_of
from hamroh.projects.models import (
    Actual,
    Budget,
    Indicator,
    Measure,
    Period,
    Project,
    ProjectPaper,
    ProjectParty,
    ProjectPlace,
    ProjectSector,
    Result,
    SourceKind,
    Target,
    Transaction,
)

#: sources of figures that were made public part by part, so that their parts may go on
_AUDITED = (SourceKind.RELEASE, SourceKind.EVIDENCE, SourceKind.CAMPAIGN, SourceKind.DOCUMENT)
_KINDS = ("1", "2", "3", "4")
_PARTLY = {
    4: {"en": "Known to the year only.", "az": "Yalnız ili məlumdur.", "ru": "Известен только год.", "tg": "Танҳо солаш маълум аст."},
    7: {
        "en": "Known to the month only.", "az": "Yalnız ayı məlumdur.", "ru": "Известен только месяц.", "tg": "Танҳо моҳаш маълум аст.",
    },
}  # fmt: skip


def reporters(houses: Iterable[Organisation], today: dt.date) -> dict[UUID, facts.Body]:
    """The organisations of the house that report: those whose public entry of the directory may be named in a file, with their number."""
    held = {row.tenant_id: row.pk for row in Party.objects.filter(tenant__in=list(houses)) if row.tenant_id}
    named = bodies(held.values(), today)
    return {house: body for house, party in held.items() if (body := named.get(party)) and body.names}


def told(projects: Sequence[Project], by: dict[UUID, facts.Body], today: dt.date) -> Iterator[facts.Activity]:
    """Activities of those projects that a file of the standard can say at all."""
    rows = rows_of(projects, today)
    for project in projects:
        body = by.get(project.organisation_id)
        if body and not missing(project, today):
            yield activity(project, body, rows, today)


def missing(project: Project, today: dt.date) -> list[str]:
    """What a project lacks so that no file can hold it: its ``period``, its ``titles``."""
    found = [] if any(text.strip() for text in project.titles.values()) else ["titles"]
    return found if _status(project, today) and _dates(project) else [*found, "period"]


def activity(project: Project, reporter: facts.Body, rows: Rows, today: dt.date) -> facts.Activity:
    """One project as the standard has it."""
    by, hidden = _reporter(project, reporter), _hidden(project, rows)
    return facts.Activity(
        identifier=codes.identifier(by.ref, project.reference), reporter=by, titles=project.titles, abouts=_abouts(project),
        parties=_parties(project, rows) or [facts.Body(by.names, reporter.ref, by.kind, "4")], status=_status(project, today),
        dates=_dates(project), changed_at=project.changed_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        language=next((lang for lang in ("en", *project.titles) if project.titles.get(lang)), "en"), scope=codes.SCOPES.get(project.scope, ""),
        countries=_countries(project, rows), places=_places(project, rows), sectors=_sectors(project, rows), markers=_markers(project),
        budgets=[_budget(each) for each in rows.each(Budget, project.pk)],
        transfers=[_transfer(each, rows, hidden) for each in rows.each(Transaction, project.pk)],
        papers=[_paper(each) for each in rows.each(ProjectPaper, project.pk) if each.url and not each.is_hidden and any(each.titles.values())],
        results=[each for row in rows.each(Result, project.pk) if (each := _result(row, rows, project)).indicators],
    )  # fmt: skip


def _reporter(project: Project, body: facts.Body) -> facts.Body:
    """Who reports needs a number and a kind; without one the house has that by which this installation knows it."""
    return facts.Body(body.names, body.ref or f"X-HAMROH-{project.organisation.code}", body.kind or "22")


def _abouts(project: Project) -> list[tuple[str, facts.Texts]]:
    general = project.abouts if any(project.abouts.values()) else project.titles
    held = (("1", general), ("2", project.objectives), ("3", project.for_whom))
    return [(kind, texts) for kind, texts in held if any(text.strip() for text in texts.values())]


def _status(project: Project, today: dt.date) -> str:
    dates = Dates(project.starts_planned, project.ends_planned, project.starts, project.ends, project.stopped_date)
    return codes.STATUSES.get(status(dates, today).name, "")


def _dates(project: Project) -> list[tuple[str, str, facts.Texts]]:
    ends = project.stopped_date or project.ends
    held = zip(_KINDS, (project.starts_planned, project.starts, project.ends_planned, ends), strict=True)
    return [
        (kind, day.isoformat(), _PARTLY.get(len(partial), {}))
        for kind, partial in held
        if (day := (last_day if kind in "34" else first_day)(partial))
    ]


def _hidden(project: Project, rows: Rows) -> tuple[set[UUID], set[str]]:
    """Partners of the directory that are never told outside, and the typed names that somebody said may be told."""
    held = rows.each(ProjectParty, project.pk)
    hidden = {each.party_id for each in held if each.is_hidden and each.party_id}
    return hidden, {each.name.casefold() for each in held if each.name and not each.is_hidden}


def _parties(project: Project, rows: Rows) -> list[facts.Body]:
    found = []
    for each in rows.each(ProjectParty, project.pk):
        body = None if each.is_hidden else _body(each.party_id, each.name, rows)
        if body:
            found.append(facts.Body(body.names, body.ref, body.kind, each.role))
    return found


def _body(party: UUID | None, name: str, rows: Rows) -> facts.Body | None:
    if party:
        return rows.bodies.get(party)
    return facts.Body({"en": name.strip()}) if name.strip() else None


def _countries(project: Project, rows: Rows) -> list[facts.Share]:
    """Countries with what their places have together; without shares where one is not known, which a sum would hide."""
    whole: dict[str, Decimal | None] = {}
    shown = set()
    for each in rows.each(ProjectPlace, project.pk):
        where = rows.places.get(each.place_id)
        if where is None or where.country is None or len(where.country.iso) != 2:
            continue
        code = where.country.iso
        before = whole.get(code, Decimal(0))
        whole[code] = None if each.share is None or before is None else before + each.share
        shown |= set() if each.is_hidden else {code}
    known = set(whole) == shown and all(share is not None for share in whole.values())
    alone = len(whole) == 1
    return [facts.Share(code, whole[code] if known and not alone else None) for code in whole if code in shown]


def _places(project: Project, rows: Rows) -> list[facts.Place]:
    """Districts, cities and regions; a whole country is said as a country."""
    units = {
        where.unit.pk: where.unit
        for each in rows.each(ProjectPlace, project.pk)
        if not each.is_hidden and (where := rows.places.get(each.place_id)) and where.unit.level != "country"
    }
    return [
        facts.Place(
            {lang: text for lang, text in unit.names.items() if text},
            None if unit.latitude is None or unit.longitude is None else (unit.latitude, unit.longitude),
            f"P{unit.code}",
        )
        for unit in units.values()
    ]


def _sectors(project: Project, rows: Rows) -> list[facts.Share]:
    return [
        facts.Share(each.code, each.share, each.vocabulary, each.names) for each in rows.each(ProjectSector, project.pk)
    ]


def _markers(project: Project) -> list[tuple[str, str]]:
    return [
        (str(each["code"]), str(each.get("significance", "")))
        for each in project.policy_markers
        if isinstance(each, dict) and each.get("code") and str(each.get("vocabulary", "1")) == "1"
    ]


def _budget(row: Budget) -> facts.Budget:
    money = facts.Money(row.amount, row.currency, row.value_date.isoformat())
    return facts.Budget(_span(row), money, row.is_revised, row.is_committed)


def _span(row: Budget | Period) -> facts.Span:
    return facts.Span(row.starts_date.isoformat(), row.ends_date.isoformat())


def _transfer(row: Transaction, rows: Rows, hidden: tuple[set[UUID], set[str]]) -> facts.Transfer:
    """Money that moved. Where one of the two is not told, nothing that was written beside it is told either."""
    ends = ((row.provider_id, row.provider_name), (row.receiver_id, row.receiver_name))
    bodies_ = [None if _is_hidden(party, name, rows, hidden) else _body(party, name, rows) for party, name in ends]
    secret = any(_is_hidden(party, name, rows, hidden) for party, name in ends)
    money = facts.Money(row.amount, row.currency, row.value_date.isoformat())
    return facts.Transfer(
        row.kind, row.on_date.isoformat(), money, {} if secret else row.abouts, bodies_[0], bodies_[1]
    )


def _is_hidden(party: UUID | None, name: str, rows: Rows, hidden: tuple[set[UUID], set[str]]) -> bool:
    if party:
        return party in hidden[0] or party not in rows.bodies
    return bool(name) and name.casefold() not in hidden[1]


def _paper(row: ProjectPaper) -> facts.Paper:
    day = first_day(row.on_date)
    languages = (row.language,) if row.language else ()
    return facts.Paper(
        row.url.replace(" ", "%20"), codes.format_of(row.url), row.titles, codes.PAPERS.get(row.kind, "A12"), languages, day.isoformat() if day else ""
    )  # fmt: skip


def _result(row: Result, rows: Rows, project: Project) -> facts.Result:
    indicators = [_indicator(each, rows, project) for each in rows.each(Indicator, row.pk) if each.is_public]
    return facts.Result(codes.RESULTS[row.level], row.titles, [each for each in indicators if each], row.abouts)


def _indicator(row: Indicator, rows: Rows, project: Project) -> facts.Indicator:
    periods = [_period(each, row, rows, project) for each in rows.each(Period, row.pk)]
    return facts.Indicator(
        row.titles, codes.MEASURES[row.measure], row.direction == "up", row.aggregation == "sum", _baseline(row), periods, row.abouts
    )  # fmt: skip


def _baseline(row: Indicator) -> facts.Baseline | None:
    if row.baseline_year is None:
        return None
    notes = {**({"en": row.baseline_words} if row.baseline_words else {}), **row.baseline_notes}
    return facts.Baseline(row.baseline_year, _value(row.baseline_value, row), notes)


def _value(value: Decimal | None, row: Indicator) -> str:
    return "" if value is None or row.measure == Measure.WORDS else plain(value)


def _period(row: Period, indicator: Indicator, rows: Rows, project: Project) -> facts.Period:
    shown = _shown_places(project, rows)
    targets = [
        _figure(each, indicator, rows, each.remark or each.words)
        for each in rows.each(Target, row.pk)
        if each.place_id is None or each.place_id in shown
    ]
    actuals = [_figure(each, indicator, rows, each.words) for each in rows.each(Actual, row.pk) if _leaves(each, shown)]
    return facts.Period(_span(row), targets, actuals)


def _shown_places(project: Project, rows: Rows) -> set[UUID]:
    return {each.place_id for each in rows.each(ProjectPlace, project.pk) if not each.is_hidden}


def _leaves(row: Actual, shown: set[UUID]) -> bool:
    """Whether a figure is told outside."""
    if row.approved_at is None or row.superseded_by_id or row.withdrawn_why:
        return False
    if row.place_id is not None and row.place_id not in shown:
        return False
    return row.source_kind in _AUDITED or (row.place_id is None and not row.dimensions)


def _figure(row: Any, indicator: Indicator, rows: Rows, words: str) -> facts.Figure:
    where = rows.places.get(row.place_id) if row.place_id else None
    ref = f"P{where.unit.code}" if where and where.unit.level != "country" else ""
    least = getattr(row, "at_least", False)
    comment = {"en": "At least this many."} if least else ({"en": words} if words else {})
    dimensions = {str(name): str(code) for name, code in row.dimensions.items()}
    return facts.Figure(_value(row.value, indicator), dimensions, ref, comment)
