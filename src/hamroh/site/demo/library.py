"""The library of the demonstration: laws that the founding documents and the rule packs name, a special issue, a course, a teaching set."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.accounts.models import User
from hamroh.directory.models import AdminUnit
from hamroh.kernel import datafiles
from hamroh.kernel.law import load
from hamroh.library import actions
from hamroh.library.actions import (
    ActFacts,
    BoundFacts,
    ContributorFacts,
    LinkFacts,
    RecordFacts,
)
from hamroh.library.models import Record
from hamroh.library.selectors import suggested_subjects
from hamroh.site.demo.documents import editor_of

LAWS, WRITTEN = "demo/library.csv", "demo/library.yml"
#: acts of the rule packs that are releases of figures, not laws
_NO_LAWS = ("statistics", "wage_order")
_COUNTRIES = ("tj", "az")
_TAKEN = 3  # subjects that an editor would have taken from what the machine found


def load_library(editors: dict[str, User], tick: Callable[[], None]) -> None:
    """Bring everything in as an editor would; what is there already is left alone."""
    told = datafiles.document(WRITTEN)
    with policy.remembered(), transaction.atomic():
        for key, country, facts in [*_laws(told), *_acts(told)]:
            _keep(editor_of(editors, country), key, facts)
            tick()
        _load_issue(editor_of(editors, "tj"), told)
        _load_teaching(editor_of(editors, "tj"), told)
    tick()


def count() -> int:
    """How often `load_library` ticks."""
    told = datafiles.document(WRITTEN)
    return len([*_laws(told), *_acts(told)]) + 1


def _keep(editor: User, key: str, facts: RecordFacts) -> Record:
    """The record under this key, published; its subjects are those that its own words name."""
    found = Record.objects.filter(source__key=key).first()
    if found is not None:
        return found
    record = actions.keep_record(actor=editor, facts=facts)
    for each in suggested_subjects(record, "en", _TAKEN):
        actions.add_subject(actor=editor, record=record, concept=each.concept, suggested=True)
    return actions.publish_record(actor=editor, record=record)


def _laws(told: Mapping[str, Any]) -> Iterator[tuple[str, str, RecordFacts]]:
    """Laws and international documents as the founding documents name them."""
    for row in datafiles.rows(LAWS):
        act = ActFacts(
            country=row["country"], number=row["number"], adopted=row["adopted"], status=row["status"], status_date=row["as_of"],
            certainty=row["certainty"], parties=_bound(told, row["key"]),
        )  # fmt: skip
        source = {
            "key": row["key"],
            "title": told["sources"][row["source"]],
            "locator": row["locator"],
            "certainty": row["certainty"],
        }
        yield (
            row["key"],
            row["country"],
            RecordFacts(kind=row["kind"], titles=_titles(row), date=row["adopted"], source=source, act=act),
        )


def _bound(told: Mapping[str, Any], key: str) -> tuple[BoundFacts, ...]:
    return tuple(BoundFacts(country=country) for country, keys in told["bound"].items() if key in keys)


def _titles(row: Mapping[str, str]) -> dict[str, str]:
    return {lang: row[lang] for lang in ("en", "az", "ru", "tg")}


def _acts(told: Mapping[str, Any]) -> Iterator[tuple[str, str, RecordFacts]]:
    """The acts that the rule packs of both countries cite; their rules then stand on the act's page."""
    acts = {rule.act.code: (rule.pack, rule.act) for rule in load().rules.values()}
    for code, (pack, act) in sorted(acts.items()):
        if pack not in _COUNTRIES or code.endswith(_NO_LAWS):
            continue
        adopted = str(act.date or "")
        legal = ActFacts(country=pack, number=act.number or "", adopted=adopted, law=code)
        source = {"key": code, "title": told["sources"]["packs"], "locator": code, "certainty": "C"}
        yield code, pack, RecordFacts(kind="law", titles=dict(act.titles), date=adopted, source=source, act=legal)


def _load_issue(editor: User, told: Mapping[str, Any]) -> None:
    """A series, an issue in it, two articles, and the copies that went to the regions."""
    series = _keep(editor, "series", RecordFacts(kind="series", source=_source("series"), **told["series"]))
    written = told["issue"]
    issue = _keep(editor, "issue", RecordFacts(
        kind="issue", titles=written["titles"], abstracts=written["abstracts"], date=str(written["date"]), part_of=series.code,
        details={"number": written["number"]}, languages=("tg", "az"), licence="CC BY 4.0", source=_source("issue"),
    ))  # fmt: skip
    for number, one in enumerate(told["articles"], start=1):
        key = "article" if number == 1 else f"article-{number}"
        _keep(editor, key, RecordFacts(
            kind="article", titles=one["titles"], abstracts=one["abstracts"], date=str(written["date"]), part_of=issue.code,
            details={"pages": str(one["pages"])}, contributors=(ContributorFacts(names=one["author"], is_body=True),), source=_source(key),
        ))  # fmt: skip
    if not issue.distributions.exists():
        for parcel in told["copies"]:
            _hand_out(editor, issue, parcel)


def _hand_out(editor: User, issue: Record, parcel: Mapping[str, Any]) -> None:
    unit, day = AdminUnit.objects.get(key=parcel["unit"]), dt.date.fromisoformat(str(parcel["day"]))
    actions.record_copies(
        actor=editor, record=issue, unit=unit, on_date=day, copies=parcel["copies"], language=parcel["language"]
    )


def _load_teaching(editor: User, told: Mapping[str, Any]) -> None:
    """A course, and a set of things to teach with, in their order."""
    course = told["course"]
    _keep(editor, "course", RecordFacts(
        kind="course", titles=course["titles"], abstracts=course["abstracts"], details={"hours": course["hours"]}, source=_source("course")
    ))  # fmt: skip
    made = told["teaching_set"]
    codes = dict(Record.objects.filter(source__key__in=made["items"]).values_list("source__key", "code"))
    links = tuple(LinkFacts(kind="teaches", target=codes[key]) for key in made["items"] if key in codes)
    facts = RecordFacts(
        kind="teaching_set",
        titles=made["titles"],
        abstracts=made["abstracts"],
        links=links,
        source=_source("teaching_set"),
    )
    _keep(editor, "teaching_set", facts)


def _source(key: str) -> dict[str, str]:
    return {"key": key, "title": "Written for the demonstration", "certainty": "C"}
