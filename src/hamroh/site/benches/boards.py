"""Boards: the page of each, as it is asked for, over 500 projects with 6,000 periods, 20,000 activities and 2,000 cases."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from hamroh.site.benches.figures import Figure, percentile, spent

_PROJECTS, _INDICATORS, _PERIODS, _ACTIVITIES, _CASES, _LOOKS = 500, 3, 4, 20_000, 2_000, 30
_TODAY = dt.datetime.now(tz=dt.UTC).date()


def figures() -> Iterator[Figure]:
    """The same at every size: these are the counts that the bar names."""
    from django.core.management import call_command
    from django.test import Client

    call_command("collectstatic", verbosity=0, interactive=False)
    house, people = _house()
    _programme(house, people["programme"], random.Random(7))
    _cases(house, people["team"])
    yield Figure("statistics.board_projects", _PROJECTS, "projects")
    yield Figure("statistics.board_activities", _ACTIVITIES, "activities")
    for board, user in people.items():
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(user)
        look = partial(_look, client, f"/desk/statistics/boards/{board}/")
        look()
        wall, cpu = spent([look] * _LOOKS)
        yield Figure(f"statistics.board_{board}_p95", percentile(wall, 0.95), "ms", "<= 200")
        yield Figure(f"statistics.board_{board}_processor_p95", percentile(cpu, 0.95), "ms")


def _look(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _house() -> tuple[Any, dict[str, Any]]:
    from hamroh.accounts.models import Membership, Organisation, Role, User

    house = Organisation.objects.create(code="bench-boards", names={"en": "Bench"}, country="tj")
    roles = {"team": Role.SUPERVISOR, "programme": Role.PROGRAMME_MANAGER, "network": Role.PROGRAMME_MANAGER}
    people = {board: User.objects.create_user(f"bench-{board}", display_name=board) for board in roles}
    for board, role in roles.items():
        Membership.objects.create(user=people[board], organisation=house, role=role)
    return house, people


def _programme(house: Any, user: Any, chance: random.Random) -> None:
    from hamroh.projects.models import Activity, Indicator, Project, Result

    of = {"organisation": house}
    projects = Project.objects.bulk_create(_project(of, user, number) for number in range(_PROJECTS))
    results = Result.objects.bulk_create(Result(**of, project=each, level="output", number="1") for each in projects)
    indicators = Indicator.objects.bulk_create(
        Indicator(**of, project=each.project, result=each, code=f"1.{number}")
        for each, number in itertools.product(results, range(_INDICATORS))
    )
    _periods(of, user, indicators, chance)
    Activity.objects.bulk_create(
        Activity(
            **of, project=chance.choice(projects), whats={"en": "A talk"}, made_by=user,
            state=chance.choice(("planned", "ongoing", "done")), starts=f"{_TODAY.year - chance.randrange(4)}-03",
        )
        for _number in range(_ACTIVITIES)
    )  # fmt: skip


def _project(of: Any, user: Any, number: int) -> Any:
    from hamroh.projects.models import Project

    return Project(
        **of, reference=f"bench-{number}", titles={"en": f"Project {number}"}, made_by=user,
        starts=f"{_TODAY.year - 1 - number % 3}", ends_planned=f"{_TODAY.year + number % 3}",
    )  # fmt: skip


def _periods(of: Any, user: Any, indicators: Sequence[Any], chance: random.Random) -> None:
    """A period for each quarter of the last year; most have a figure, some of those wait."""
    from hamroh.projects.models import Actual, Period, Target

    starts = [_TODAY - dt.timedelta(days=91 * (number + 1)) for number in range(_PERIODS)]
    periods = Period.objects.bulk_create(
        Period(**of, project=each.project, indicator=each, starts_date=day, ends_date=day + dt.timedelta(days=89))
        for each, day in itertools.product(indicators, starts)
    )
    Target.objects.bulk_create(Target(**of, project=each.project, period=each, value=Decimal(100)) for each in periods)
    Actual.objects.bulk_create(
        Actual(**of, project=each.project, period=each, value=Decimal(chance.randrange(150)), source_kind="typed", made_by=user)
        for each in periods
        if chance.random() < 0.9
    )  # fmt: skip


def _cases(house: Any, user: Any) -> None:
    from hamroh.cases.models import Case

    levels = itertools.cycle(("low", "medium", "high", "unknown"))
    Case.objects.bulk_create(
        Case(
            organisation=house, owner=user if number % 5 else None, country="TJ", channel="visit", status="active",
            risk=next(levels), opened_week=_TODAY - dt.timedelta(days=_TODAY.weekday()),
        )
        for number in range(_CASES)
    )  # fmt: skip
