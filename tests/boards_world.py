"""Who looks at boards in tests: the office of cases, with somebody who plans, somebody who counts and somebody who pays."""

from dataclasses import dataclass
from typing import Any

from cases_world import Office, gulnoras, open_office
from desk_world import employ
from hamroh.accounts.models import Role, User
from hamroh.cases.actions import risk
from hamroh.cases.models import Case
from hamroh.kernel.risk import tool


@dataclass(frozen=True)
class Boards:
    """``lola`` plans, ``anvar`` counts, ``dilya`` pays."""

    office: Office
    lola: User
    anvar: User
    dilya: User


def open_boards() -> Boards:
    office = open_office()
    roles = {"lola": Role.PROGRAMME_MANAGER, "anvar": Role.ANALYST, "dilya": Role.DONOR}
    return Boards(office, **{name: employ(name, office.centre, role) for name, role in roles.items()})


def in_danger(office: Office, case: Case, *, actor: Any = None) -> Any:
    """Danger was asked about, and is high."""
    answers = {each.code: "yes" for each in tool().questions}
    return risk.screen_risk(actor=actor or office.farzona, case=case, answers=answers)


def some_cases(office: Office) -> list[Case]:
    """Three cases: one in danger that nobody looked at, one that is nobody's, one more."""
    cases = [gulnoras(office), gulnoras(office, actor=office.zebo), gulnoras(office)]
    in_danger(office, cases[0])
    Case.objects.filter(pk=cases[2].pk).update(owner=None)
    return cases
