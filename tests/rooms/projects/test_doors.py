"""Every address of the register: who may open it, who may send its form; whoever may not is answered as if there were none."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk_world import at
from hamroh.projects import actions, desk_urls
from projects_world import Programme, indicator, noted, period, project, reached

ROUTES = {each.name: set(each.pattern.regex.groupindex) for each in desk_urls.urlpatterns}
#: Lola and Ozoda plan, Manizha supervises, Firuz reads; Zebo works on cases, Temur administers, Vusal plans elsewhere
PLANS = frozenset({"lola", "ozoda", "manizha"})
READS = PLANS | {"firuz"}
#: route -> who may GET, who may POST; None where the method is not answered
EXPECTED: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "list": (READS, None), "new": (PLANS, PLANS), "network": (READS, None), "network-project": (READS, None),
    "days": (READS, None), "days-file": (READS, None), "work": (READS, None), "new-work": (PLANS, PLANS), "work-row": (READS, None),
    "change-work": (PLANS, PLANS), "move-work": (None, PLANS), "note-work": (PLANS, PLANS), "take-back-work": (None, PLANS),
    "project": (READS, None), "change": (PLANS, PLANS), "note": (PLANS, PLANS), "correct": (PLANS, PLANS), "take-back": (None, PLANS),
    "results": (READS, None), "fill": (PLANS, PLANS), "periods": (PLANS, PLANS), "period": (READS, None), "change-period": (PLANS, PLANS),
    "drop-period": (None, PLANS), "figure": (PLANS, PLANS), "approve": (None, PLANS), "withdraw": (PLANS, PLANS),
}  # fmt: skip
FOUND = {200, 302, 422}
WORK = {"work", "new-work", "work-row", "change-work", "move-work", "note-work", "take-back-work"}
MOVE = {"after": "ongoing", "before": "planned"}
#: pages of a whole organisation: whoever works in another one sees her own
OF_A_HOUSE = {"list", "new", "network", "network-project", "days", "days-file", "work", "new-work"}


@pytest.fixture
def named(there: Programme) -> dict[str, Any]:
    """One of everything that addresses name."""
    row = project(there)
    of = indicator(there, row)
    span = period(there, of)
    work = actions.activities.make(
        actor=there.lola, organisation=there.house, what="activity",
        told={"project": row, "who": there.donor, "whats": {"en": "Advice"}, "state": "planned"},
    )  # fmt: skip
    people = actions.activities.note_beside(actor=there.lola, row=work, what="reach", told={"number": 4})
    place = noted(there, row, "place", place=there.khatlon)
    return {
        "row": row, "code": row.code, "work": work.code, "reach": people.pk, "place": place.pk, "indicator": of.pk, "period": span.pk,
        "actual": reached(there, span).pk, "kind": "document",
    }  # fmt: skip


def address(name: str, named: dict[str, Any], **more: Any) -> str:
    given = named | {"pk": named["place"], "what": "place"}
    if name in WORK:
        given |= {"what": "activity", "code": named["work"], "beside": "reach", "pk": named["reach"]}
    return reverse(f"projects:{name}", kwargs={each: (given | more)[each] for each in ROUTES[name]})


def people(there: Programme) -> dict[str, Any]:
    staff = {name: getattr(there, name) for name in READS}
    return staff | {"zebo": there.office.zebo, "temur": there.office.temur, "vusal": there.vusal}


def test_it_states_who_may_for_every_address() -> None:
    assert set(ROUTES) == set(EXPECTED)


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_opens_to_whom_it_should(there, named, method: str) -> None:
    clients = {name: at(user) for name, user in people(there).items()}
    type(named["row"]).objects.filter(pk=named["row"].pk).update(visibility="network")
    wrong = []
    for name, expected in EXPECTED.items():
        may = expected[method == "post"]
        tried = (
            ["manizha"]
            if may is None
            else ["temur", "zebo", "firuz", "lola", *([] if name in OF_A_HOUSE else ["vusal"])]
        )
        for who in tried:
            allowed = may is not None and who in may
            status = getattr(clients[who], method)(address(name, named), MOVE).status_code
            if status not in ({405} if may is None else FOUND if allowed else {404}):
                wrong.append((name, who, status))
    assert wrong == []


def test_it_asks_visitors_to_sign_in(named) -> None:
    for name in EXPECTED:
        answer = Client().get(address(name, named))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("accounts:sign-in")), name


def test_it_knows_no_row_of_another_project(there, named) -> None:
    """Rows are found within their project alone, whoever knows their numbers."""
    other, client, wrong = project(there), at(there.manizha), []
    rows = ("pk", "indicator", "period", "actual")
    for name, (may_get, _post) in EXPECTED.items():
        if name not in WORK and any(each in ROUTES[name] for each in rows):
            method = "get" if may_get and name != "withdraw" else "post"
            for more in ({"code": other.code}, {each: uuid.uuid4() for each in rows}):
                status = getattr(client, method)(address(name, named, **more), {"why": "typed wrongly"}).status_code
                if status != 404:
                    wrong.append((name, more, status))
    assert wrong == []


def test_it_shuts_a_teams_project_to_colleagues_who_do_not_work_on_it(there, named) -> None:
    """The same 404 as for a code that was never given; a supervisor and those who work on it come in."""
    row = named["row"]
    type(row).objects.filter(pk=row.pk).update(visibility="team")
    wrong = []
    for name, (may_get, _post) in EXPECTED.items():
        method = "get" if may_get else "post"
        for who in ("ozoda", "firuz", "manizha") if name not in OF_A_HOUSE else ():
            status = getattr(at(getattr(there, who)), method)(address(name, named), MOVE).status_code
            if (status == 404) != (who != "manizha"):
                wrong.append((name, who, status))
    assert wrong == []
    for name in ("list", "days"):
        assert row.code not in at(there.ozoda).get(address(name, named)).content.decode()
    assert named["work"] not in at(there.ozoda).get(address("work", named)).content.decode()


def test_it_takes_no_form_without_its_token(there, named) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(there.manizha)
    assert [
        name for name, (_g, post) in EXPECTED.items() if post and client.post(address(name, named)).status_code != 403
    ] == []
