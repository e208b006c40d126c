"""The demonstration's layers are made by its editors' own actions, and twice is once."""

import pytest

from hamroh.accounts.models import Membership, Organisation, Role, User
from hamroh.site.demo.terms import load_terms
from hamroh.thesaurus import actions
from hamroh.thesaurus.models import Concept, Label, Release, Suggestion, Vote


@pytest.fixture
def editors(db):
    actions.load_starter_vocabulary(actor=None)
    found = {}
    for country, code in (("tj", "support-centre"), ("az", "gender-centre")):
        house = Organisation.objects.create(code=code, names={"en": code}, country=country)
        found[country] = User.objects.create_user(f"editor-{country}", display_name=code)
        Membership.objects.create(user=found[country], organisation=house, role=Role.EDITOR)
    return found


def test_it_shows_layers_releases_and_suggestions(editors):
    for _twice in range(2):
        load_terms(editors)
    assert Concept.objects.filter(scheme__layer="national").count() == 25
    assert list(Release.objects.order_by("number").values_list("number", flat=True)) == ["2026.1", "2026.2"]
    second = Release.objects.get(number="2026.2").difference
    assert all(second[part] for part in ("added", "replaced", "moved", "labels"))
    assert (Suggestion.objects.count(), Vote.objects.count()) == (2, 4)
    assert not Label.objects.filter(scheme__layer="national").exclude(source="made for the demonstration").exists()
