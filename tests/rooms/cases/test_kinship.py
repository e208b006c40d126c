"""What follows from a relationship is said only by rules that somebody has seen."""

import datetime as dt

import pytest

from hamroh.cases import kinship
from hamroh.kernel.law import Certainty, load

TODAY = dt.date(2026, 11, 22)
BOOK = load()
EVERY = [
    {"kind": kind, "legal": legal, "social": social}
    for kind in kinship.KINDS
    for legal in ("", *{code for group in kinship.LEGAL.values() for code in group})
    for social in ("", *kinship.SOCIAL)
]


def found(facts, country):
    return [each.rule.id for each in kinship.follows(facts, country, TODAY, BOOK)]


@pytest.mark.parametrize("country", ["TJ", "AZ"])
def test_it_says_only_what_rules_of_certainty_a_or_b_say(country):
    rules = {each.rule for facts in EVERY for each in kinship.follows(facts, country, TODAY, BOOK)}
    assert rules
    assert {rule.certainty for rule in rules} <= {Certainty.A, Certainty.B}
    assert {rule.pack for rule in rules} == {country.lower()}


@pytest.mark.parametrize(
    "facts", [each for each in EVERY if not each["legal"]][:20], ids=lambda each: "-".join(each.values())
)
def test_it_says_nothing_where_the_state_in_law_is_not_known(facts):
    assert found(facts, "TJ") == found(facts, "AZ") == []


def test_it_says_that_nikoh_alone_is_no_marriage_in_law():
    told = {"kind": "wife", "social": "nikoh", "legal": "not_registered"}
    assert found(told, "TJ") == ["tj.fc.1_3.registered_only", "tj.fc.paternity_then_alimony"]
    assert found(told, "AZ") == ["az.fc.1_4.registered_only", "az.fc.48.equal"]


def test_it_says_that_a_message_ends_no_registered_marriage():
    told = {"kind": "wife", "social": "talaq_sms", "legal": "registered"}
    assert (found(told, "TJ"), found(told, "AZ")) == (["tj.fc.1_3.registered_only"], ["az.fc.23.moment"])


@pytest.mark.parametrize("country", ["", "RU", "XX"])
def test_it_says_nothing_for_a_country_without_rules(country):
    assert found({"kind": "wife", "legal": "not_registered"}, country) == []


def test_it_names_every_rule_that_there_is():
    named = {rule for row in kinship._TABLE for rule in row[4].values()}
    assert named <= set(BOOK.rules)
