"""Every address of the desk: who may open it, who may send its form; whoever may not is answered as if there were none."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk_world import at
from emergency_world import card, drafted, hit, issued, mudflow
from hamroh.emergencies import actions, desk_urls
from hamroh.emergencies.models import Need, Shift, Task

ROUTES = {f"emergencies:{each.name}": set(each.pattern.regex.groupindex) for each in desk_urls.urlpatterns}
ALL = frozenset({"bahrom", "manizha", "zebo", "daler", "lola"})
LEADS = frozenset({"bahrom", "manizha"})
HOUSE, VISITS, SIGNS = LEADS | {"zebo"}, LEADS | {"zebo", "daler"}, LEADS | {"lola"}
NOBODY = frozenset[str]()
#: route -> who may GET, who may POST; None where the method is not answered
EXPECTED: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "list": (ALL, None), "new": (LEADS, LEADS), "alerts": (SIGNS, None), "new-alert": (LEADS, LEADS), "alert": (SIGNS, None),
    "change-alert": (LEADS, LEADS), "step-alert": (None, LEADS), "refer-alert": (None, LEADS), "alert-file": (SIGNS, None),
    "event": (ALL, None), "change": (LEADS, LEADS), "close": (LEADS, LEADS), "reopen": (None, LEADS), "log": (LEADS, LEADS),
    "board": (ALL, None), "new-incident": (LEADS, LEADS), "incident": (ALL, LEADS), "close-incident": (LEADS, LEADS),
    "damage": (ALL, None), "new-card": (VISITS, VISITS), "bring": (VISITS, VISITS), "cards-csv": (ALL, None), "cards-xlsx": (ALL, None),
    "card": (ALL, None), "households": (HOUSE, None), "new-household": (VISITS, VISITS), "household": (HOUSE, None),
    "change-household": (HOUSE, HOUSE), "aid": (HOUSE, HOUSE), "offer": (HOUSE, HOUSE), "needs": (ALL, None), "new-need": (LEADS, LEADS),
    "need": (ALL, LEADS), "move-need": (None, LEADS), "roster": (ALL, LEADS), "call-off": (None, LEADS), "tasks": (ALL, None),
    "new-task": (LEADS, LEADS), "task": (ALL, None), "give-anew": (LEADS, LEADS), "move-task": (None, HOUSE), "reports": (ALL, None),
    "new-report": (LEADS, LEADS), "report": (ALL, None), "report-file": (ALL, None), "report-changes": (ALL, None),
}  # fmt: skip
FOUND = {200, 302, 422}
SAID = {"after": "taken", "before": "given", "do": "ask", "kind": "Update", "seen": "1"}


@pytest.fixture
def there(centre) -> dict[str, Any]:
    """One of everything that addresses name."""
    event = mudflow(centre)
    incident = actions.declare_incident(
        actor=centre.bahrom, event=event, place=centre.ayni, lead="District committee", severity="severe", level="district",
        started_at=event.started_at,
    )  # fmt: skip
    actions.note_need(actor=centre.bahrom, event=event, place=centre.ayni, sector="shelter", item="Tents", quantity=40)
    begins = event.started_at
    for who in (centre.bahrom, centre.zebo):
        actions.plan_shift(
            actor=centre.bahrom,
            event=event,
            person=who,
            duty="command",
            starts_at=begins,
            ends_at=begins + dt.timedelta(hours=12),
        )
    actions.give_task(actor=centre.bahrom, event=event, assignee=centre.zebo, title="Ask the school", due_at=begins)
    for number in (0, 1):
        actions.freeze_report(actor=centre.bahrom, event=event, words={"en": "Quiet."}, seen=number)
    return {
        "event": event, "code": event.code, "incident": incident.pk, "need": Need.objects.get().pk, "shift": Shift.objects.first().pk,
        "task": Task.objects.first().pk, "card": card(centre, event).pk, "household": hit(centre, event).pk, "number": 2, "other": 1,
        "alert": drafted(centre, event).code,
    }  # fmt: skip


def address(name: str, there: dict[str, Any], **more: Any) -> str:
    return reverse(f"emergencies:{name}", kwargs={each: (there | more)[each] for each in ROUTES[f"emergencies:{name}"]})


def people(centre) -> dict[str, Any]:
    staff = {name: getattr(centre, name) for name in ALL}
    return staff | {"temur": centre.office.temur, "vusal": centre.vusal}


def test_it_states_who_may_for_every_address() -> None:
    assert {name.removeprefix("emergencies:") for name in ROUTES} == set(EXPECTED)


#: pages of a whole organisation: whoever leads in another one sees her own
OF_A_HOUSE = {"list", "new", "alerts", "new-alert"}
#: from who may least to who may most
LADDER = ("temur", "lola", "daler", "zebo", "bahrom")


def around(may: frozenset[str]) -> list[str]:
    """The lowest who may and all who may not: whoever stands higher may, too."""
    shut = [name for name in LADDER if name not in may]
    return [*shut, *[name for name in LADDER if name in may][:1]]


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_opens_to_whom_it_should(centre, there, method: str) -> None:
    clients = {name: at(user) for name, user in people(centre).items()}
    wrong = []
    for name, expected in EXPECTED.items():
        may = expected[method == "post"]
        typed = SAID if method == "post" and name in ("step-alert", "refer-alert", "move-task", "move-need") else {}
        for who in ["bahrom"] if may is None else [*around(may), *({"vusal"} if name not in OF_A_HOUSE else ())]:
            status = getattr(clients[who], method)(address(name, there), typed).status_code
            if status not in ({405} if may is None else FOUND if who in may else {404}):
                wrong.append((name, who, status))
    assert wrong == []


def test_it_asks_visitors_to_sign_in(centre, there) -> None:
    for name in EXPECTED:
        answer = Client().get(address(name, there))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("accounts:sign-in")), name


def test_it_knows_no_row_of_another_event(centre, there) -> None:
    """Rows are found within their event alone, whoever knows their numbers."""
    other = mudflow(centre, titles={"en": "Another"})
    rows = ("incident", "need", "shift", "task", "card", "household", "number")
    wrong = []
    for name, (may_get, _post) in EXPECTED.items():
        method = "get" if may_get else "post"
        if any(each in ROUTES[f"emergencies:{name}"] for each in rows):
            for more in (
                {"code": other.code},
                {each: uuid.uuid4() for each in rows if each != "number"} | {"number": 99},
            ):
                status = getattr(at(centre.bahrom), method)(address(name, there, **more), SAID).status_code
                if status != 404:
                    wrong.append((name, status))
    assert wrong == []


def test_it_writes_nothing_by_get(centre, there) -> None:
    from hamroh.vault.models import JournalLine

    before = JournalLine.objects.exclude(
        verb__in=("event.see", "event.read_log", "household.read", "duty.phone", "task.read")
    ).count()
    client = at(centre.bahrom)
    for name, (may, _post) in EXPECTED.items():
        if may:
            client.get(address(name, there))
    assert (
        JournalLine.objects.exclude(
            verb__in=("event.see", "event.read_log", "household.read", "duty.phone", "task.read")
        ).count()
        == before
    )


def test_it_takes_no_form_without_its_token(centre, there) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(centre.bahrom)
    assert [
        name for name, (_get, post) in EXPECTED.items() if post and client.post(address(name, there)).status_code != 403
    ] == []


def test_it_shows_an_exercise_on_every_page(centre, there) -> None:
    client = at(centre.bahrom)
    pages = [name for name, (may, _post) in EXPECTED.items() if may and "code" in ROUTES[f"emergencies:{name}"]]
    plain = {"cards-csv", "cards-xlsx", "report-file"}
    assert [
        name
        for name in pages
        if name not in plain and "EXERCISE" not in client.get(address(name, there)).content.decode()
    ] == []


def test_it_keeps_what_went_out_from_the_other_organisation(centre, there) -> None:
    """The public reads it; the desk of another organisation does not."""
    alert = drafted(centre)
    issued(centre, alert)
    assert at(centre.vusal).get(reverse("emergencies:alert", kwargs={"alert": alert.code})).status_code == 404
    assert Client().get(reverse("alerts:one", kwargs={"code": alert.code})).status_code == 200
