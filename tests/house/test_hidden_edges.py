"""Edges between rooms that no import shows: foreign keys, templates, signals, doors."""

import re
from pathlib import Path

import grimp
from django.db import models
from django.test.utils import isolate_apps
from floors import ROOT, heights, own_models, own_templates, upward_keys, upward_templates

DOORS = {"models", "selectors", "actions", "states"}
FURTHER_DOORS = {
    "vault": {"anchors", "chain", "once", "sealer", "verifying", "journal", "pools", "attachments"}
    | {
        "decisions",
        "errors",
        "handing",
        "lines",
        "fields",
        "files",
        "intake",
        "keyring",
        "members",
        "opening",
        "certificates",
        "papers",
        "erasure",
        "retention",
        "rules",
        "sealing",
        "values",
    },
    "accounts": {
        "policy",
        "guarded",
        "records",
        "recency",
        "factors",
        "limits",
        "rowsecurity",
        "workplace",
        "zones",
        "sealing",
        "devices",
        "deskpages",
    },
    "search": {"documents"},
    "thesaurus": {"usage"},
    "directory": {"finder_codes", "exchange", "forms"},
    "cases": {
        "panels",
        "boards",
        "figuresets",
        "forms",
        "likeness",
        "naming",
        "parcels",
        "printing",
        "sheets",
        "story",
        "workbooks",
    },
    "library": {"exchange"},
    "tracing": {"halves", "reading", "weekly"},
    "evidence": {"areas", "incoming", "charts"},
    "fieldwork": {"outcomes", "shutforms"},
    "emergencies": {"words"},
    "statistics": {"boards", "drawings", "facts", "quarters", "released", "wishes"},
    "projects": {"reports"},
    "bulletins": {"tokens"},
}
#: what libraries tell in no other way: that a connection was made, that a task ended
OF_LIBRARIES = {"accounts/apps.py", "site/retrying.py"}
#: site composes: it may include a room's urls, api and exchange, and web is everybody's ground
FREE = {"site", "web", "kernel"}
COMPOSED = {"urls", "api", "exchange", "tasks", "finder_urls", "desk_urls", "views"}


def test_it_has_no_upward_foreign_key() -> None:
    assert list(upward_keys(own_models())) == []


@isolate_apps("hamroh.search")
def test_it_names_a_planted_upward_foreign_key() -> None:
    class Planted(models.Model):
        party = models.ForeignKey("directory.Party", on_delete=models.CASCADE)

        class Meta:
            app_label = "search"

    from hamroh.directory.models import Party

    Planted.__module__ = "hamroh.search.models"
    Planted._meta.get_field("party").remote_field.model = Party
    assert list(upward_keys([Planted])) == ["Planted.party -> directory.Party"]


def test_it_has_no_template_that_reaches_up() -> None:
    assert list(upward_templates(own_templates())) == []


def test_it_names_a_planted_template_that_reaches_up() -> None:
    planted = [("web", "web/planted.html", '{% include "directory/_card.html" %}{% url "search:results" %}')]
    assert len(list(upward_templates(planted))) == 2


def test_it_uses_no_signals_for_control_flow() -> None:
    receiver = re.compile(r"^\s*@receiver|(?:pre|post)_\w+\.connect\(|signals? import", re.MULTILINE)
    package = ROOT / "src" / "hamroh"
    rooms = [path for path in package.rglob("*.py") if path.relative_to(package).parts[0] not in ("web", "vault")]
    found = {
        path.relative_to(package).as_posix() for path in rooms if receiver.search(path.read_text(encoding="utf-8"))
    }
    assert found == OF_LIBRARIES


def test_it_enters_other_rooms_only_by_their_doors() -> None:
    graph = grimp.build_graph("hamroh")
    wrong = []
    for module in graph.modules - graph.find_descendants("hamroh.site.benches"):
        own = module.split(".")[1:2]
        for other in graph.find_modules_directly_imported_by(module):
            if not _may_enter(own[0] if own else "", other.split(".")[1:]):
                wrong.append(f"{module} -> {other}")
    assert wrong == []


def _may_enter(own: str, other: list[str]) -> bool:
    room, door = other[0] if other else "", other[1] if len(other) > 1 else ""
    if room in (own, "") or room in FREE or room == "data" or not door:
        return True
    allowed = DOORS | FURTHER_DOORS.get(room, set()) | (COMPOSED if own == "site" else set())
    return door in allowed


def test_it_places_every_room_on_a_floor() -> None:
    package = Path(ROOT / "src" / "hamroh")
    rooms = {path.parent.name for path in package.glob("*/apps.py")}
    assert rooms <= set(heights())
