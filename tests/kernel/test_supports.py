"""What may be asked of the state: never more than a rule that somebody has seen says."""

import datetime as dt

import pytest

from hamroh.kernel import supports
from hamroh.kernel.datafiles import DataError, rows
from hamroh.kernel.law import Certainty

ON = dt.date(2026, 11, 23)
LINES = list(rows(supports.FILE))


def test_it_names_a_rule_with_a_source_behind_everything() -> None:
    law = [rule for each in supports.supports().values() for rule in each.rules]
    assert law
    assert all(rule.certainty is not Certainty.C and rule.source for rule in law)


@pytest.mark.parametrize("rules", ["", "tj.fc.spouse_support", "az.fc.75_5.authority", "tj.nothing"])
def test_it_refuses_a_support_without_a_seen_rule_of_its_state(rules: str) -> None:
    with pytest.raises(DataError, match="tj_guardian"):
        supports.read_supports([LINES[1] | {"rules": rules}])


def test_it_says_nothing_any_more_once_a_rule_is_not_in_force() -> None:
    [line] = [each for each in LINES if each["code"] == "tj_guardian"]
    found = supports.read_supports([line])["tj_guardian"]
    assert (found.holds(ON), found.holds(dt.date(2011, 12, 1))) == (True, False)


def test_it_counts_the_answer_by_the_term_of_a_rule_where_there_is_one() -> None:
    found = supports.read_supports([LINES[2] | {"answer": "az_order_given"}])["az_authority_claim"]
    assert getattr(found.answer, "code", "") == "az_order_given"
