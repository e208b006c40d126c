"""Releases freeze what changed; the public reads it and takes it as a table."""

import csv
import io

import pytest

from hamroh.accounts.policy import Refused
from hamroh.thesaurus import actions
from hamroh.thesaurus.actions import EditRefused
from hamroh.thesaurus.actions.releasing import digest_of
from hamroh.thesaurus.models import Concept, Release
from hamroh.thesaurus.selectors.releasing import unreleased


def concept(key):
    return Concept.objects.select_related("scheme").get(key=key)


@pytest.fixture
def first(own, cast):
    """A layer with two terms, released."""
    for key, names in (("tent", {"en": "tent", "tg": "хайма"}), ("yurt", {"en": "yurt"})):
        actions.add_concept(actor=cast.zarina, scheme=own, key=key, labels=names)
    return actions.release_scheme(actor=cast.zarina, scheme=own, number="2026.1", notes={"en": "First."})


@pytest.fixture
def second(first, own, cast):
    """Then a label is said otherwise, a term moves, one goes out of use, one comes."""
    actions.edit_label(actor=cast.zarina, label=concept("tent").labels.get(lang="tg"), text="чодир")
    actions.add_broader(actor=cast.zarina, layer=own, concept=concept("tent"), broader=concept("shelter"))
    actions.add_concept(actor=cast.zarina, scheme=own, key="hut", labels={"en": "hut"})
    actions.retire_concept(actor=cast.zarina, concept=concept("yurt"), replaced_by=concept("hut"))
    return actions.release_scheme(actor=cast.zarina, scheme=own, number="2026.2", notes={})


def test_it_holds_what_was_added_first(first):
    assert [line["key"] for line in first.difference["added"]] == ["tent", "yurt"]


def test_it_holds_what_changed_since(second):
    difference = second.difference
    assert difference["added"] == [{"key": "hut"}]
    assert difference["replaced"] == [{"key": "yurt", "by": "hut"}]
    assert difference["moved"] == [{"key": "tent", "was": [], "now": ["shelter"]}]
    assert difference["labels"] == {"tg": [{"key": "tent", "kind": "pref", "was": "хайма", "now": "чодир"}]}


def test_it_does_not_tell_what_was_taken_back(first, own, cast):
    label = actions.add_label(actor=cast.zarina, layer=own, concept=concept("tent"), lang="ru", text="шатёр")
    actions.remove_label(actor=cast.zarina, label=label)
    assert unreleased(own)["labels"] == {}
    with pytest.raises(EditRefused, match="Nothing has changed"):
        actions.release_scheme(actor=cast.zarina, scheme=own, number="2026.2", notes={})


def test_it_keeps_an_old_release_as_it_was(second, first):
    stored = Release.objects.get(number="2026.1")
    assert stored.difference["names"]["tent"]["tg"] == "хайма"
    assert stored.digest == digest_of(stored.difference)


def test_it_gives_a_number_once(first, own, cast):
    actions.add_concept(actor=cast.zarina, scheme=own, key="hut", labels={"en": "hut"})
    with pytest.raises(EditRefused, match="this number"):
        actions.release_scheme(actor=cast.zarina, scheme=own, number="2026.1", notes={})


def test_it_lets_only_the_keeper_release(own, cast):
    with pytest.raises(Refused):
        actions.release_scheme(actor=cast.aygun, scheme=own, number="1", notes={})


def test_it_is_read_by_everybody(second, client):
    assert "2026.2" in client.get("/en/thesaurus/centre/releases/").content.decode()
    text = client.get("/en/thesaurus/centre/releases/2026.2/").content.decode()
    assert "чодир" in text
    assert "/en/thesaurus/centre/c/yurt/" in text
    assert client.get("/en/thesaurus/centre/releases/9/").status_code == 404


def test_it_is_taken_as_a_table(second, client):
    answer = client.get("/en/thesaurus/centre/releases/2026.2.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ["labels", "tg", "tent", "tent", "хайма", "чодир"] in rows


def test_it_says_nothing_of_who(second, client):
    text = client.get("/en/thesaurus/centre/releases/2026.2/").content.decode()
    assert "Zarina" not in text


def test_it_logs_an_import_in_bulk(homes, layer):
    from hamroh.thesaurus.models import Change

    assert Change.objects.filter(scheme=homes, kind="added").count() == 4
    overlay = Change.objects.filter(scheme=layer, concept__key="house").values_list("kind", "lang", "text")
    assert set(overlay) == {("label_added", "tg", "ҳавлӣ"), ("label_added", "tg", "хонаи истиқоматӣ")}
