"""Every address of tables of counts: who may open it; whoever may not is answered as if there were none."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk_world import at
from hamroh.statistics import actions, desk_urls
from hamroh.statistics.models import KeptTable
from statistics_world import QUERY, books, fill, let_out, wish

ROUTES = {each.name: set(each.pattern.regex.groupindex) for each in desk_urls.urlpatterns}
#: Lola plans, Manizha supervises, Firuz analyses; Rustam is a donor's; Zebo works on cases
COUNTS = frozenset({"lola", "manizha", "firuz"})
GIVEN = COUNTS | {"rustam"}
EXPECTED: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "tables": (COUNTS, None), "keep": (None, COUNTS), "drop": (None, COUNTS), "leave": (COUNTS, COUNTS), "released": (GIVEN, None),
    "table": (GIVEN, None), "csv": (GIVEN, None), "xlsx": (GIVEN, None),
}  # fmt: skip
#: pages of a whole house: whoever works in another one sees her own
OF_A_HOUSE = {"tables", "leave", "released"}
FOUND = {200, 302, 422}


@pytest.fixture
def there(desk) -> dict[str, Any]:
    fill(desk)
    books(desk)
    kept = actions.keep_table(actor=desk.lola, organisation=desk.house, wish=wish())
    return {"table": kept.pk, "release": let_out(desk).pk}


def address(name: str, there: dict[str, Any], **more: Any) -> str:
    return reverse(f"statistics:{name}", kwargs={each: (there | more)[each] for each in ROUTES[name]})


def people(desk) -> dict[str, Any]:
    return {name: getattr(desk, name) for name in GIVEN} | {"zebo": desk.office.zebo, "vusal": desk.vusal}


def test_it_states_who_may_for_every_address() -> None:
    assert set(ROUTES) == set(EXPECTED)


def test_it_opens_to_whom_it_should(desk, there) -> None:
    clients = {name: at(user) for name, user in people(desk).items()}
    wrong = []
    for name, expected in sorted(EXPECTED.items(), key=lambda each: each[0] == "drop"):
        for method, may in zip(("get", "post"), expected, strict=True):
            for who in [] if may is None else ["zebo", "rustam", "firuz", *({"vusal"} if name not in OF_A_HOUSE else ())]:  # fmt: skip
                data = {"query": QUERY} if method == "post" else {}
                status = getattr(clients[who], method)(address(name, there), data).status_code
                right = FOUND if who in may or (who == "vusal" and name == "keep") else {404}
                if status not in right:
                    wrong.append((name, method, who, status))
    assert wrong == []


def test_it_asks_visitors_to_sign_in(desk, there) -> None:
    for name in EXPECTED:
        answer = Client().get(address(name, there))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("accounts:sign-in")), name


def test_it_takes_no_form_without_its_token(desk, there) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.lola)
    assert {client.post(address(name, there)).status_code for name in ("keep", "drop", "leave")} == {403}


def test_it_knows_no_table_of_another_house(desk, there) -> None:
    client = at(desk.lola)
    strange = {"table": uuid.uuid4(), "release": uuid.uuid4()}
    assert {client.get(address(name, strange)).status_code for name in ("table", "csv", "xlsx")} == {404}
    assert client.post(address("drop", strange)).status_code == 404
    assert KeptTable.objects.count() == 1


def test_it_gives_a_donor_what_left_for_her_alone(desk, there) -> None:
    """Neither what left for the house, nor that something was refused, nor a question of her own."""
    inside = let_out(desk, wish("risk"), audience="internal")
    page = at(desk.rustam).get(reverse("statistics:released")).content.decode()
    assert (str(there["release"]) in page, str(inside.pk) in page) == (True, False)
    assert at(desk.rustam).get(address("table", there, release=inside.pk)).status_code == 404
