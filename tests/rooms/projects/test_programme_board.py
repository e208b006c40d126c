"""The programme manager's board: each number is the length of the list that it leads to, and the rules are those of the project's page."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards_world import Boards, open_boards
from desk_world import NOW, TODAY, at, employ
from hamroh.accounts.models import Role
from hamroh.projects import programme
from hamroh.projects.models import Activity, Actual, Indicator, Period, Project, Result, Target
from vault_keys import settled

BOARD = "/desk/statistics/boards/programme/"
YEAR = dt.timedelta(days=365)


@pytest.fixture
def house(db, fresh_keys, settings, time_machine) -> Boards:
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    found = open_boards()
    settled(found.office.centre, found.office.other)
    return found


def project(house: Boards, number: int = 1, **more: Any) -> Project:
    told = {
        "starts": f"{TODAY.year - 1}",
        "ends_planned": f"{TODAY.year + 1}",
        "titles": {"en": f"Help at home {number}"},
    }
    return Project.objects.create(
        organisation=house.office.centre, reference=f"home-{number}", made_by=house.lola, **told | more
    )


def period(of: Project, *, value: int | None, target: int = 100, ended: bool = True, code: str = "1.1") -> Period:
    """A period that ended last month, with what was reached."""
    row = {"organisation": of.organisation, "project": of}
    result, _made = Result.objects.get_or_create(**row, level="output", number="1")
    indicator = Indicator.objects.create(**row, result=result, code=code, titles={"en": "Women who were advised"})
    ends = TODAY - dt.timedelta(days=20) if ended else TODAY + YEAR
    found = Period.objects.create(**row, indicator=indicator, starts_date=TODAY - YEAR, ends_date=ends)
    Target.objects.create(**row, period=found, value=Decimal(target))
    if value is not None:
        Actual.objects.create(
            **row, period=found, value=Decimal(value), source_kind="typed", made_by=of.made_by, approved_by=_other(of),
            approved_at=NOW,
        )  # fmt: skip
    return found


def _other(of: Project) -> Any:
    from hamroh.accounts.models import User

    return User.objects.get(username="manizha")


def shown(house: Boards, who: Any = None) -> Any:
    return at(who or house.lola).get(BOARD)


def numbers(answer: Any) -> list[tuple[int, str]]:
    found = []
    for each in answer.context["parts"]:
        found += [(one.count, one.href) for one in each["shown"].answers if one.href]
        found += [cell for row in each["shown"].rows for cell in row.cells if cell[1]]
    return found


def some(house: Boards) -> None:
    """One that is behind, one without a figure, one that has ended, activities that go on and that are late."""
    behind = project(house)
    period(behind, value=10)
    period(behind, value=120, code="1.2")
    period(project(house, 2), value=None)
    project(house, 3, ends=f"{TODAY.year - 1}", starts=f"{TODAY.year - 3}")
    project(house, 4, ends_planned=f"{TODAY.year - 1}")
    for state, starts in (("ongoing", "2026-01"), ("planned", "2026-03"), ("planned", "2027-03")):
        Activity.objects.create(
            organisation=behind.organisation, project=behind, state=state, starts=starts, whats={"en": "A talk"},
            made_by=house.lola,
        )  # fmt: skip


def test_it_leads_from_every_number_to_a_list_of_that_length(house):
    some(house)
    client, told = at(house.lola), numbers(shown(house))
    wrong = [(count, href) for count, href in told if client.get(href).context["page"].paginator.count != count]
    assert (wrong, len(told) >= 8) == ([], True)


def test_it_says_what_is_behind_and_what_is_missing(house):
    some(house)
    text = shown(house).content.decode()
    said = (
        "1 indicator of projects under way is behind.", "1 period ended without a figure.", "3 projects are under way.",
        "1 activity was to begin, and is still planned.",
    )  # fmt: skip
    assert [each for each in said if each not in text] == []


def test_it_knows_of_a_new_figure_at_once(house):
    some(house)
    shown(house)
    late = Period.objects.exclude(pk__in=Actual.objects.values("period")).get()
    Actual.objects.create(
        organisation=late.organisation, project=late.project, period=late, value=Decimal(3), source_kind="typed",
        made_by=house.lola, approved_by=house.office.manizha, approved_at=NOW,
    )  # fmt: skip
    assert "2 indicators of projects under way are behind." in shown(house).content.decode()


def test_it_asks_no_more_for_many_projects_than_for_few(house):
    some(house)
    shown(house)
    programme._verdicts.cache_clear()
    with CaptureQueriesContext(connection) as few:
        shown(house)
    for number in range(10, 18):
        period(project(house, number), value=5)
    programme._verdicts.cache_clear()
    with CaptureQueriesContext(connection) as many:
        shown(house)
    assert len(many) <= len(few)


def test_it_counts_nothing_of_another_house(house):
    some(house)
    theirs = employ("aygun", house.office.other, Role.PROGRAMME_MANAGER)
    assert numbers(shown(house, theirs)) == []


@pytest.mark.parametrize("who", ["dilya", "anvar"])
@pytest.mark.parametrize("part", ["", "behind/", "activities/"])
def test_it_has_no_board_for_who_pays_or_counts(house, who, part):
    some(house)
    assert at(getattr(house, who)).get(f"{BOARD}{part}").status_code == 404
