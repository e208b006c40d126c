"""Every address of the desk of training: who may open it, who may send its form; whoever may not is answered as if there were none."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk_world import TODAY, at
from hamroh.training import actions, desk_urls
from hamroh.training.models import Certificate, Counted, SignUp, Trainer
from training_world import asked, counted, moved, planned, roundtable, somebody

ROUTES = {each.name: set(each.pattern.regex.groupindex) for each in desk_urls.urlpatterns}
#: Dilbar trains in the round, Safar in none, Lola plans, Manizha supervises; Zebo works on cases, Temur administers
PLANS, TRAINS, KNOWS = frozenset({"lola", "manizha"}), frozenset({"dilbar"}), frozenset({"dilbar", "safar"})
GUIDES = TRAINS | {"manizha"}
ALL, NOBODY = PLANS | KNOWS, frozenset[str]()
ROUND = PLANS | TRAINS
#: route -> who may GET, who may POST; None where the method is not answered
EXPECTED: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "rounds": (ALL, None), "cascade": (ALL, None), "calendar": (ALL, ALL), "revoke-calendar": (None, ALL), "courses": (ALL, None),
    "new-course": (PLANS, PLANS), "course": (ALL, None), "change-course": (PLANS, PLANS), "new-round": (PLANS, PLANS),
    "gatherings": (ALL, None), "new-gathering": (PLANS, PLANS), "gathering": (ALL, None), "change-gathering": (PLANS, PLANS),
    "ask": (PLANS, PLANS), "move-asked": (PLANS, PLANS), "round": (ROUND, None), "change": (ROUND, ROUND), "move": (None, ROUND),
    "round-cascade": (ROUND, None), "name-trainer": (PLANS, PLANS), "bring-trainer": (GUIDES, GUIDES), "drop-trainer": (None, PLANS),
    "bear": (ROUND, ROUND), "parent": (ROUND, ROUND), "give": (ROUND, ROUND), "count": (ROUND, ROUND), "before": (ROUND, ROUND),
    "take-back": (None, ROUND), "people": (GUIDES, None), "new-person": (GUIDES, GUIDES), "many": (GUIDES, GUIDES),
    "person": (GUIDES, None), "change-person": (GUIDES, GUIDES), "leave": (GUIDES, GUIDES), "press-person": (None, GUIDES),
    "attendance": (GUIDES, None), "take": (GUIDES, GUIDES), "tests": (GUIDES, GUIDES), "sign-ups": (GUIDES, None),
    "answer": (None, GUIDES), "certificates": (GUIDES, GUIDES), "papers-file": (GUIDES, None), "press-paper": (None, GUIDES),
}  # fmt: skip
FOUND = {200, 302, 422}
#: pages of a whole organisation: whoever works in another one sees her own
OF_A_HOUSE = {
    "rounds",
    "cascade",
    "calendar",
    "revoke-calendar",
    "courses",
    "new-course",
    "gatherings",
    "new-gathering",
}


@pytest.fixture
def there(school) -> dict[str, Any]:
    """One of everything that addresses name."""
    row = planned(school, takes_sign_ups=True, starts="2026-11")
    moved(school, row, "announced")
    actions.sign_up(round=row, name="Nigina", way_back="93 555 44 33", lang="tg")
    person = somebody(school, row)
    counted(school, row, 4)
    actions.take_attendance(
        actor=school.dilbar, round=row, on_date=TODAY, part=1, marks={person.pk: "h"}, heads=None, seen=0
    )
    moved(school, row, "running", "held")
    actions.issue_certificates(actor=school.dilbar, round=row, people=[person.pk])
    gathering = roundtable(school)
    return {
        "round": row, "code": row.code, "course": row.course.code, "gathering": gathering.code,
        "recommendation": asked(school, gathering).pk, "trainer": Trainer.objects.get().pk, "what": "counted",
        "pk": Counted.objects.get().pk, "enrolment": person.pk, "sign_up": SignUp.objects.get().pk,
        "certificate": Certificate.objects.get().pk,
    }  # fmt: skip


def address(name: str, there: dict[str, Any], **more: Any) -> str:
    return reverse(f"training:{name}", kwargs={each: (there | more)[each] for each in ROUTES[name]})


def people(school) -> dict[str, Any]:
    staff = {name: getattr(school, name) for name in ALL}
    return staff | {"zebo": school.zebo, "temur": school.office.temur, "vusal": school.vusal}


def test_it_states_who_may_for_every_address() -> None:
    assert set(ROUTES) == set(EXPECTED)


#: from who may least to who may most
LADDER = ("temur", "zebo", "safar", "lola", "dilbar", "manizha")


def around(may: frozenset[str]) -> list[str]:
    """The lowest who and all who may not."""
    return [*[name for name in LADDER if name not in may], *[name for name in LADDER if name in may][:1]]


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_opens_to_whom_it_should(school, there, method: str) -> None:
    clients = {name: at(user) for name, user in people(school).items()}
    wrong = []
    for name, expected in sorted(
        EXPECTED.items(), key=lambda each: each[0] == "drop-trainer"
    ):  # it shuts the round to her
        may = expected[method == "post"]
        for who in ["manizha"] if may is None else [*around(may), *({"vusal"} if name not in OF_A_HOUSE else ())]:
            status = getattr(clients[who], method)(address(name, there)).status_code
            if status not in ({405} if may is None else FOUND if who in may else {404}):
                wrong.append((name, who, status))
    assert wrong == []


def test_it_asks_visitors_to_sign_in(school, there) -> None:
    for name in EXPECTED:
        answer = Client().get(address(name, there))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("accounts:sign-in")), name


def test_it_knows_no_row_of_another_round(school, there) -> None:
    """Rows are found within their round alone, whoever knows their numbers."""
    other = planned(school, there["round"].course, number=7)
    gathering = roundtable(school)
    rows = ("trainer", "pk", "enrolment", "sign_up", "certificate", "recommendation")
    wrong = []
    for name, (may_get, _post) in EXPECTED.items():
        method = "get" if may_get else "post"
        if any(each in ROUTES[name] for each in rows):
            for more in ({"code": other.code, "gathering": gathering.code}, {each: uuid.uuid4() for each in rows}):
                status = getattr(at(school.manizha), method)(address(name, there, **more), {"do": "revoke"}).status_code
                if status != 404:
                    wrong.append((name, status))
    assert wrong == []


def test_it_takes_no_form_without_its_token(school, there) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(school.manizha)
    assert [
        name for name, (_get, post) in EXPECTED.items() if post and client.post(address(name, there)).status_code != 403
    ] == []


def test_it_shuts_a_round_to_whom_it_was_taken_from(school, there) -> None:
    """Whoever trains no more reads nobody from that moment on."""
    client = at(school.dilbar)
    assert client.get(address("people", there)).status_code == 200
    actions.drop_trainer(actor=school.lola, round=there["round"], trainer=there["trainer"])
    assert {client.get(address(name, there)).status_code for name in ("round", "people", "take", "papers-file")} == {
        404
    }
