"""What projects are told of groups: no few women, no group that is made up."""

from desk_world import TODAY
from groups_world import agreed, gathered, given, with_members
from hamroh.groups import selectors


def test_it_counts_groups_whose_memorandum_is_in_force(circle, group) -> None:
    agreed(circle, group)
    agreed(circle, gathered(circle), is_signed=False)
    gathered(circle, is_invented=True)
    assert selectors.groups_with_memorandum(organisation=circle.house, on=TODAY) == (1, 2)


def test_it_counts_a_woman_once(circle) -> None:
    group, members = with_members(circle, 6)
    for member in members:
        given(circle, group, member, kind="seed")
        given(circle, group, member, kind="seed")
    found = selectors.women_reached(organisation=circle.house)
    assert (found["women"], found["seed"], found["tools"]) == (6, 6, 0)


def test_it_withholds_all_kinds_where_one_is_small(circle) -> None:
    group, members = with_members(circle, 6)
    for member in members:
        given(circle, group, member, kind="seed")
    given(circle, group, members[0], kind="tools")
    found = selectors.women_reached(organisation=circle.house)
    assert (found.pop("women"), set(found.values())) == (6, {None})


def test_it_tells_of_no_few_women(circle) -> None:
    group, members = with_members(circle, 2)
    given(circle, group, members[0])
    assert set(selectors.women_reached(organisation=circle.house).values()) == {None}


def test_it_counts_nobody_in_a_group_that_is_made_up(circle) -> None:
    group, members = with_members(circle, 6, is_invented=True)
    for member in members:
        given(circle, group, member, kind="seed")
    assert selectors.women_reached(organisation=circle.house)["women"] == 0
