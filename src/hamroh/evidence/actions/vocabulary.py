"""Concepts and indicators as data: what the vocabulary of figures says is what the database has."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from hamroh.evidence.models import AreaGroup, Concept, Indicator
from hamroh.kernel.datafiles import document, rows

VOCABULARY = "profile/concepts.yml"
NAMES = "profile/concept-names.csv"
INDICATORS = "profile/indicators.csv"
LANGS = ("en", "az", "ru", "tg")
_PLAIN = ("kind", "unit", "signed", "timeless", "part_of", "share", "per", "balance", "mirror", "names", "definitions", "codes")  # fmt: skip


@transaction.atomic
def load_vocabulary(said: Mapping[str, Any] | None = None) -> dict[str, Indicator]:
    """Bring concepts, indicators and groups of countries up to the vocabulary; the indicators by their codes, a concept's own by its key."""
    said = said or document(VOCABULARY)
    _load_concepts(said.get("concepts", {}))
    concepts = {each.key: each for each in Concept.objects.all()}
    _load_indicators([*_own(concepts), *_measured(concepts)])
    for key, members in said.get("groups", {}).items():
        AreaGroup.objects.update_or_create(key=key, version="1", defaults={"members": sorted(members)})
    return {each.code: each for each in Indicator.objects.select_related("concept")}


def _load_concepts(said: Mapping[str, Mapping[str, Any]]) -> None:
    """Make what is new and change what is told otherwise, in two queries."""
    held, names = {each.key: each for each in Concept.objects.all()}, _names()
    made, changed = list[Concept](), list[Concept]()
    for key, facts in said.items():
        told = {name: value for name, value in {**names.get(key, {}), **facts}.items() if name in _PLAIN}
        concept = held.get(key) or Concept(key=key)
        if any(getattr(concept, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(concept, name, value)
            (changed if key in held else made).append(concept)
    Concept.objects.bulk_create(made)
    if changed:
        Concept.objects.bulk_update(changed, _PLAIN)


def _names() -> dict[str, dict[str, dict[str, str]]]:
    """Names and definitions of concepts by their keys, as columns of ``Concept``."""
    told: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in rows(NAMES):
        told[row["concept"]][f"{row['of']}s"] = {lang: row[lang] for lang in LANGS}
    return told


def _load_indicators(wanted: list[Indicator]) -> None:
    held = {each.code: each for each in Indicator.objects.all()}
    Indicator.objects.bulk_create(each for each in wanted if each.code not in held)
    changed = []
    for each in wanted:
        was = held.get(each.code)
        if was and (was.names, was.definitions) != (each.names, each.definitions):
            was.names, was.definitions = each.names, each.definitions
            changed.append(was)
    if changed:
        Indicator.objects.bulk_update(changed, ["names", "definitions"])


def _own(concepts: Mapping[str, Concept]) -> Iterator[Indicator]:
    """Every concept measured as whoever is cited measured it."""
    for key, each in concepts.items():
        yield Indicator(code=key, concept=each, names=each.names, definitions=each.definitions, unit=each.unit)


def _measured(concepts: Mapping[str, Concept]) -> Iterator[Indicator]:
    """The series of databases, by their own codes."""
    for row in rows(INDICATORS):
        if row["concept"] in concepts:
            notes = {lang: row[f"note_{lang}"] for lang in LANGS if row[f"note_{lang}"]}
            yield Indicator(
                code=row["code"], concept=concepts[row["concept"]], unit=row["unit"], multiplier=int(row["multiplier"]),
                names={lang: row[lang] for lang in LANGS}, definitions=notes,
            )  # fmt: skip
