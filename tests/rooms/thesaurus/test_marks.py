"""What people noted beside a vocabulary stays when its next version comes in."""

import pytest
from rooms_thesaurus_data import HOMES, LAYER

from hamroh.thesaurus import exchange
from hamroh.thesaurus.models import Concept, Label

SPLIT = HOMES.replace(
    ":house a skos:Concept ;",
    ":house a skos:Concept ; <http://www.w3.org/2002/07/owl#deprecated> true ; dct:isReplacedBy :shelter , :home ;",
)


def bring(text, **options):
    return exchange.import_file(actor=None, content=text if isinstance(text, bytes) else text.encode(), **options)


@pytest.fixture
def noted(homes):
    """A doubtful label with its source and one that is out of date, of the concept that the next version changes."""
    Label.objects.filter(text="паноҳгоҳ").update(certainty="C", source="A dictionary")
    Label.objects.filter(text="sheltr").update(outdated="A slip")
    return homes


def marks():
    rows = Label.objects.filter(concept__key="shelter").exclude(certainty="", outdated="")
    return sorted(rows.values_list("text", "certainty", "source", "outdated"))


MARKS = [("sheltr", "", "", "A slip"), ("паноҳгоҳ", "C", "A dictionary", "")]


def test_it_keeps_what_is_known_of_labels(noted):
    bring(HOMES.replace("A safe place to stay.", "A place where nobody finds her."))
    assert marks() == MARKS


def test_it_sees_no_change_in_marks_alone(noted):
    found = bring(exchange.export(actor=None, scheme=noted))
    assert (found.difference.changed, marks()) == ((), MARKS)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_it_keeps_them_under_a_sheet(noted, form):
    bring(exchange.export(actor=None, scheme=noted, form=form), code="homes")
    assert marks() == MARKS


def test_it_does_not_repeat_a_marked_label_in_a_layer(noted):
    bring(LAYER + 'base:shelter skos:prefLabel "паноҳгоҳ"@tg .', extends="homes", layer="national")
    assert Label.objects.filter(text="паноҳгоҳ").count() == 1


def test_it_does_not_approve_what_waits(homes):
    Concept.objects.filter(key="house").update(status="candidate")
    bring(HOMES.replace("жилой дом", "дом для семьи"))
    assert Concept.objects.get(key="house").status == "candidate"


def test_it_may_be_approved_by_a_sheet(homes):
    Concept.objects.filter(key="house").update(status="candidate")
    bring("key,status\nhouse,approved\n", code="homes")
    assert Concept.objects.get(key="house").status == "approved"


def successors():
    house = Concept.objects.get(key="house")
    return house.replaced_by and house.replaced_by.key, sorted(other.key for other in house.also_replaced_by.all())


def test_it_reads_every_successor(db):
    bring(SPLIT)
    assert successors() == ("home", ["shelter"])


@pytest.mark.parametrize("form", ["ttl", "csv"])
def test_it_keeps_which_successor_is_the_nearest(db, form):
    bring(SPLIT, code="homes")
    house = Concept.objects.get(key="house")
    house.replaced_by = Concept.objects.get(key="shelter")
    house.save()
    house.also_replaced_by.set(Concept.objects.filter(key="home"))
    found = bring(exchange.export(actor=None, scheme=house.scheme, form=form), code="homes")
    assert (found.difference.changed, successors()) == ((), ("shelter", ["home"]))


def test_it_forgets_successors_that_the_source_takes_back(db):
    bring(SPLIT, code="homes")
    bring(HOMES, code="homes")
    assert successors() == (None, [])


def test_it_goes_out_with_every_successor(db):
    bring(SPLIT, code="homes")
    written = exchange.export(actor=None, scheme=Concept.objects.get(key="house").scheme)
    assert exchange.same_graph(exchange.parse(written), exchange.parse(SPLIT.encode()))
