"""Published figures of three sorts: the printed profile, a small profile full of traps, a release of an open source; a draft beside them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from evidence_world import Analysts, analysts, printed_edition
from hamroh.evidence.actions.recording import dates, series_of
from hamroh.evidence.models import Edition, Erratum, ImportBatch, Indicator, Observation, Source, Vintage

CANARY = "123456789"
LATER = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Public:
    """``printed`` is the profile of 2008, ``hostile`` a table whose words would run in a spreadsheet, ``draft`` is nobody's to read."""

    people: Analysts
    printed: Edition
    hostile: Edition
    draft: Edition


@pytest.fixture(scope="module")
def public(django_db_setup: None, django_db_blocker: Any) -> Iterator[Public]:
    """Made once a module; everything is rolled back when it ends."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = _people()
        printed = frozen(printed_edition(people))
        made = Public(people, printed, frozen(_hostile(people)), _draft(people))
        _release(people, made.hostile)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def client(db: None, public: Public) -> Client:
    return Client()


def _people() -> Analysts:
    from hamroh.accounts.models import Organisation

    centre = Organisation.objects.create(code="centre", names={"en": "Migrant Support Centre"}, country="tj")
    gender = Organisation.objects.create(code="gender", names={"en": "Gender Centre"}, country="az")
    return analysts(SimpleNamespace(centre=centre, gender_centre=gender))


def frozen(edition: Edition) -> Edition:
    """The edition as publication leaves it."""
    from hamroh.evidence.models import FrozenEdition
    from hamroh.evidence.presenting.manifest import canonical, digest, manifest

    content = canonical(manifest(edition))
    FrozenEdition.objects.create(edition=edition, manifest=content, digest=digest(content))
    Edition.objects.filter(pk=edition.pk).update(state="published")
    return Edition.objects.get(pk=edition.pk)


def _edition(people: Analysts, key: str, area: str) -> Edition:
    from hamroh.evidence.models import Profile, Template

    profile = Profile.objects.create(area=area, key=key, names={"en": key}, maintainer=people.centre)
    return Edition.objects.create(
        profile=profile, organisation=people.centre, template=Template.objects.get(), label="2026", titles={"en": "=1+1"}
    )  # fmt: skip


def _hostile(people: Analysts) -> Edition:
    from hamroh.evidence.actions import load_profile
    from hamroh.evidence.models import Edition as Editions

    made = _edition(people, "tajikistan", "TJK")
    data = {
        "area": "TJK", "date": "2026", "titles": {"en": "=1+1"},
        "sources": {"sheet": {"title": '=HYPERLINK("//x","y")', "kind": "publication", "issued": "2025", "publisher": "A }{ B_%&\nTY  - BOOK"}},
        "tables": {"T1": {
            "title": "@SUM(A1)", "section": "1.1", "concept": "immigrants", "columns": ["2024"], "time": "columns", "nil": "..",
            "rows_are": "origin", "source": "sheet",
            "rows": [
                {"label": "+cmd|' /C calc'!A0", "role": "item", "cells": ["7"]}, {"label": "-2+3", "role": "item", "cells": [".."]},
                {"label": 'Other, "others"', "role": "rest", "cells": ["-1,234"]},
            ],
        }},
    }  # fmt: skip
    profile, template = made.profile, made.template
    Editions.objects.filter(pk=made.pk).delete()
    return load_profile(
        actor=people.nigina, profile=profile, template=template, label="2026", data=data, prefix="tjk26"
    )


def _draft(people: Analysts) -> Edition:
    """A draft with a figure and a table of its own."""
    from hamroh.evidence.actions import record_observation
    from hamroh.evidence.models import Block

    draft = _edition(people, "georgia", "GEO")
    facts = {
        "indicator": Indicator.objects.get(code="idps"),
        "vintage": Vintage.objects.get(source__key="statistics-2007"),
    }
    record_observation(
        actor=people.nigina,
        area="GEO",
        period="2006",
        code="secret-idps",
        value=Decimal(CANARY),
        locator=CANARY,
        **facts,
    )
    Block.objects.create(edition=draft, key="F1", section="6.7", kind="figure", content={"obs": "secret-idps"})
    return draft


def _release(people: Analysts, public_edition: Edition) -> None:
    """What imports brought: a release of an open source, and a letter that came as a file, which makes nothing public. Beside the release
    one figure that a published erratum puts in the place of another, and one that somebody typed in and no edition shows."""
    early = LATER - dt.timedelta(days=700)
    _brought_in(people, "un-desa", "database", (("AZE", "2010", 276_901), ("TJK", "2010", 279_808)), early)
    _brought_in(people, "letter", "letter", (("TJK", "2011", int(CANARY)),), early)
    old = Observation.objects.get(code="un-desa-TJK")
    new = _figure(old.series, "2010", 280_444, "un-desa-TJK-2", timezone.now(), supersedes=old, locator="corrected")
    Erratum.objects.create(edition=public_edition, observation=new, texts={"en": "It was counted anew."})
    _figure(old.series, "2012", int(CANARY), "secret-typed-in", timezone.now())


def _brought_in(people: Analysts, key: str, kind: str, values: Any, at: dt.datetime) -> None:
    source = Source.objects.create(key=key, title=key.upper(), kind=kind, licence="CC BY 4.0", issued="2020")
    vintage = Vintage.objects.create(source=source, label="2020 revision", file_digest="0" * 64)
    for area, period, value in values:
        series = series_of(Indicator.objects.get(code="migrant_stock"), vintage, area, {})
        _figure(series, period, value, f"{key}-{area}", at)
    made = at + dt.timedelta(seconds=5)
    ImportBatch.objects.create(organisation=people.centre, vintage=vintage, digest="0" * 64, made_at=made)


def _figure(series: Any, period: str, value: int, code: str, at: dt.datetime, **more: Any) -> Any:
    source = series.vintage.source
    return Observation.objects.create(
        series=series, value=Decimal(value), source=source, code=code, recorded_at=at, **dates(period), **more
    )
