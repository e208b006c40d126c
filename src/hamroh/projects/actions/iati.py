"""Projects from somebody else's file of the aid standard: drafts that the network may read, marked with whence they came.

What is there already is never written over silently: a newer file shows what it changes, and changes it only where that is asked for.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.directory.models import AdminUnit, PartyIdentifier
from hamroh.projects.actions import parts
from hamroh.projects.actions.frame import NotNow
from hamroh.projects.actions.projects import ProjectTold, change_project, make_project
from hamroh.projects.models import Actual, Indicator, Origin, Period, Project, ProjectSector, Result, Target
from hamroh.vault import journal
from hamroh.web.texts import LANGUAGES

Facts = Mapping[str, Any]
#: what of a project a newer file may change
CORE = ("titles", "abouts", "objectives", "starts_planned", "ends_planned", "starts", "ends")
#: how the directory may call the scheme of organisations' numbers
SCHEMES = ("org-id", "org-id.guide", "iati", "iati-org-id")
_LONGEST = 60


@dataclass(frozen=True)
class Coming:
    """One activity of a file and what becomes of it: ``new``, ``changed`` (with the names of what), ``same`` or ``refused``."""

    told: Facts
    kind: str
    changes: Sequence[str] = ()
    project: Project | None = None
    faults: Sequence[str] = field(default_factory=tuple)


def weighed(*, actor: Any, organisation: Organisation, activities: Iterable[Facts]) -> list[Coming]:
    """What would become of each activity. Nothing is written."""
    policy.require(actor, "project.edit", Project(organisation=organisation))
    held = {
        each.identifier: each for each in Origin.objects.filter(organisation=organisation).select_related("project")
    }
    references = set(Project.objects.filter(organisation=organisation).values_list("reference", flat=True))
    found: list[Coming] = []
    seen: set[str] = set()
    for told in activities:
        found.append(_weighed(told, held.get(told["identifier"]), references, seen))
        seen.add(told["identifier"])
    return found


def _weighed(told: Facts, origin: Origin | None, references: set[str], seen: set[str]) -> Coming:
    if not told["identifier"] or not told["titles"]:
        return Coming(told, "refused", faults=("nameless",))
    if told["identifier"] in seen:
        return Coming(told, "refused", faults=("twice",))
    if origin:
        changes = [name for name in CORE if _core(told)[name] != _core(origin.told)[name]]
        rest = origin.told != told
        return Coming(
            told, "changed" if changes or rest else "same", changes or (["beside"] if rest else []), origin.project
        )
    if _reference(told) in references:
        return Coming(told, "refused", faults=("ours",))
    return Coming(told, "new")


@transaction.atomic
def bring_projects(
    *, actor: Any, organisation: Organisation, coming: Iterable[Coming], digest: str, take_changes: bool
) -> dict[str, int]:
    """New ones become drafts; what changed is taken over only where that is wanted. How many of each."""
    counts = {"new": 0, "changed": 0}
    for each in coming:
        if each.kind == "new":
            _made(actor, organisation, each.told, digest)
        elif each.kind == "changed" and take_changes and each.project is not None:
            _renewed(actor, each.project, each.told, digest)
        else:
            continue
        counts[each.kind] += 1
    journal.record(actor=actor, verb="project.bring", about=organisation, facts=counts)
    return counts


def _made(actor: Any, organisation: Organisation, told: Facts, digest: str) -> None:
    facts = ProjectTold(
        reference=_reference(told), visibility="network", source=_source(told, digest), **_core(told),
        policy_markers=[each for each in told["markers"] if each["code"]],
    )  # fmt: skip
    project = make_project(actor=actor, organisation=organisation, told=facts)
    for what, rows in _beside(told).items():
        for row in rows:
            _noted(actor, project, what, row)
    _results(actor, project, told)
    Origin.objects.create(
        organisation=organisation, project=project, identifier=told["identifier"], publisher_ref=told["publisher"]["ref"],
        publisher_names=told["publisher"]["names"], digest=digest, told=told, brought_by=actor,
    )  # fmt: skip


def _renewed(actor: Any, given: Project, told: Facts, digest: str) -> None:
    """What the file says of the project now; what it no longer says stays until somebody takes it away."""
    project = Project.objects.get(pk=given.pk)
    facts = {
        name: getattr(project, name) for name in ProjectTold.__dataclass_fields__ if name not in ("subjects", "owners")
    }
    owners = [each for each in project.owners.split("/") if each]
    whole = ProjectTold(**{**facts, **_core(told), "source": _source(told, digest)}, subjects=project.subjects.all())
    change_project(actor=actor, project=project, told=whole, seen=project.changed_at)
    Project.objects.filter(pk=project.pk).update(owners=f"/{'/'.join(owners)}/" if owners else "")
    known = set(ProjectSector.objects.filter(project=project).values_list("vocabulary", "code"))
    for row in _beside(told)["sector"]:
        if (row["vocabulary"], row["code"]) not in known:
            _noted(actor, project, "sector", row)
    Origin.objects.filter(project=project).update(digest=digest, told=told, brought_by=actor, brought_at=timezone.now())


def _noted(actor: Any, project: Project, what: str, row: Facts) -> None:
    """A row beside it; what cannot be so is left out, as the check of the file has told already."""
    try:
        parts.note_part(actor=actor, project=project, what=what, told=row)
    except NotNow:
        return


def _core(told: Facts) -> dict[str, Any]:
    dates = told["dates"]
    held = {name: dict(told[name]) for name in ("titles", "abouts", "objectives")}
    return held | {name: dates.get(name, "") for name in CORE if name not in held}


def _reference(told: Facts) -> str:
    return str(told["identifier"])[:_LONGEST]


def _source(told: Facts, digest: str) -> str:
    publisher = told["publisher"]
    name = _first(publisher["names"]) or publisher["ref"]
    return f"{name} ({publisher['ref']}), {told['identifier']}, sha256 {digest[:16]}"[:300]


def _first(names: Mapping[str, str]) -> str:
    return next((names[lang] for lang in (*LANGUAGES, *names) if names.get(lang)), "")


def _beside(told: Facts) -> dict[str, list[dict[str, Any]]]:
    codes = {each["code"]: each["share"] for each in told["countries"]}
    units = AdminUnit.objects.filter(level="country", iso__in=codes)
    numbers = {each["ref"] for each in told["parties"] if each["ref"]}
    known = {
        row.value: row.party
        for row in PartyIdentifier.objects.filter(value__in=numbers, scheme__in=SCHEMES).select_related("party")
        if row.party.state == "listed"
    }
    return {
        "party": [
            {"party": known.get(each["ref"]), "name": "" if each["ref"] in known else (_first(each["names"]) or each["ref"])[:200], "role": each["role"]}
            for each in told["parties"]
            if each["role"] in ("1", "2", "3", "4") and (each["ref"] or each["names"])
        ],
        "place": [{"place": unit, "share": _per_cent(codes[unit.iso])} for unit in units],
        "sector": [
            {"vocabulary": each["vocabulary"], "code": each["code"], "names": each["names"], "share": _per_cent(each["share"])}
            for each in told["sectors"]
            if each["code"]
        ],
        "budget": [_budget(each) for each in told["budgets"] if len(each["currency"]) == 3],
        "paper": [
            {"titles": each["titles"], "url": each["url"], "language": each["language"]}
            for each in told["papers"]
            if each["url"].startswith(("https://", "http://")) and each["titles"]
        ],
    }  # fmt: skip


def _per_cent(number: str | None) -> Any:
    value = Decimal(number) if number else None
    return round(value, 2) if value is not None and 0 <= value <= 100 else None


def _budget(each: Facts) -> dict[str, Any]:
    day = dt.date.fromisoformat
    return {
        "starts_date": day(each["starts"]), "ends_date": day(each["ends"]), "amount": round(Decimal(each["amount"]), 2),
        "currency": each["currency"], "value_date": day(each["value_date"]), "is_revised": each["is_revised"], "is_committed": each["is_committed"],
    }  # fmt: skip


def _results(actor: Any, project: Project, told: Facts) -> None:
    """Results with their indicators; what they say was reached waits for somebody here who approves it."""
    of: dict[str, Any] = {"project": project, "organisation_id": project.organisation_id}
    for at, each in enumerate(told["results"], 1):
        result = Result.objects.create(
            **of, level=each["level"], number=str(at), titles=each["titles"], abouts=each["abouts"]
        )
        for below, said in enumerate(each["indicators"], 1):
            _indicator(actor, result, f"{at}.{below}", said, of)


def _indicator(actor: Any, result: Result, code: str, said: Facts, of: dict[str, Any]) -> None:
    names = ("titles", "measure", "direction", "baseline_value", "baseline_year")
    row = Indicator.objects.create(
        **of, result=result, code=code, aggregation="none", **{name: said[name] for name in names}
    )
    spans: set[tuple[str, str]] = set()
    for each in said["periods"]:
        if each["ends"] < each["starts"] or (each["starts"], each["ends"]) in spans:
            continue
        spans.add((each["starts"], each["ends"]))
        period = Period.objects.create(
            **of, indicator=row, starts_date=dt.date.fromisoformat(each["starts"]), ends_date=dt.date.fromisoformat(each["ends"])
        )  # fmt: skip
        Target.objects.bulk_create([Target(**of, period=period, **figure) for figure in each["targets"]])
        source: dict[str, Any] = {
            "source_kind": "document",
            "source_words": result.project.source[:300],
            "made_by": actor,
        }
        Actual.objects.bulk_create([Actual(**of, period=period, **figure, **source) for figure in each["actuals"]])
