"""The editor of one concept, and the pages of a vocabulary that is kept."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hamroh.thesaurus import actions
from hamroh.thesaurus.models import Change, Concept, GroupMember, Label, Mapping, Note, Relation

DESK = "/desk/thesaurus/in/centre/"
SHELTER = f"{DESK}c/homes/shelter/"


@pytest.fixture
def desk(client, own, cast):
    client.force_login(cast.zarina)
    return client


@pytest.fixture
def tent(own, cast):
    return actions.add_concept(actor=cast.zarina, scheme=own, key="tent", labels={"en": "tent"})


def concept(key):
    return Concept.objects.select_related("scheme").get(key=key)


def add(desk, part, values, address=SHELTER, seen=None):
    key = address.rstrip("/").rpartition("/")[2]
    said = {f"{part}-{name}": value for name, value in values.items()}
    return desk.post(f"{address}add/{part}/", {**said, "seen": concept(key).revision if seen is None else seen})


LABEL = {"lang": "az", "kind": "alt", "text": "pənahgah", "certainty": "C", "source": "", "outdated": ""}


def test_it_writes_a_label_into_the_layer(desk, own):
    assert add(desk, "label", LABEL).status_code == 303
    label = Label.objects.get(text="pənahgah")
    assert (label.scheme, label.certainty) == (own, "C")


def test_it_keeps_what_was_typed_in_a_form_that_is_wrong(desk):
    answer = add(desk, "note", {"kind": "scopeNote", "lang": "en", "text": ""})
    assert answer.status_code == 422
    answer = add(desk, "match", {"kind": "exactMatch", "uri": "not an address"})
    assert 'value="not an address"' in answer.content.decode()


def test_it_tells_who_comes_second_and_loses_nothing(desk):
    seen = concept("shelter").revision
    add(desk, "label", LABEL, seen=seen)
    answer = add(desk, "label", {**LABEL, "text": "qoruq"}, seen=seen)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody edited this concept" in text
    assert "pənahgah" in text
    assert 'value="qoruq"' in text
    again = re.search(r'name="seen" value="(\d+)"', text)[1]
    assert add(desk, "label", {**LABEL, "text": "qoruq"}, seen=again).status_code == 303


def test_it_finds_the_other_concept_by_its_name(desk, own, tent):
    tent_page = f"{DESK}c/centre/tent/"
    assert add(desk, "relation", {"kind": "broaderGeneric", "other": "Shelter"}, tent_page).status_code == 303
    assert Relation.objects.get(source=tent, scheme=own).target.key == "shelter"


def test_it_asks_which_one_is_meant(desk, own, tent, cast):
    actions.add_label(actor=cast.zarina, layer=own, concept=tent, lang="en", text="shelter")
    answer = add(desk, "relation", {"kind": "related", "other": "shelter"}, f"{DESK}c/homes/house/")
    assert answer.status_code == 422
    assert "shelter · shelter" in answer.content.decode()
    add(desk, "relation", {"kind": "broader", "other": "tent · tent"}, f"{DESK}c/homes/house/")
    assert Relation.objects.get(source__key="house", scheme=own).target == tent


def test_it_puts_something_narrower_under_it(desk, own, tent):
    add(desk, "relation", {"kind": "narrower", "other": "tent · tent"})
    assert Relation.objects.get(scheme=own).source == tent


@pytest.mark.parametrize(
    ("part", "values", "model"),
    [
        ("note", {"kind": "scopeNote", "lang": "tg", "text": "Ҷои амн."}, Note),
        ("match", {"kind": "closeMatch", "uri": "https://example.org/x/7"}, Mapping),
    ],
)
def test_it_adds_and_takes_away(desk, own, part, values, model):
    add(desk, part, values)
    row = model.objects.get(scheme=own)
    desk.post(f"{SHELTER}take/", {"what": part, "ref": row.pk, "seen": concept("shelter").revision})
    assert not model.objects.filter(scheme=own).exists()


def test_it_takes_nothing_away_that_the_base_says(desk):
    label = Label.objects.get(concept__key="shelter", lang="en", kind="pref")
    desk.post(f"{SHELTER}take/", {"what": "label", "ref": label.pk, "seen": concept("shelter").revision})
    assert Label.objects.filter(pk=label.pk).exists()


def test_it_takes_a_relation_away_from_either_side(desk, own, tent, cast):
    actions.add_broader(actor=cast.zarina, layer=own, concept=tent, broader=concept("shelter"))
    desk.post(f"{SHELTER}take/", {"what": "narrower", "ref": f"broader:{tent.pk}", "seen": concept("shelter").revision})
    assert not Relation.objects.filter(scheme=own).exists()


def test_it_puts_a_concept_into_a_group(desk, own, cast):
    actions.add_group(actor=cast.zarina, scheme=own, titles={"en": "Ours"})
    add(desk, "group", {"group": "ours"})
    assert GroupMember.objects.get(group__scheme=own).concept.key == "shelter"


def test_it_says_a_label_otherwise(desk, own, tent):
    label = tent.labels.get()
    address = f"{DESK}c/centre/tent/label/{label.pk}/"
    values = {"kind": "pref", "text": "marquee", "certainty": "", "source": "", "outdated": ""}
    assert "tent" in desk.get(address).content.decode()
    desk.post(address, {**values, "seen": concept("tent").revision})
    assert tent.labels.get().text == "marquee"


def test_it_makes_a_candidate_and_approves_it(desk, own):
    values = {"name_en": "Tent", "name_tg": "хайма", "broader": "shelter", "kind": "broader", "status": "candidate"}
    answer = desk.post(f"{DESK}new/", values)
    assert answer["Location"] == f"{DESK}c/centre/tent/"
    assert "candidate" in desk.get("/en/thesaurus/centre/c/tent/").content.decode().lower()
    desk.post(f"{DESK}c/centre/tent/approve/", {"seen": concept("tent").revision})
    assert concept("tent").status == "approved"


def test_it_takes_a_concept_out_of_use(desk, own, tent):
    add(desk, "retire", {"replaced_by": "shelter", "also": "house"}, f"{DESK}c/centre/tent/")
    assert (concept("tent").status, concept("tent").replaced_by.key) == ("deprecated", "shelter")
    text = desk.get("/en/thesaurus/centre/c/tent/").content.decode()
    assert "/en/thesaurus/homes/c/house/" in text


def test_it_has_no_form_for_the_status_of_a_base_concept(desk):
    assert desk.get(f"{SHELTER}add/retire/").status_code == 404
    assert desk.post(f"{SHELTER}approve/", {"seen": 0}).status_code == 404


@pytest.mark.parametrize(
    "page", ["", "new/", "groups/", "checks/", "impact/", "release/", "find/?q=s", "c/homes/shelter/", "c/centre/none/"]
)
def test_it_is_nothing_to_other_organisations(client, own, cast, page):
    client.force_login(cast.aygun)
    assert client.get(f"{DESK}{page}").status_code == 404


def test_it_offers_what_begins_as_typed(desk, tent):
    assert desk.get(f"{DESK}find/?q=te").json() == {"found": ["tent · tent"]}


def test_it_lists_what_it_keeps(desk, tent):
    text = desk.get("/desk/thesaurus/mine/").content.decode()
    assert "Words of the centre" in text
    assert "Homes" not in text


@pytest.mark.parametrize("typed", ["хай", "ten", "tent"])
def test_it_looks_a_concept_up(desk, own, cast, typed):
    actions.add_concept(actor=cast.zarina, scheme=own, key="tent", labels={"en": "tent", "tg": "хайма"})
    assert "c/centre/tent/" in desk.get(f"{DESK}?q={typed}").content.decode()


def test_it_asks_the_same_number_of_times_for_more_labels(desk, own, cast):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            desk.get(SHELTER)
        return len(queries)

    asked()
    before = asked()
    for number in range(5):
        actions.add_label(actor=cast.zarina, layer=own, concept=concept("shelter"), lang="en", text=f"s{number}")
        actions.add_note(
            actor=cast.zarina, layer=own, concept=concept("shelter"), kind="note", lang="en", text=f"n{number}"
        )
    assert asked() == before


def test_it_mends_what_the_checks_find(desk, own, tent, cast):
    Label.objects.filter(concept=tent).update(text="tent ")
    text = desk.get(f"{DESK}checks/").content.decode()
    assert "Odd spaces" in text
    ref = tent.labels.get().pk
    desk.post(f"{DESK}checks/mend/", {"home": "centre", "concept": "tent", "how": "tidy", "ref": ref})
    assert tent.labels.get().text == "tent"


def test_it_mends_nothing_that_is_not_offered(desk, own, tent):
    desk.post(f"{DESK}checks/mend/", {"home": "centre", "concept": "tent", "how": "burn"})
    assert not Change.objects.filter(concept=tent).exclude(kind="added").exists()


def test_it_releases_at_the_desk(desk, tent):
    assert desk.post(f"{DESK}release/", {"number": "a b"}).status_code == 422
    answer = desk.post(f"{DESK}release/", {"number": "1", "note_en": "First."})
    assert answer["Location"].endswith("/thesaurus/centre/releases/1/")
    assert "Nothing has changed" in desk.get(f"{DESK}release/").content.decode()
