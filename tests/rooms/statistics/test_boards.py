"""Boards: words first, each number the length of the list that it leads to, and none for who pays."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards_world import open_boards, some_cases
from cases_world import gulnoras
from desk_world import NOW, at
from hamroh.statistics import boards
from hamroh.statistics.boards import BOARDS
from vault_keys import settled

WHO = {"team": "manizha", "programme": "lola", "network": "anvar"}


@pytest.fixture
def house(db, fresh_keys, settings, time_machine):
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    found = open_boards()
    settled(found.office.centre, found.office.other)
    return found


def reader(house, name):
    return getattr(house, name, None) or getattr(house.office, name)


def shown(house, board, who=""):
    return at(reader(house, who or WHO[board])).get(f"/desk/statistics/boards/{board}/")


def numbers(answer) -> list[tuple[int, str]]:
    """Every number of a board with the list that it leads to."""
    found = []
    for each in answer.context["parts"]:
        found += [(one.count, one.href) for one in each["shown"].answers if one.href]
        found += [cell for row in each["shown"].rows for cell in row.cells if cell[1]]
    return found


def length(answer) -> int:
    """How many a list says that it has."""
    if "page" in (answer.context or {}):
        return answer.context["page"].paginator.count
    return len(answer.context["waiting"])


@pytest.mark.parametrize("board", ["team", "network"])
def test_it_leads_from_every_number_to_a_list_of_that_length(house, board):
    some_cases(house.office)
    client, told = at(reader(house, WHO[board])), numbers(shown(house, board))
    wrong = [(count, href) for count, href in told if "/tables/" not in href and length(client.get(href)) != count]
    assert wrong == []
    assert board != "team" or len(told) >= 8


def test_it_answers_in_words_first(house):
    some_cases(house.office)
    text = shown(house, "team").content.decode()
    assert "No supervisor has looked at the danger in 1 case yet." in text
    assert text.index("No supervisor has looked") < text.index("<table")


def test_it_draws_what_the_table_says(house):
    some_cases(house.office)
    assert "<svg" in shown(house, "team").content.decode()


@pytest.mark.parametrize("who", ["dilya", "farzona", "temur", "nermin"])
@pytest.mark.parametrize("board", list(BOARDS))
def test_it_has_no_board_for_who_pays_nor_for_who_does_not_run_the_house(house, board, who):
    assert shown(house, board, who).status_code == 404


def test_it_shows_nothing_of_another_house(house):
    some_cases(house.office)
    from desk_world import employ
    from hamroh.accounts.models import Role

    theirs = employ("aygun", house.office.other, Role.SUPERVISOR)
    answer = at(theirs).get("/desk/statistics/boards/team/")
    assert {count for count, _href in numbers(answer)} <= {0}


def test_it_asks_no_more_for_many_cases_than_for_few(house):
    some_cases(house.office)
    shown(house, "team")
    with CaptureQueriesContext(connection) as few:
        shown(house, "team")
    for _more in range(5):
        gulnoras(house.office)
    with CaptureQueriesContext(connection) as many:
        shown(house, "team")
    assert len(many) <= len(few)


def test_it_has_no_list_of_another_name(house):
    assert at(house.office.manizha).get("/desk/statistics/boards/team/nothing/").status_code == 404


def test_it_opens_the_first_board_of_hers(house):
    answer = at(house.anvar).get(reverse("boards:first"))
    assert answer.headers["Location"] == "/desk/statistics/boards/network/"


def test_it_names_no_board_that_there_is_not():
    assert {board for board, _code in boards._parts} <= set(BOARDS)


def test_it_names_nobody_in_an_address(house):
    some_cases(house.office)
    hrefs = [href for _count, href in numbers(shown(house, "team"))]
    assert not [href for href in hrefs if re.search("[^\x00-\x7f]|name", href)]
