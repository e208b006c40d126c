"""An alimony matter told through its pages, for tests."""

from typing import Any

from cases_matters import matter_of
from cases_world import THERE
from desk_world import at
from hamroh.cases.actions import add_person
from hamroh.cases.actions import alimony as actions
from hamroh.cases.actions.opening import Told
from hamroh.cases.models import AlimonyFact, Case, Matter, Part, Side

PAYMENT = {"on": "2026-02-10", "amount": "300", "currency": "AZN", "kind": "receipt", "paper": "bank slip"}


def fact_of(office: Any, case: Case) -> AlimonyFact:
    matter = matter_of(office, case)
    found = AlimonyFact.objects.filter(matter=matter).first()
    return found or actions.tell(actor=office.farzona, matter=matter, part="payment", facts=PAYMENT)


THERE["fact"] = lambda office, case: fact_of(office, case).pk
THERE["thing"] = lambda _office, _case: "income"


def child_of(office: Any, case: Case, born: str, name: str = "Ҷамшед") -> str:
    year, month, day = map(int, born.split("-"))
    told = Told(name=name, born={"year": year, "month": month, "day": day})
    return str(add_person(actor=office.farzona, case=case, part=Part.CHILD, side=Side.HERS, told=told).pk)


def address(matter: Matter, *rest: str) -> str:
    return "/".join([f"/desk/cases/{matter.case.code}/matters/{matter.pk}/alimony", *rest, ""])


def form_of(thing: str, typed: Any) -> tuple[str, dict[str, Any]]:
    """Where a form stands and what is sent: ``decision-share`` is a decision whose first answer is ``share``."""
    part, _dash, way = thing.partition("-")
    return part, {**typed, **({"how": way} if way else {})}


def enter(office: Any, matter: Matter, thing: str, client: Any = None, **typed: Any) -> None:
    """Fill a form and send it; what is refused is the test's fault and said whole."""
    part, told = form_of(thing, typed)
    answer = (client or at(office.farzona)).post(address(matter, "new", part), told)
    assert answer.status_code == 302, answer.content.decode()
