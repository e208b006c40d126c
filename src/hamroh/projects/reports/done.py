"""What a project did in the time of a report: activities and where, trainings, campaigns; its risks and lessons. Nothing hidden is told."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from hamroh.directory.models import UnitAncestor
from hamroh.kernel import reporting
from hamroh.projects.models import (
    Activity,
    Actual,
    Campaign,
    CampaignMaterial,
    CampaignReach,
    Channel,
    HowKnown,
    Lesson,
    Project,
    Reach,
    Risk,
)
from hamroh.projects.reports import told
from hamroh.projects.reports.figures import UNSAID, Figures, Span, labelled, when
from hamroh.training import selectors as trainings_read
from hamroh.training.models import Age, Round, Sex

#: ISO 3166-1 of the countries that have tiles
_AREAS = {"TJ": "TJK", "AZ": "AZE"}


def activities(project: Project, span: Span, found: Figures) -> list[dict[str, Any]]:
    """Activities of the time, with those of the last report's time counted again but not shown."""
    rows = [row for row in _activities(project) if span.holds_wider(row.starts, row.ends)]
    reach: dict[UUID, list[Reach]] = defaultdict(list)
    for each in Reach.objects.filter(activity__in=[row.pk for row in rows]).order_by("made_at", "pk"):
        reach[each.activity_id].append(each)
    shown = [(row, _activity(row, reach[row.pk], found)) for row in rows]
    return [each for row, each in shown if span.holds(row.starts, row.ends)]


def _activities(project: Project) -> Iterable[Activity]:
    rows = Activity.objects.filter(project=project).select_related("who", "place")
    return rows.order_by("starts", "made_at", "pk")


def _activity(row: Activity, reach: Sequence[Reach], found: Figures) -> dict[str, Any]:
    what = labelled(row.whats, when(row.starts, row.ends))
    source = {"kind": "activities", "words": row.source, "code": row.code}
    told_rows = [
        (f"a:{row.code}:{at}", labelled(what, _group(each)), each.number, source) for at, each in enumerate(reach)
    ]
    keys = found.add_together(told_rows, ends=row.ends or row.starts, record=str(row.changed_at))
    for key, each in zip(keys, reach, strict=True):
        found.at_least(key, is_so=each.at_least)
    return {
        "code": row.code, "who": row.who.names if row.who else {UNSAID: row.who_name}, "what": row.whats,
        "where": {} if row.is_hidden or row.place is None else row.place.names, "spot": "" if row.is_hidden else row.spot,
        "starts": row.starts, "ends": row.ends, "state": row.state,
        "reach": [{"group": _group(each), "figure": key} for key, each in zip(keys, reach, strict=True)],
    }  # fmt: skip


def _group(row: Reach) -> dict[str, str]:
    """Who they are: the group, the sex and the age as far as they are told."""
    words = [dict(kinds.choices).get(code, code) for kinds, code in ((Sex, row.sex), (Age, row.age)) if code]
    return told.everywhere(lambda _lang: ", ".join(filter(None, (row.group, *map(str, words)))))


def regions(project: Project, span: Span) -> dict[str, Any]:
    """Activities by region, of the one country that most of them are in; hidden places are on no map."""
    places = [
        row.place_id for row in _activities(project) if row.place_id and not row.is_hidden and span.holds(row.starts, row.ends)
    ]  # fmt: skip
    above: dict[UUID, set[str]] = defaultdict(set)
    named = UnitAncestor.objects.filter(unit__in=set(places), ancestor__iso__contains="-")
    for unit, iso in named.values_list("unit", "ancestor__iso"):
        above[unit] |= set(iso.split())
    counted = Counter(code for place in places for code in above[place])
    countries = Counter(code[:2] for place in places for code in above[place])
    area = next((country for country, _number in countries.most_common() if country in _AREAS), "")
    values = {code: number for code, number in sorted(counted.items()) if code[:2] == area}
    return {"area": _AREAS[area], "values": values} if area else {}


def trainings(project: Project, span: Span, found: Figures) -> list[dict[str, Any]]:
    """Rounds that figures of the project were taken from; how many came, unless a round was so small that its people are known."""
    codes = Actual.objects.filter(project=project, source_kind="training").values_list("source_ref", flat=True)
    rounds = Round.objects.filter(organisation=project.organisation_id, code__in=set(codes), state="held").select_related("course", "place")  # fmt: skip
    rows = [row for row in rounds.order_by("starts", "code") if span.holds_wider(row.starts, row.ends)]
    heads = trainings_read.heads(rows=rows)
    told_rows = [
        (f"t:{row.code}", labelled(row.course.names, when(row.starts, row.ends)), heads[row.pk].number, {"kind": "training", "words": "", "code": row.code})
        for row in rows
        if row.pk in heads
    ]  # fmt: skip
    keys = set(found.add_together(told_rows, record="heads"))
    for row in rows:
        if row.pk in heads:
            found.at_least(f"t:{row.code}", is_so=heads[row.pk].is_open, ends=row.ends or row.starts)
    return [
        {"code": row.code, "course": row.course.names, "where": row.place.names if row.place else {}, "starts": row.starts, "ends": row.ends,
         "figure": f"t:{row.code}" if f"t:{row.code}" in keys else ""}
        for row in rows
        if span.holds(row.starts, row.ends)
    ]  # fmt: skip


def campaigns(project: Project, span: Span, found: Figures) -> list[dict[str, Any]]:
    """Campaigns with what was given out and how many each way reached; ways are never added up."""
    every = Campaign.objects.filter(project=project).order_by("starts", "made_at", "pk")
    rows = [row for row in every if span.holds_wider(row.starts, row.ends)]
    ids = [row.pk for row in rows]
    materials, reach = defaultdict(list), defaultdict(list)
    for each in CampaignMaterial.objects.filter(campaign__in=ids).order_by("made_at", "pk"):
        materials[each.campaign_id].append(
            {"kind": each.kind, "title": each.title, "language": each.language, "copies": each.copies}
        )
    for row in CampaignReach.objects.filter(campaign__in=ids).select_related("place").order_by("made_at", "pk"):
        reach[row.campaign_id].append(row)
    shown = [(row, _campaign(row, materials[row.pk], reach[row.pk], found)) for row in rows]
    return [each for row, each in shown if span.holds(row.starts, row.ends)]


def _campaign(row: Campaign, materials: list[Any], reach: Sequence[CampaignReach], found: Figures) -> dict[str, Any]:
    told_rows = [
        (f"c:{row.code}:{at}", labelled(row.titles, _channel(each), when(row.starts, row.ends)), each.number,
         {"kind": "campaign", "words": each.source, "code": row.code})
        for at, each in enumerate(reach)
    ]  # fmt: skip
    keys = found.add_together(told_rows, ends=row.ends or row.starts, record=str(row.changed_at))
    for key, each in zip(keys, reach, strict=True):
        found.at_least(key, is_so=each.at_least)
    return {
        "code": row.code, "titles": row.titles, "starts": row.starts, "ends": row.ends, "materials": materials,
        "reach": [
            {"channel": _channel(each), "where": each.place.names if each.place else {}, "figure": key, "how_known": _how(each), "per_month": each.per_month}
            for key, each in zip(keys, reach, strict=True)
        ],
    }  # fmt: skip


def _channel(row: CampaignReach) -> dict[str, str]:
    return told.everywhere(lambda _lang: Channel(row.channel).label)


def _how(row: CampaignReach) -> dict[str, str]:
    return told.everywhere(lambda _lang: HowKnown(row.how_known).label)


def risks(project: Project) -> list[dict[str, Any]]:
    """Risks that are watched now, the gravest first."""
    rows = Risk.objects.filter(project=project, state="open").order_by("-harm", "-likelihood", "made_at")
    return [{"titles": row.texts, "likely": row.likelihood, "grave": row.harm, "answers": row.doings} for row in rows]


def lessons(project: Project, span: Span) -> list[dict[str, Any]]:
    """What was learned in the time; a lesson without a date is of the day on which it was written."""
    rows = Lesson.objects.filter(project=project).order_by("made_at", "pk")
    return [{"code": row.code, "titles": row.titles, "texts": row.texts} for row in rows if _learned_in(row, span)]


def _learned_in(row: Lesson, span: Span) -> bool:
    day = row.on_date or row.made_at.date().isoformat()
    return reporting.meet(day, day, span.starts, span.ends)
