"""Profiles of the demonstration: one as it was printed in 2008, one that is being written and reviewed, and a few figures of ten countries around."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.evidence import actions
from hamroh.evidence.actions import loading, publishing, reviewing
from hamroh.evidence.actions.templates import load_template
from hamroh.evidence.areas import area_name
from hamroh.evidence.models import Edition, Profile, Template
from hamroh.kernel.datafiles import document, rows

FILE = "demo/figures.yml"
REGION = "profile/region-2021.csv"
LANGS = ("en", "az", "ru", "tg")
#: databases print money in millions of dollars
_IN_MILLIONS = frozenset({"remittances_in", "gdp"})


def load_figures(tick: Callable[[], None]) -> None:
    """Load, answer, review and publish through the room's own actions; where profiles are already, nothing is done."""
    if Profile.objects.exists():
        return
    told = document(FILE)
    desk = Desk(told)
    with policy.remembered(), transaction.atomic():
        # what is published later is indexed with all that was before it: the small ones first
        for area, figures in _by_area().items():
            _load_few(desk, told["region"], area, figures)
            tick()
        for profile in told["profiles"]:
            _load(desk, profile)
            tick()


def count() -> int:
    """How many profiles there are."""
    return len(document(FILE)["profiles"]) + len(_by_area())


class Desk:
    """Who writes profiles, who publishes them, for which organisation."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.organisation = Organisation.objects.get(code=told["organisation"])
        self.analyst, self.manager = (User.objects.get(username=told[who]) for who in ("analyst", "manager"))
        self.template: Template = load_template()

    def opened(self, area: str, key: str) -> Profile:
        names = {lang: area_name(area, lang) for lang in LANGS}
        return loading.open_profile(actor=self.analyst, organisation=self.organisation, area=area, key=key, names=names)

    def loaded(self, profile: Profile, **told: Any) -> Edition:
        return actions.load_profile(actor=self.analyst, profile=profile, template=self.template, **told)

    def published(self, edition: Edition) -> None:
        """Approved by one, published by another."""
        publishing.publish(actor=self.manager, edition=publishing.approve(actor=self.analyst, edition=edition))


def _load(desk: Desk, told: Mapping[str, Any]) -> None:
    data = document(told["data"])
    texts, around = (document(told[name]) if told.get(name) else data for name in ("texts", "around"))
    edition = desk.loaded(
        desk.opened(data["area"], told["key"]), label=told["label"], prefix=told["prefix"], data=data,
        texts=texts if told.get("texts") else None, around=around.get("blocks", ()), printed_in=told.get("printed_in", ""),
    )  # fmt: skip
    loading.load_choices(actor=desk.analyst, told=around.get("choices", ()))
    loading.load_answers(actor=desk.analyst, edition=edition, told=around.get("answers", ()))
    if "review" in told:
        _review(desk, edition, told["review"])
    else:
        desk.published(edition)


def _review(desk: Desk, edition: Edition, told: Mapping[str, Any]) -> None:
    """A round that somebody from elsewhere was asked to, with what was said so far."""
    until = timezone.localdate() + dt.timedelta(days=told["days"])
    held = reviewing.open_round(actor=desk.analyst, edition=edition, deadline_date=until, asks=told["asks"])
    for each in told["asked"]:
        organisation = Organisation.objects.get(code=each["organisation"])
        reviewing.ask(
            actor=desk.analyst, round=held, username=each["who"], organisation=organisation, role=each["role"]
        )
    for each in told["comments"]:
        who = User.objects.get(username=each["who"])
        said = reviewing.comment(actor=who, edition=edition, text=each["text"], block_key=each.get("block", ""))
        if "answer" in each:
            reviewing.comment(actor=desk.analyst, edition=edition, text=each["answer"], parent=said)


# -- a few figures of many countries ----------------------------------------------------------------------------------


def _by_area() -> dict[str, list[dict[str, str]]]:
    found = defaultdict[str, list[dict[str, str]]](list)
    for row in rows(REGION):
        found[row["area"]].append(row)
    return dict(found)


def _load_few(desk: Desk, told: Mapping[str, Any], area: str, figures: list[dict[str, str]]) -> None:
    key = slugify(area_name(area, "en"))
    titles = {lang: f"{area_name(area, lang)}: {told['titles'][lang]}" for lang in LANGS}
    data = {
        "area": area, "date": told["date"], "as_of": told["as_of"], "titles": titles, "languages": list(LANGS), "sources": told["sources"],
        "tables": {
            table["id"]: _table(table, [row for row in figures if row["concept"] == table["concept"]])
            for table in told["tables"]
        },
        "figures": [_single(row, told["slots"]) for row in figures if row["concept"] not in _IN_MILLIONS],
    }  # fmt: skip
    edition = desk.loaded(
        desk.opened(area, key), label=told["label"], prefix=f"{area.lower()}{told['label'][2:]}", data=data
    )
    desk.published(edition)


def _single(row: Mapping[str, str], slots: Mapping[str, Any]) -> dict[str, Any]:
    section, slot = slots[row["concept"]]
    return {
        "id": row["concept"].replace("_", "-"), "concept": row["concept"], "period": row["period"], "printed": row["printed"],
        "value": row["printed"].replace(",", ""), "source": row["source"], "section": section, "slot": slot,
    }  # fmt: skip


def _table(table: Mapping[str, Any], figures: list[dict[str, str]]) -> dict[str, Any]:
    return {
        **{name: value for name, value in table.items() if name != "id"},
        "title": table["titles"]["en"], "rows_are": "period", "time": "rows", "thousands": 6, "columns": ["USD"], "source": figures[0]["source"],
        "column_labels": [table["titles"]], "rows": [{"label": row["period"], "cells": [row["printed"]]} for row in figures],
    }  # fmt: skip
