"""Every address of meetings: who may open it, who may send its form; whoever may not is answered as if there were none."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk_world import at
from groups_world import sheltered
from hamroh.groups import meeting_urls
from hamroh.groups.models import Parcel
from meetings_world import carried, met, opened, parcel, saving, told

ROUTES = {each.name: set(each.pattern.regex.groupindex) for each in meeting_urls.urlpatterns}
#: the page that knows nobody, its worker, and the door that asks for a token
OPEN = {"phone", "phone-worker", "phone-api"}
RUNS, HERS = frozenset({"sitora", "manizha"}), frozenset({"sitora"})
#: route -> who may GET, who may POST; None where the method is not answered
EXPECTED: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "list": (RUNS, None), "new-cycle": (RUNS, RUNS), "new": (RUNS, RUNS), "share-out": (RUNS, RUNS), "passbook": (RUNS, None),
    "quarter": (RUNS, None), "quarter-csv": (RUNS, None), "quarter-xlsx": (RUNS, None), "take": (HERS, HERS), "telephones": (RUNS, None),
    "call-back": (None, RUNS), "settle": (RUNS, RUNS), "meeting": (RUNS, None), "attendance": (RUNS, RUNS), "money": (RUNS, RUNS),
    "loan": (RUNS, RUNS), "line": (RUNS, RUNS), "undo": (None, RUNS), "bring-over": (None, RUNS), "decision": (RUNS, RUNS),
    "agenda": (RUNS, RUNS), "close": (RUNS, RUNS), "reopen": (RUNS, RUNS),
}  # fmt: skip
FOUND = {200, 302, 422}
STAFF = ("sitora", "manizha", "lola", "parvina", "zebo", "farzona", "vusala", "daler")


@pytest.fixture
def there(circle) -> dict[str, Any]:
    """One of everything that addresses name; the second meeting is open, and two records of it differ."""
    group, _cycle = saving(circle)
    met(circle, group)
    opened(circle, group, told_day())
    row, _token, _held = carried(circle, group)
    apart = told(attendance={"1": "absent"})
    from hamroh.groups.actions import carrying

    carrying.take_in(carried=row, body=parcel(row, apart))
    sheltered(circle, group=group.code)
    waiting = Parcel.objects.get(state="waiting").pk
    return {"code": group.code, "number": 2, "year": 2026, "quarter": 4, "carried": row.pk, "parcel": waiting}


def told_day() -> Any:
    from desk_world import TODAY

    return TODAY


def address(name: str, there: dict[str, Any], **more: Any) -> str:
    return reverse(f"meetings:{name}", kwargs={each: (there | more)[each] for each in ROUTES[name]})


def test_it_states_who_may_for_every_address() -> None:
    assert set(ROUTES) == set(EXPECTED) | OPEN


def test_it_opens_and_takes_forms_of_whom_it_should(circle, there) -> None:
    staff = {name: at(getattr(circle, name)) for name in STAFF} | {"temur": at(circle.office.temur)}
    wrong = []
    for method, column in (("get", 0), ("post", 1)):
        for name, may in EXPECTED.items():
            for who, client in staff.items():
                status = getattr(client, method)(address(name, there)).status_code
                allowed = may[column]
                good = status == 405 if allowed is None else (status in FOUND) == (who in allowed)
                wrong += (
                    []
                    if good and (allowed is None or who in allowed or status == 404)
                    else [(method, name, who, status)]
                )
    assert wrong == []


def test_it_answers_alike_whether_there_is_such_a_group_or_not(circle, there) -> None:
    client = at(circle.vusala)
    for name in EXPECTED:
        other = {"code": "zzzzzzzz", "carried": uuid.uuid4(), "parcel": uuid.uuid4()}
        real, unreal = client.get(address(name, there)), client.get(address(name, there, **other))
        assert real.status_code == unreal.status_code, name


def test_it_asks_visitors_to_sign_in_and_opens_the_page_that_knows_nobody(circle, there) -> None:
    client = Client()
    for name in EXPECTED:
        assert client.get(address(name, there)).status_code == 302, name
    page = client.get(reverse("meetings:phone"))
    assert page.status_code == 200
    assert "Zwqx" not in page.content.decode()
    assert client.get(reverse("meetings:phone-worker"))["Content-Type"].startswith("text/javascript")


def test_it_shows_no_place_to_stay_on_any_page_of_meetings(circle, there) -> None:
    from groups_world import HOST, STAYED, TOLD, WHERE

    client = at(circle.sitora)
    for name, (may_get, _post) in EXPECTED.items():
        if may_get and name != "take":
            said = client.get(address(name, there)).content.decode(errors="ignore")
            assert not [word for word in (HOST, WHERE, TOLD, STAYED) if word in said], name
