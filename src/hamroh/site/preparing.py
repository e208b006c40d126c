"""Making a home ready: database, static files, knowledge, and in a demonstration its entries."""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from tqdm import tqdm

DATA = Path(__file__).resolve().parent.parent / "data"


def prepare(*, demo: bool) -> None:
    """Bring a home up to date; what is already there is left alone."""
    django.setup()
    from django.conf import settings

    stamp = Stamp(settings.HOME.path / "prepared.json")
    steps: list[tuple[str, Callable[[], None], str]] = [
        ("database", _migrate, stamp.of("*/migrations/*.py")),
        ("static files", _collect_static, stamp.of("*/static/**/*")),
        ("places, words and needs", load_knowledge, stamp.of("data/places/*", "data/terms/*")),
        (
            "what figures count",
            load_measures,
            stamp.of("data/profile/concept*", "data/profile/indicators.csv", "data/profile/template*"),
        ),
    ]
    if demo:
        entries = stamp.of("data/demo/*", "data/profile/*", "site/demo/*.py")
        steps.append(("entries of the demonstration", _load_demo, entries))
    for name, step, print_ in steps:
        if not stamp.is_done(name, print_):
            print(f"hamroh: preparing the {name}", file=sys.stderr)
            step()
            stamp.done(name, print_)


class Stamp:
    """Remembers in the home which steps were done with which files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, str] = json.loads(path.read_text(encoding="ascii")) if path.exists() else {}

    def of(self, *patterns: str) -> str:
        """A fingerprint of the package's files by name and content."""
        digest = hashlib.sha256()
        package = DATA.parent
        for path in sorted(path for pattern in patterns for path in package.glob(pattern) if path.is_file()):
            digest.update(str(path.relative_to(package)).encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def is_done(self, name: str, fingerprint: str) -> bool:
        return self.known.get(name) == fingerprint

    def done(self, name: str, fingerprint: str) -> None:
        self.known[name] = fingerprint
        self.path.write_text(json.dumps(self.known), encoding="ascii")


def _migrate() -> None:
    from django.core.management import call_command

    from hamroh.web.tables import models_known

    with models_known():
        call_command("migrate", verbosity=0, interactive=False)


#: files of libraries whose screens nobody opens here
_NO_SCREENS = ["rest_framework", "treebeard", "django_filters"]


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False, clear=False, ignore_patterns=_NO_SCREENS)


def load_knowledge() -> None:
    from hamroh.directory import actions as directory
    from hamroh.thesaurus import actions as thesaurus
    from hamroh.thesaurus import tasks

    with _progress("knowledge", 4) as tick:
        for load in (
            directory.load_places,
            thesaurus.load_starter_vocabulary,
            directory.load_needs,
            directory.load_emergency_routes,
        ):
            load(actor=None)
            tick()
    tasks.index_scheme.enqueue("hamroh")  # a worker does it while pages are served


def load_measures() -> None:
    """What figures count, by whom it is published under which code, and what a profile of a country consists of."""
    from hamroh.evidence import actions

    actions.load_vocabulary()
    actions.load_template()


def _load_demo() -> None:
    from hamroh.site.demo import (
        campaign,
        emergency,
        exchanges,
        families,
        figures,
        groups,
        hidden,
        library,
        meetings,
        partners,
        releases,
        searches,
        terms,
        training,
        violence,
        voices,
        workshops,
    )
    from hamroh.site.demo.documents import load_documents
    from hamroh.site.demo.invented import load_invented
    from hamroh.site.demo.pages import load_pages
    from hamroh.site.demo.people import load_people
    from hamroh.site.demo.routes import verify_routes

    editors = load_people()
    with _progress("entries", 173 + 72 + 40) as tick:
        load_documents(editors, tick)
        load_invented(editors, tick)
    verify_routes(editors)
    terms.load_terms(editors)
    with _progress("families", families.count()) as tick:
        families.load_families(tick)
    with _progress("library", library.count()) as tick:
        library.load_library(editors, tick)
    with _progress("searches", searches.count()) as tick:
        searches.load_searches(tick)
    with _progress("work in the field", campaign.count()) as tick:
        campaign.load_campaign(tick)
    partners.load_partners()
    exchanges.load_exchanges()
    hidden.load_hidden()
    violence.load_violence()
    with _progress("profiles", figures.count()) as tick:
        figures.load_figures(tick)
    releases.load_releases()
    load_pages()
    voices.load_voices()
    emergency.load_emergency()
    with _progress("training", training.count()) as tick:
        training.load_training(tick)
    workshops.load_workshops()
    groups.load_groups()
    meetings.load_meetings()
    _load_what_is_told()


def _load_what_is_told() -> None:
    """What answers for the work: a table that left, projects, reports to donors, the bulletin."""
    from hamroh.site.demo import bulletin, donors, letout, projects

    letout.load_table()
    with _progress("projects", projects.count()) as tick:
        projects.load_projects(tick)
    donors.load_reports()
    bulletin.load_bulletin()


@contextmanager
def _progress(name: str, total: int) -> Iterator[Callable[[], None]]:
    with tqdm(total=total, desc=f"hamroh: {name}", unit="", file=sys.stderr, leave=False, disable=None) as bar:
        yield lambda: bar.update(1) and None
