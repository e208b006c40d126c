"""What units use of the thesaurus: counted, listed, and another concept put in its place, as far as each may know and edit."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import archive_world as world
from hamroh.archive import actions as archive
from hamroh.archive.models import Segment, Unit
from hamroh.search.selectors import records_about
from hamroh.thesaurus import actions, usage
from hamroh.thesaurus.models import Concept, Layer, Scheme
from hamroh.vault.models import JournalLine

pytestmark = pytest.mark.django_db


def concept(key: str) -> Concept:
    return Concept.objects.select_related("scheme").get(key=key)


@pytest.fixture
def terms(cast: Any) -> Scheme:
    made = Scheme.objects.create(
        code="centre",
        uri="http://example.org/centre",
        titles={"en": "Words of the centre"},
        layer=Layer.ORGANISATION,
        maintainer=cast.centre,
    )
    for key in ("tent", "hut"):
        actions.add_concept(actor=cast.zarina, scheme=made, key=key, labels={"en": key})
    return made


def about(cast: Any, unit: Unit, *, parts: bool = False) -> None:
    """Let a unit, or the first part of its recording, be about tents."""
    if parts:
        unit.segments.first().concepts.add(concept("tent"))
        return
    archive.edit_unit(actor=cast.zarina, unit=unit, facts={"subjects": [concept("tent")]}, seen=unit.version)


def counted(actor: Any) -> int:
    return sum(usage.counts(actor=actor, concepts=[concept("tent").pk]).values())


def test_it_counts_a_unit_once_by_whole_and_parts(cast: Any, terms: Scheme) -> None:
    item = world.history(cast).item
    about(cast, item, parts=True)
    about(cast, item)
    assert usage.counts(actor=cast.zarina, concepts=[concept("tent").pk]) == {(concept("tent").pk, "archive"): 1}


@pytest.mark.parametrize(
    ("scopes", "told"), [(("catalogue",), 1), (None, 0)], ids=["in the catalogue", "nobody was asked"]
)
def test_it_tells_another_house_only_of_what_the_catalogue_shows(
    cast: Any, terms: Scheme, scopes: Any, told: int
) -> None:
    about(cast, world.history(cast, scopes).item)
    assert (counted(cast.zarina), counted(cast.aygun)) == (1, told)


def test_it_tells_nobody_else_what_a_part_of_a_recording_is_about(cast: Any, terms: Scheme) -> None:
    about(cast, world.history(cast).item, parts=True)
    assert (counted(cast.zarina), counted(cast.aygun)) == (1, 0)


def test_it_lists_a_unit_with_a_page_that_the_asker_may_open(cast: Any, terms: Scheme) -> None:
    item = world.history(cast).item
    about(cast, item)
    pages = [usage.uses(actor=who, concept=concept("tent"), lang="en")[0].address for who in (cast.zarina, cast.aygun)]
    assert [page.endswith(f"archive/{part}{item.code}/") for page, part in zip(pages, ("", "u/"), strict=True)] == [
        True,
        True,
    ]


def test_it_puts_another_concept_in_its_place(cast: Any, terms: Scheme) -> None:
    item = world.history(cast).item
    about(cast, item, parts=True)
    about(cast, item)
    before = JournalLine.objects.filter(verb="archive.edit").count()
    done = usage.replace(actor=cast.zarina, concept=concept("tent"), by=concept("hut"))
    found = [*item.subjects.values_list("key"), *Segment.objects.filter(unit=item).values_list("concepts__key")]
    assert (done.changed, {key for (key,) in found if key}) == (1, {"hut"})
    assert JournalLine.objects.filter(verb="archive.edit").count() == before + 1
    assert records_about(facet="subject", value="hut", language="en").total == 1


def test_it_changes_nothing_of_another_house(cast: Any, terms: Scheme) -> None:
    about(cast, world.history(cast).item)
    assert usage.replace(actor=cast.aygun, concept=concept("tent"), by=concept("hut")).changed == 0
    assert usage.mendable(actor=cast.aygun, concepts=[concept("tent").pk]) == {}


def test_it_asks_no_more_for_many_units_than_for_one(cast: Any, terms: Scheme) -> None:
    asked = []
    for _unit in range(2):
        about(cast, world.history(cast).item)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            counted(cast.aygun)
        asked.append(len(queries))
    assert asked[0] == asked[1]
