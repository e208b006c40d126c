"""Every address of the desk of bulletins: who may open it, who may send its form; whoever may not is answered as if there were none."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bulletins_world import article, begun, out
from desk_world import at
from hamroh.bulletins import desk_urls

ROUTES = {each.name: set(each.pattern.regex.groupindex) for each in desk_urls.urlpatterns}
MAKES = frozenset({"zarina", "lola", "manizha"})
#: route -> who may GET, who may POST; None where the method is not answered
EXPECTED: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "issues": (MAKES, None), "new": (MAKES, MAKES), "readers": (MAKES, MAKES), "issue": (MAKES, None), "change": (MAKES, MAKES),
    "take": (None, MAKES), "write": (MAKES, MAKES), "step": (None, MAKES), "preview": (MAKES, None), "paper": (MAKES, None),
    "letter": (MAKES, None), "section": (MAKES, MAKES), "move": (None, MAKES),
}  # fmt: skip
OF_A_HOUSE = {"issues", "new", "readers"}
FORMS = {"take": {"what": "x"}, "step": {"do": "ask"}, "move": {"do": "up"}}
FOUND = {200, 302, 422}


@pytest.fixture
def there(press) -> dict[str, Any]:
    issue = begun(press)
    return {"code": issue.code, "section": article(press, issue).pk, "lang": "en"}


def address(name: str, there: dict[str, Any], **more: Any) -> str:
    return reverse(f"bulletins:{name}", kwargs={each: (there | more)[each] for each in ROUTES[name]})


def test_it_states_who_may_for_every_address() -> None:
    assert set(ROUTES) == set(EXPECTED)


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_opens_to_whom_it_should(press, there, method: str) -> None:
    people = {"zarina": press.zarina, "lola": press.lola, "manizha": press.manizha, "zebo": press.zebo, "temur": press.office.temur, "aygun": press.aygun}  # fmt: skip
    clients = {name: at(user) for name, user in people.items()}
    wrong = []
    for name, expected in EXPECTED.items():
        may = expected[method == "post"]
        for who in (
            ["manizha"] if may is None else ["zebo", "temur", "zarina", *({"aygun"} if name not in OF_A_HOUSE else ())]
        ):
            status = getattr(clients[who], method)(address(name, there), FORMS.get(name, {})).status_code
            if status not in ({405} if may is None else FOUND if who in may else {404}):
                wrong.append((name, who, status))
    assert wrong == []


def test_it_asks_visitors_to_sign_in(press, there) -> None:
    for name in EXPECTED:
        answer = Client().get(address(name, there))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("accounts:sign-in")), name


def test_it_knows_no_section_of_another_issue(press, there) -> None:
    other = begun(press)
    for more in ({"code": other.code}, {"section": uuid.uuid4()}):
        assert at(press.zarina).get(address("section", there, **more)).status_code == 404
        assert at(press.zarina).post(address("move", there, **more), {"do": "drop"}).status_code == 404


def test_it_takes_no_form_without_its_token(press, there) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(press.manizha)
    assert [
        name for name, (_get, post) in EXPECTED.items() if post and client.post(address(name, there)).status_code != 403
    ] == []


def test_it_lists_issues_by_as_many_queries_however_many(press, django_assert_max_num_queries: Any) -> None:
    client = at(press.zarina)
    client.get(reverse("bulletins:issues"))
    for _issue in range(12):
        begun(press)
    with django_assert_max_num_queries(24):
        client.get(reverse("bulletins:issues"))


def test_it_opens_what_is_out_to_everybody(press, there) -> None:
    from hamroh.bulletins.models import Issue

    issue = out(press, Issue.objects.get(code=there["code"]))
    names = [("issues", {}), ("feed", {}), ("issue", {"code": issue.code}), ("paper", {"code": issue.code}), ("ask", {}), ("asked", {}), ("confirm", {}), ("leave", {})]  # fmt: skip
    found = {name: Client().get(reverse(f"bulletins-public:{name}", kwargs=more)).status_code for name, more in names}
    assert set(found.values()) == {200}
