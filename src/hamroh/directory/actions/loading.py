"""Bringing the package's own knowledge into the database: places, kinds of help, needs, emergency routes.

Each can be run again and then changes only what the files changed. The installation itself calls them (``actor`` None).
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models, transaction

from hamroh.accounts import policy
from hamroh.directory.models import (
    AdminUnit,
    EmergencyRoute,
    HelpKind,
    Need,
    NeedConcept,
    UnitAncestor,
    UnitName,
)
from hamroh.kernel import gazetteer
from hamroh.kernel.datafiles import DataError, document
from hamroh.kernel.text import fold, sort_key
from hamroh.thesaurus.models import Concept
from hamroh.vault import journal

_BATCH = 500


class Loaded(NamedTuple):
    """How many records came and how many were changed."""

    created: int
    changed: int


@transaction.atomic
def load_places(*, actor: Any = None) -> Loaded:
    """Units, their names with years, and the closure of what lies in what; a unit once loaded is never removed."""
    _permit(actor)
    places = gazetteer.load()
    stored = {unit.key: unit for unit in AdminUnit.objects.all()}
    created, changed = [], []
    for unit in sorted(places.units.values(), key=lambda unit: len(places.ancestors(unit.id))):
        row = stored.get(unit.id) or AdminUnit(key=unit.id)
        values = _unit_values(places, unit, stored)
        if row._state.adding:  # noqa: SLF001 - Django's documented face of a model
            created.append(row)
        elif any(getattr(row, name) != value for name, value in values.items()):
            changed.append(row)
        for name, value in values.items():
            setattr(row, name, value)
        stored[unit.id] = row
    AdminUnit.objects.bulk_create(created, batch_size=_BATCH)
    if changed:
        AdminUnit.objects.bulk_update(changed, list(_unit_values(places, unit, stored)), batch_size=_BATCH)
    _load_names(places, stored)
    _load_closure(places, stored)
    return _journalled(actor, "directory.load_places", AdminUnit.objects.first(), Loaded(len(created), len(changed)))


def _unit_values(places: gazetteer.Gazetteer, unit: gazetteer.Unit, stored: dict[str, AdminUnit]) -> dict[str, Any]:
    latitude, longitude = unit.point or (None, None)
    return {
        "code": unit.code,
        "level": unit.level,
        "parent": stored[unit.parent] if unit.parent else None,
        "names": {name.lang: name.text for name in places.names[unit.id] if name.kind == "preferred"},
        "latitude": latitude,
        "longitude": longitude,
        "iso": unit.iso,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "certainty": unit.certainty,
    }


def _load_names(places: gazetteer.Gazetteer, stored: dict[str, AdminUnit]) -> None:
    rows = [
        UnitName(
            unit=stored[name.unit],
            lang=name.lang,
            kind=name.kind,
            text=name.text,
            folded=fold(name.text, name.lang),
            sort_key=sort_key(name.text, name.lang),
            from_year=name.from_year,
            to_year=name.to_year,
        )
        for names in places.names.values()
        for name in names
    ]
    _replace(UnitName, rows, ("unit_id", "lang", "kind", "text", "folded", "sort_key", "from_year", "to_year"), stored)


def _load_closure(places: gazetteer.Gazetteer, stored: dict[str, AdminUnit]) -> None:
    rows = [
        UnitAncestor(unit=stored[unit], ancestor=stored[above], distance=distance)
        for unit in places.units
        for distance, above in enumerate((unit, *places.ancestors(unit)))
    ]
    _replace(UnitAncestor, rows, ("unit_id", "ancestor_id", "distance"), stored)


def _replace(model: type[models.Model], rows: list[Any], fields: tuple[str, ...], stored: dict[str, AdminUnit]) -> None:
    """Make the rows of the loaded units equal to ``rows``, without a write when they are."""
    own = model._default_manager.filter(unit__in=[unit.pk for unit in stored.values()])  # noqa: SLF001
    wanted = {tuple(getattr(row, field) for field in fields) for row in rows}
    if set(own.values_list(*fields)) == wanted:
        return
    own.delete()
    model._default_manager.bulk_create(rows, batch_size=_BATCH)  # noqa: SLF001


@transaction.atomic
def load_needs(*, actor: Any = None) -> Loaded:
    """Kinds of help with their short labels, and the needs that lead to them; the vocabulary must be there before."""
    _permit(actor)
    kinds, needs = document("terms/services.yml")["services"], document("terms/needs.yml")["needs"]
    concepts = _concepts([kind["concept"] for kind in kinds] + [key for need in needs for key in _keys(need)])
    before = HelpKind.objects.count() + Need.objects.count()
    for rank, kind in enumerate(kinds):
        labels = {"labels": kind["label"], "rank": rank}
        HelpKind.objects.update_or_create(concept=concepts[kind["concept"]], defaults=labels)
    for rank, need in enumerate(needs):
        _load_need(need, rank, concepts)
    after = HelpKind.objects.count() + Need.objects.count()
    return _journalled(actor, "directory.load_needs", Need.objects.first(), Loaded(after - before, before))


def _load_need(need: dict[str, Any], rank: int, concepts: dict[str, Concept]) -> None:
    values = {
        "sentences": need["sentence"],
        "neutral_titles": need["heading"],
        "crisis_first": need["crisis_first"],
        "rank": rank,
    }
    row, _made = Need.objects.update_or_create(code=need["code"], defaults=values)
    row.about.set([concepts[key] for key in need["about"]])
    row.leads_to.all().delete()
    NeedConcept.objects.bulk_create(
        NeedConcept(need=row, concept=concepts[key], weight=weight) for key, weight in need["services"].items()
    )


def _keys(need: dict[str, Any]) -> Iterable[str]:
    return [*need["about"], *need["services"]]


def _concepts(keys: Iterable[str]) -> dict[str, Concept]:
    found = {concept.key: concept for concept in Concept.objects.filter(key__in=set(keys))}
    if missing := sorted(set(keys) - set(found)):
        raise DataError(f"the thesaurus lacks {', '.join(missing)}: load the vocabulary first")
    return found


@transaction.atomic
def load_emergency_routes(*, actor: Any = None) -> Loaded:
    """Numbers for danger now; each stays unseen until an editor verifies it, and again if its number changes."""
    _permit(actor)
    content = document("places/emergency.yml")
    stored = {route.key: route for route in EmergencyRoute.objects.all()}
    units = {unit.key: unit for unit in AdminUnit.objects.filter(level="country")}
    created = changed = 0
    for entry in content["routes"]:
        values = _route_values(entry, units, content["kinds"])
        row = stored.get(entry["key"])
        if row is None:
            EmergencyRoute.objects.create(key=entry["key"], **values)
            created += 1
        elif any(getattr(row, name) != value for name, value in values.items()):
            unchecked = {"verified_date": None, "verified_by": None} if row.number != values["number"] else {}
            EmergencyRoute.objects.filter(pk=row.pk).update(**values, **unchecked)
            changed += 1
    about = EmergencyRoute.objects.first()
    return _journalled(actor, "directory.load_emergency_routes", about, Loaded(created, changed))


def _route_values(entry: dict[str, Any], units: dict[str, AdminUnit], kinds: dict[str, Any]) -> dict[str, Any]:
    plain = {name: entry[name] for name in ("kind", "number", "rank", "certainty", "source")}
    return plain | {"country": units[entry["country"]], "names": kinds[entry["kind"]]}


def _permit(actor: Any) -> None:
    if actor is not None:
        policy.require(actor, "directory.import")


def _journalled(actor: Any, verb: str, about: models.Model | None, loaded: Loaded) -> Loaded:
    if about is not None and any(loaded):
        journal.record(actor=actor, verb=verb, about=about, facts=loaded._asdict())
    return loaded
