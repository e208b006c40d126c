"""The live content of a report: what it would say if it were approved now. As many queries for a large project as for a small one."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from hamroh.kernel import reporting
from hamroh.projects.models import DonorReport, FrozenReport, ProjectParty, ProjectPlace
from hamroh.projects.reports import done, earned, pictures, reached
from hamroh.projects.reports.figures import UNSAID, Figures, Span
from hamroh.projects.reports.statistics import Tables, outside, tables
from hamroh.projects.reports.stories import allowed
from hamroh.projects.reports.templates import Template, template
from hamroh.projects.states import FROZEN
from hamroh.web.texts import LANGUAGES

#: how the content is laid out: a reader of an old report knows by it what to expect
FORM = 1


def composed(report: DonorReport, *, actor: Any) -> dict[str, Any]:
    """The content of a report as it would be frozen now, with its difference to the last one and its pictures."""
    before = last_before(report)
    content = _gathered(report, template(report.template), before, outside(actor, report))
    changes = reporting.difference(_read(before) if before else None, content)
    content["before"] = _named(before)
    content["changes"] = [
        {**asdict(each), "why": each.why.value, "labels": _labels(each.key, content, before)} for each in changes
    ]
    content["pictures"] = {lang: pictures.drawn_in(content, lang) for lang in LANGUAGES}
    return content


def last_before(report: DonorReport) -> FrozenReport | None:
    """What a report is compared with: the one that it corrects, else the last approved one of its project that ended before it does."""
    rows = FrozenReport.objects.select_related("report")
    if report.corrects_id:
        found: FrozenReport | None = rows.filter(report=report.corrects_id).first()
        return found
    mine = rows.filter(report__project=report.project_id, report__state="approved").exclude(report=report.pk)
    earlier = [each for each in mine if reporting.last_day(each.report.ends) <= reporting.last_day(report.ends)]
    return max(earlier, key=lambda each: (reporting.last_day(each.report.ends), each.frozen_at), default=None)


def content_of(report: DonorReport, *, actor: Any) -> dict[str, Any]:
    """What a report says: as it was frozen, or as it stands now."""
    if report.state in FROZEN:
        return _read(FrozenReport.objects.get(report=report))
    return composed(report, actor=actor)


def _read(frozen: FrozenReport) -> dict[str, Any]:
    return dict(json.loads(bytes(frozen.content)))


def _named(before: FrozenReport | None) -> dict[str, Any] | None:
    if before is None:
        return None
    of = before.report
    return {
        "code": of.code,
        "version": of.version,
        "period": {"starts": of.starts, "ends": of.ends},
        "digest": before.digest,
    }


def _labels(key: str, content: Mapping[str, Any], before: FrozenReport | None) -> dict[str, str]:
    figures = content["figures"] if key in content["figures"] else _read(before)["figures"] if before else {}
    return dict(figures.get(key, {}).get("labels", {}))


def _gathered(report: DonorReport, of: Template, before: FrozenReport | None, known: Tables) -> dict[str, Any]:
    last = (before.report.starts, before.report.ends) if before else None
    span = Span(report.starts, report.ends, _since(report, before), last)
    found, draws = Figures(), set(of.draws) - set(report.left_out)
    return {
        "form": FORM, "report": {"code": report.code, "version": report.version, "template": of.code, "titles": of.titles},
        "house": {"names": report.organisation.names}, "project": _project(report),
        "period": {"starts": report.starts, "ends": report.ends}, "languages": list(report.languages),
        "sections": [
            {"code": each.code, "titles": each.titles, "words": report.words.get(each.code, {}), "draws": [name for name in each.draws if name in draws]}
            for each in of.sections
        ],
        "progress": reached.progress(report.project, span, known, found) if "progress" in draws else [],
        "activities": done.activities(report.project, span, found) if draws & {"activities", "map"} else [],
        "map": done.regions(report.project, span) if "map" in draws else {},
        "trainings": done.trainings(report.project, span, found) if "trainings" in draws else [],
        "campaigns": done.campaigns(report.project, span, found) if "campaigns" in draws else [],
        "statistics": tables(report, known, found) if "statistics" in draws else [],
        "stories": list(report.stories) if "stories" in draws else [],
        "not_allowed": _not_allowed(report) if "stories" in draws else [],
        "money": earned.money(report.project, span, found) if "money" in draws else [],
        "risks": done.risks(report.project) if "risks" in draws else [],
        "lessons": done.lessons(report.project, span) if "lessons" in draws else [],
        "figures": found.found, "gathered_on": timezone.localdate().isoformat(),
    }  # fmt: skip


def _since(report: DonorReport, before: FrozenReport | None) -> str:
    """From the beginning of the last report on, so that what was mended in its time is found."""
    own = report.starts
    if before is None or reporting.first_day(own) <= reporting.first_day(before.report.starts):
        return own
    return before.report.starts


def _project(report: DonorReport) -> dict[str, Any]:
    """The project as others may know it: no hidden partner, no hidden place."""
    project = report.project
    return {
        "code": project.code, "reference": project.reference, "titles": project.titles, "starts": project.starts or project.starts_planned,
        "ends": project.ends or project.ends_planned, "parties": list(_parties(report)), "places": list(_places(report)),
    }  # fmt: skip


def _parties(report: DonorReport) -> Iterator[dict[str, Any]]:
    rows = ProjectParty.objects.filter(project=report.project_id, is_hidden=False).select_related("party")
    for row in rows.order_by("role", "made_at", "pk"):
        yield {"role": row.role, "names": row.party.names if row.party else {UNSAID: row.name}}


def _places(report: DonorReport) -> Iterator[dict[str, Any]]:
    rows = ProjectPlace.objects.filter(project=report.project_id, is_hidden=False).select_related("place")
    for row in rows.order_by("place__key"):
        yield {"names": row.place.names, "share": reporting.plain(row.share)}


def _not_allowed(report: DonorReport) -> list[str]:
    """Stories of the report whose narrators do not allow them today."""
    held = set(allowed(report.stories))
    return [each for each in report.stories if each not in held]
