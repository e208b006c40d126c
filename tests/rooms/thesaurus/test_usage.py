"""Records that use concepts: counted, listed, and another concept put in the place of one that is out of use."""

import pytest

from hamroh.directory import actions as directory
from hamroh.directory.actions import PartyFacts
from hamroh.directory.models import Party
from hamroh.directory.selectors.facts import party_facts
from hamroh.search.selectors import records_about
from hamroh.thesaurus import actions, usage
from hamroh.thesaurus.models import Concept
from hamroh.vault.models import JournalLine


def concept(key):
    return Concept.objects.select_related("scheme").get(key=key)


@pytest.fixture
def split(own, cast):
    """Two terms of the centre; three organisations are described by the first, one of them another's."""
    for key in ("tent", "hut"):
        actions.add_concept(actor=cast.zarina, scheme=own, key=key, labels={"en": key})
    for number, (actor, keeper) in enumerate(
        ((cast.zarina, cast.centre), (cast.zarina, cast.centre), (cast.aygun, cast.gender_centre))
    ):
        facts = PartyFacts(kind="registered_ngo", names={"en": f"House {number}"}, subjects=("tent",))
        party = directory.create_party(actor=actor, facts=facts, maintainer=keeper)
        directory.verify_entry(actor=actor, entry=party)
        directory.list_entry(actor=actor, entry=Party.objects.get(pk=party.pk))
    return own


@pytest.fixture
def replaced(split, cast):
    actions.retire_concept(actor=cast.zarina, concept=concept("tent"), replaced_by=concept("hut"))
    return split


def test_it_counts_what_uses_a_concept(split, cast):
    assert usage.counts(actor=cast.zarina, concepts=[concept("tent").pk]) == {(concept("tent").pk, "party"): 3}


def test_it_counts_what_one_may_mend(split, cast):
    assert usage.mendable(actor=cast.zarina, concepts=[concept("tent").pk]) == {concept("tent").pk: 2}
    assert usage.mendable(actor=cast.rustam, concepts=[concept("tent").pk]) == {}


def test_it_puts_the_successor_into_ones_own_records(replaced, cast):
    done = usage.replace(actor=cast.zarina, concept=concept("tent"), by=concept("hut"))
    assert (done.changed, done.refused) == (2, ())
    assert sorted(party_facts(party).subjects[0] for party in Party.objects.all()) == ["hut", "hut", "tent"]
    assert JournalLine.objects.filter(verb="directory.edit_party").count() == 2
    assert records_about(facet="subject", value="hut", language="en").total == 2


def test_it_tells_a_record_that_a_rule_keeps_as_it_is(replaced, cast):
    actions.retire_concept(actor=cast.zarina, concept=concept("hut"))
    done = usage.replace(actor=cast.zarina, concept=concept("tent"), by=concept("hut"))
    assert done.changed == 0
    assert [name for name, _why in done.refused] == ["House 0", "House 1"]


def test_it_lists_and_mends_at_the_desk(replaced, cast, client):
    client.force_login(cast.zarina)
    address = "/desk/thesaurus/in/centre/impact/"
    text = client.get(address).content.decode()
    assert "3 records use a concept that is out of use" in text
    assert "Replace it in 2 records of ours" in text
    client.post(address, {"home": "centre", "concept": "tent", "by": "hut"})
    assert "1 record uses" in client.get(address).content.decode()


def test_it_replaces_by_nothing_that_is_not_named(replaced, cast, client):
    client.force_login(cast.zarina)
    client.post("/desk/thesaurus/in/centre/impact/", {"home": "centre", "concept": "tent", "by": "home"})
    assert {party_facts(party).subjects[0] for party in Party.objects.all()} == {"tent"}


def test_it_leads_from_a_concept_to_what_uses_it(split, cast, client):
    client.force_login(cast.zarina)
    text = client.get("/desk/thesaurus/in/centre/c/centre/tent/").content.decode()
    mine = Party.objects.get(names__en="House 0")
    assert f"/desk/directory/party/{mine.code}/" in text
    assert "House 2" in text


def test_it_finds_records_by_a_new_label_of_their_concept(split, cast):
    from hamroh.search.selectors import results

    actions.add_label(actor=cast.zarina, layer=split, concept=concept("tent"), lang="en", text="bivouac")
    assert "party" in {hit.kind for hit in results(query="bivouac", language="en").hits}
