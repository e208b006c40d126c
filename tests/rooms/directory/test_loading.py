"""The package's own knowledge in the database: whole, once, and again without a trace."""

from typing import Any

import pytest

from hamroh.accounts.policy import Refused
from hamroh.directory import actions, selectors
from hamroh.directory.models import AdminUnit, EmergencyRoute, HelpKind, Need, UnitAncestor, UnitName
from hamroh.kernel import gazetteer
from hamroh.kernel.datafiles import DataError
from hamroh.vault.models import JournalLine


@pytest.fixture
def places(db: None) -> None:
    actions.load_places()


def test_it_loads_every_unit_with_its_names(places: None) -> None:
    known = gazetteer.load()
    assert (AdminUnit.objects.count(), UnitName.objects.count()) == (
        len(known.units),
        sum(len(names) for names in known.names.values()),
    )


def test_it_knows_what_lies_in_what(places: None) -> None:
    above = selectors.units_above(actor=None, unit=AdminUnit.objects.get(key="tj-kt-bokhtar"))
    assert [unit.key for unit in above] == ["tj-kt-bokhtar", "tj-kt", "tj"]


def test_it_changes_nothing_when_run_again(places: None) -> None:
    names, lines = set(UnitName.objects.values_list("pk", flat=True)), JournalLine.objects.count()
    again = actions.load_places()
    assert (tuple(again), set(UnitName.objects.values_list("pk", flat=True)), JournalLine.objects.count()) == (
        (0, 0),
        names,
        lines,
    )


def test_it_brings_back_what_the_files_say(places: None) -> None:
    AdminUnit.objects.filter(key="tj-kt-bokhtar").update(level="town")
    UnitAncestor.objects.filter(unit__key="tj-kt-bokhtar", distance=2).delete()
    assert (actions.load_places().changed, UnitAncestor.objects.filter(unit__key="tj-kt-bokhtar").count()) == (1, 3)


def test_it_finds_a_place_by_its_neutral_number(places: None) -> None:
    unit = AdminUnit.objects.get(key="tj-kt-bokhtar")
    assert selectors.unit_by_code(actor=None, code=unit.code) == unit


def test_it_finds_a_place_by_an_old_name(places: None) -> None:
    found = selectors.units_found(actor=None, text="Курган-Тюбе")
    assert (found[0].unit.key, found[0].found.until) == ("tj-kt-bokhtar", 2018)


def test_it_loads_needs_only_after_the_words(places: None) -> None:
    with pytest.raises(DataError, match="load the vocabulary first"):
        actions.load_needs()


def test_it_loads_needs_and_kinds_of_help(places: None) -> None:
    from hamroh.thesaurus.actions import load_starter_vocabulary

    load_starter_vocabulary(actor=None)
    actions.load_needs()
    before = (HelpKind.objects.count(), Need.objects.count())
    actions.load_needs()
    assert min(before) > 5
    assert (HelpKind.objects.count(), Need.objects.count()) == before


def test_it_loads_emergency_routes_that_nobody_verified(places: None) -> None:
    made = actions.load_emergency_routes().created
    assert (made > 5, EmergencyRoute.objects.public().count()) == (True, 0)


def test_it_asks_for_a_new_check_when_a_number_changed(cast: Any, places: None) -> None:
    actions.load_emergency_routes()
    route = EmergencyRoute.objects.get(key="tj-police")
    actions.verify_emergency_route(actor=cast.zarina, route=route)
    EmergencyRoute.objects.filter(pk=route.pk).update(number="999")
    actions.load_emergency_routes()
    assert not EmergencyRoute.objects.public().exists()


def test_it_keeps_a_check_when_the_number_stayed(cast: Any, places: None) -> None:
    actions.load_emergency_routes()
    actions.verify_emergency_route(actor=cast.zarina, route=EmergencyRoute.objects.get(key="tj-police"))
    actions.load_emergency_routes()
    assert [route.key for route in EmergencyRoute.objects.public()] == ["tj-police"]


@pytest.mark.parametrize("load", [actions.load_places, actions.load_needs, actions.load_emergency_routes])
def test_it_lets_only_editors_load(cast: Any, load: Any) -> None:
    with pytest.raises(Refused):
        load(actor=cast.rustam)
