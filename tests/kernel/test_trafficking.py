"""What answers show of trafficking in persons: elements, reasons, and that of a child no means is needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.risk import Said
from hamroh.kernel.trafficking import Element, Finding, Shows, Strength, examine, tool

TOOL = tool()
NOTHING = dict.fromkeys((each.code for each in TOOL.questions), "no")
BROUGHT, USED = {"brought": "yes"}, {"forced_work": "yes", "hard_work": "yes"}


def found(answers, *, is_child=False):
    return examine(TOOL, NOTHING | answers, is_child=is_child)


def test_it_finds_an_adult_who_was_brought_forced_and_exploited():
    told = found(BROUGHT | USED | {"locked": "yes", "debt": "yes"})
    assert (told.finding, told.elements[Element.FORCE], told.needs_means) == (Finding.STRONG, Shows.THERE, True)
    assert [each.code for each in told.reasons] == ["brought", "locked", "forced_work", "debt", "hard_work"]


@pytest.mark.parametrize(("is_child", "finding"), [(True, Finding.STRONG), (False, Finding.SOME)])
def test_it_needs_no_means_of_a_child(is_child, finding):
    assert found(BROUGHT | USED, is_child=is_child).finding is finding


@pytest.mark.parametrize("answers", [USED, BROUGHT, {"ill": "yes"}, {"beaten": "yes", "locked": "yes"}])
def test_it_finds_no_more_than_some_where_an_element_lacks(answers):
    assert found(answers).finding is Finding.SOME


@pytest.mark.parametrize(
    ("told", "shows"),
    [
        (("beaten", "locked"), "there"), (("beaten", "unpaid"), "there"), (("papers_taken", "debt", "unpaid"), "there"),
        (("papers_taken", "debt"), "some"), (("beaten",), "some"), (("unpaid",), "some"), ((), "nothing"),
    ],
)  # fmt: skip
def test_it_counts_strong_medium_and_weak_indicators(told, shows):
    assert found(dict.fromkeys(told, "yes")).elements[Element.FORCE] == shows


def test_it_leaves_open_what_she_did_not_say():
    told = examine(TOOL, {"beaten": "unsaid"}, is_child=False)
    assert (told.finding, len(told.open_)) == (Finding.OPEN, len(TOOL.questions))


def test_it_sees_danger_before_anything_else():
    assert (found({"threatened": "yes"}).is_danger, found({"brought": "yes"}).is_danger) == (True, False)


@pytest.mark.parametrize("answers", [{"nothing": "yes"}, {"beaten": "perhaps"}])
def test_it_knows_its_questions_and_answers(answers):
    with pytest.raises(ValueError):
        examine(TOOL, answers, is_child=False)


SAID = st.dictionaries(st.sampled_from([each.code for each in TOOL.questions]), st.sampled_from(list(Said)))
ORDER = [Finding.OPEN, Finding.NOTHING, Finding.SOME, Finding.STRONG]


@given(SAID, st.sampled_from([each.code for each in TOOL.questions]))
def test_it_never_finds_less_by_one_more_yes_nor_less_of_a_child(answers, code):
    def finding(told, *, is_child):
        return ORDER.index(examine(TOOL, told, is_child=is_child).finding)

    assert finding(answers | {code: Said.YES}, is_child=False) >= finding(answers, is_child=False)
    assert finding(answers, is_child=True) >= finding(answers, is_child=False)


def test_it_asks_strong_questions_of_each_element_it_needs():
    assert {each.group for each in TOOL.questions if each.strength is Strength.STRONG} >= {Element.ROAD, Element.USE}
