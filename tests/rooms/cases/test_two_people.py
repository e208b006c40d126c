"""Two people at one form: the later one is told, field by field, what stands there now; nothing is written over, nothing typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from cases_addresses import there
from cases_matters import deadline_of, hearing_of, matter_of
from cases_safety import UNTIL, contact
from cases_trafficking import client_of
from cases_work import need
from desk_world import at
from hamroh.cases.models import AlimonyFact, Case, Household, Person, SafeContact
from hamroh.kernel.matters import workflows

CHANGED = "Somebody changed this while you were writing"
CLOSED = "This case is closed."


def of_matter(case: Case, office: Any, *rest: Any) -> str:
    return "/".join([f"/desk/cases/{case.code}/matters/{matter_of(office, case).pk}", *map(str, rest), ""])


def step(office, case):
    told = {"state": "done", "on": "2026-11-20"}
    return of_matter(case, office, "step", "alimony_facts"), told | {"words": "first"}, told | {"words": "second"}


def decision(office, case):
    told = {"advised_on": "2026-11-20", "advice": "What may follow", "wants": "yes"}
    return of_matter(case, office, "step", "alimony_crime"), told | {"said": "first"}, told | {"said": "second"}


def court(office, case):
    return of_matter(case, office, "court"), {"court": "first"}, {"court": "second", "judge": "Judge"}


def papers(office, case):
    code = workflows()["alimony"].papers("AZ")[0]
    return of_matter(case, office, "papers"), {code: "here"}, {code: "asked"}


def deadline(office, case):
    row = deadline_of(office, case)
    return of_matter(case, office, "days", row.pk), {"base": "2026-11-10"}, {"base": "2026-11-12"}


def hearing(office, case):
    told = {"on": "2026-12-01", "at": "10:00", "state": "ahead", "room": "5"}
    return (
        of_matter(case, office, "hearings", hearing_of(office, case).pk),
        told | {"words": "first"},
        told | {"words": "second"},
    )


def goal(office, case):
    return f"/desk/cases/{case.code}/needs/{need(office, case).pk}/", {"goal": "first"}, {"goal": "second"}


def alimony(office, case):
    told = {"on": "2026-02-01", "amount": "100", "currency": "AZN", "kind": "transfer"}
    at(office.farzona).post(of_matter(case, office, "alimony", "new", "payment"), told)
    row = AlimonyFact.objects.get()
    first, second = told | {"amount": "200", "paper": "first"}, told | {"amount": "300", "paper": "second"}
    return of_matter(case, office, "alimony", row.pk), first, second


def person(office, case):
    address = f"/desk/cases/{case.code}/people/{client_of(case).pk}/edit/"
    return address, {"name": "First Name"}, {"name": "Second Name"}


def relation(office, case):
    address = f"/desk/cases/{case.code}/people/related/{there(office, case)['relationship']}/"
    told = {"kind": "wife"}
    return address, told | {"evidence": "first", "legal": "registered"}, told | {"evidence": "second"}


def house(office, case):
    told = {"currency": "RUB"}
    return f"/desk/cases/{case.code}/household/", told | {"head": "first"}, told | {"head": "second", "others": "3"}


FORMS: list[Callable[..., Any]] = [
    step, decision, court, papers, deadline, hearing, goal, alimony, person, relation, house,
]  # fmt: skip


def tab(client, address: str) -> dict[str, str]:
    """What a form that is open in a tab carries beside what is typed."""
    found = re.search(r'name="stood" value="(\w+)"', client.get(address).content.decode())
    return {"stood": found.group(1)}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_it_tells_the_later_of_two_people_and_loses_nothing(office, case, form):
    address, first, second = form(office, case)
    one, other = at(office.farzona), at(office.manizha)
    seen = tab(other, address)
    sent = one.post(address, first | tab(one, address))
    assert sent.status_code == 302, sent.content.decode()
    answer = other.post(address, second | seen)
    page = answer.content.decode()
    assert (answer.status_code, CHANGED in page) == (422, True)
    assert [value for value in second.values() if value not in first.values() and value not in page] == []
    assert "It says now:" in page
    again = {"stood": re.search(r'name="stood" value="(\w+)"', page).group(1)}
    assert other.post(address, second | again).status_code == 302


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_it_lets_one_person_write_twice(office, case, form):
    address, first, second = form(office, case)
    client = at(office.farzona)
    assert [client.post(address, told | tab(client, address)).status_code for told in (first, second)] == [302, 302]


def test_it_tells_who_changes_a_way_to_reach_her_that_was_changed_meanwhile(office, case):
    old = contact(office, case)
    address = f"/desk/cases/{case.code}/contact/{old.pk}/"
    told = {
        "way": "sms",
        "value": "+992 90 111 22 33",
        "most": "NEUTRAL",
        "until_date": UNTIL.isoformat(),
        "old_is_safe": "no",
    }
    assert at(office.farzona).post(address, told).status_code == 302
    answer = at(office.manizha).post(address, told | {"value": "+992 90 444 55 66"})
    page = answer.content.decode()
    assert (answer.status_code, CHANGED in page, "+992 90 444 55 66" in page) == (422, True, True)
    assert SafeContact.objects.filter(ended_at=None).count() == 1


# -- a line that is taken out while somebody changes it ------------------------------------------------------------


@pytest.fixture
def gone(office, case):
    """A payment that Manizha took out while Farzona was changing it: its address, and the matter's."""
    address, _first, _second = alimony(office, case)
    at(office.manizha).post(f"{address}back/")
    assert not AlimonyFact.objects.exists()
    return address, address.rsplit("/", 2)[0] + "/"


TYPED = {"on": "2026-03-01", "amount": "777", "currency": "AZN", "kind": "transfer", "paper": "slip of March"}


def test_it_keeps_what_was_typed_of_a_line_that_was_taken_out_meanwhile(office, case, gone):
    address, overview = gone
    answer = at(office.farzona).post(address, TYPED)
    shown = answer.content.decode()
    assert (answer.status_code, "took this out while you were writing" in shown) == (422, True)
    assert all(value in shown for value in ("777", "slip of March", "2026-03-01"))
    to = re.search(r'<form[^>]* action="([^"]*)"', shown[shown.index("flow ask") - 60 :]).group(1)
    assert to == f"{overview}new/payment/"
    assert at(office.farzona).post(to, TYPED).status_code == 302
    assert AlimonyFact.objects.count() == 1


def test_it_says_of_a_line_that_was_taken_out_that_it_was(office, gone):
    address, _overview = gone
    client = at(office.farzona)
    assert "took this out already" in client.get(address, follow=True).content.decode()
    assert "took this out already" in client.post(f"{address}back/", follow=True).content.decode()


@pytest.mark.parametrize("who", ["temur", "zebo"])
def test_it_says_nothing_of_it_to_who_does_not_work_on_the_case(office, gone, who):
    assert at(getattr(office, who)).post(gone[0], TYPED).status_code == 404


def test_it_says_nothing_of_a_line_that_never_was(office, gone):
    assert at(office.farzona).post(f"{gone[1]}{'0' * 8}-0000-4000-8000-{'0' * 12}/", TYPED).status_code == 404


# -- a closed case ---------------------------------------------------------------------------------------------------


@pytest.fixture
def closed(office, case):
    """A closed case, with what stood in it, and the forms that would change it."""
    known, client = there(office, case), at(office.farzona)
    Case.objects.filter(pk=case.pk).update(status="closed", closed_week="2026-11-23")
    return known, client


@pytest.mark.parametrize(
    "what", ["people/add/", "people/{person}/edit/", "people/related/{relationship}/", "household/"]
)
def test_it_corrects_nobody_of_a_closed_case_until_it_is_reopened(office, case, closed, what):
    known, client = closed
    address = f"/desk/cases/{case.code}/{what.format(**known)}"
    before = (Person.objects.count(), Household.objects.count())
    seen = re.search(r'name="stood" value="(\w+)"', client.get(address).content.decode())
    told = {"name": "Гулнора Нав", "part": "witness", "side": "neither", "kind": "wife", "anyway": "1"}
    told |= {"stood": seen.group(1)} if seen else {}
    answer = client.post(address, told)
    assert (answer.status_code, CLOSED in answer.content.decode()) == (422, True)
    assert (Person.objects.count(), Household.objects.count()) == before
