"""Every address of reports to donors: who may open it, who may send its form; whoever may not is answered as if there were none."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk_world import TODAY, at
from hamroh.accounts.models import Role
from hamroh.projects import report_urls
from hamroh.projects.actions import reports as actions
from hamroh.projects.models import DonorReport
from reports_world import Work, approved, draft, open_work

ROUTES = {each.name: set(each.pattern.regex.groupindex) for each in report_urls.urlpatterns}
WRITES, NOBODY = frozenset({"lola", "manizha"}), frozenset[str]()
READS = WRITES | {"ingrid", "olav"}
#: route -> who may GET, who may POST; None where the method is not answered
EXPECTED: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "list": (READS | {"vera"}, None), "new": (WRITES, WRITES), "report": (READS, None), "change": (WRITES, WRITES), "write": (WRITES, WRITES),
    "contents": (WRITES, WRITES), "step": (None, WRITES), "send-back": (WRITES, WRITES), "give": (WRITES, WRITES), "take-back": (None, WRITES),
    "pdf": (READS, None), "docx": (READS, None),
}  # fmt: skip
FOUND = {200, 302, 422}
#: Temur administers, Zebo works on cases; Vera plans in another organisation, to which a guest was lent the report, not she
EVERYBODY = ("lola", "manizha", "ingrid", "olav", "vera", "temur", "zebo")


@pytest.fixture
def there(db: Any, settings: Any) -> tuple[Work, dict[str, Any]]:
    """An approved report that Ingrid and Olav were lent."""
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    work = open_work()
    row = draft(work)
    approved(work, row)
    until = TODAY + dt.timedelta(days=30)
    houses = {"ingrid": work.school.house, "olav": work.school.office.other}
    grants = [
        actions.give_report(actor=work.lola, report=row, username=who, organisation=house, until=until)
        for who, house in houses.items()
    ]
    named = {"code": row.code, "version": 1, "project": work.project.code, "section": "short", "lang": "en", "grant": grants[0].pk}  # fmt: skip
    return work, named


def person(work: Work, name: str) -> Any:
    return getattr(work, name, None) or getattr(work.school.office, name)


def address(name: str, named: dict[str, Any], **more: Any) -> str:
    return reverse(f"project-reports:{name}", kwargs={each: (named | more)[each] for each in ROUTES[name]})


def test_it_states_who_may_for_every_address() -> None:
    assert set(ROUTES) == set(EXPECTED)


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_opens_to_whom_it_should(there: Any, method: str) -> None:
    work, named = there
    clients = {name: at(person(work, name)) for name in EVERYBODY}
    wrong = []
    for name, expected in sorted(EXPECTED.items(), key=lambda each: each[0] == "take-back"):
        may = expected[method == "post"]
        for who in ["manizha"] if may is None else EVERYBODY:
            if name in ("pdf", "docx") and who in ("manizha", "lola"):
                continue  # a file is made once, for the donor
            status = getattr(clients[who], method)(address(name, named), {"do": "correct"}).status_code
            if status not in ({405} if may is None else FOUND if who in may else {404}):
                wrong.append((name, who, status))
    assert wrong == []


def test_it_asks_visitors_to_sign_in(there: Any) -> None:
    _work, named = there
    for name in EXPECTED:
        answer = Client().get(address(name, named))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("accounts:sign-in")), name


def test_it_takes_no_form_without_its_token(there: Any) -> None:
    work, named = there
    client = Client(enforce_csrf_checks=True)
    client.force_login(work.manizha)
    posts = [name for name, (_get, post) in EXPECTED.items() if post]
    assert [name for name in posts if client.post(address(name, named)).status_code != 403] == []


def test_it_knows_no_version_code_language_or_section_that_is_not(there: Any) -> None:
    work, named = there
    client = at(work.lola)
    for name, more in (
        ("report", {"version": 2}), ("report", {"code": "nothing"}), ("pdf", {"lang": "fr"}), ("write", {"section": "none"}),
        ("new", {"project": "nothing"}),
    ):  # fmt: skip
        assert client.get(address(name, named, **more)).status_code == 404, name
    assert client.post(address("step", named), {"do": "burn"}).status_code == 404
    assert client.post(address("take-back", named, grant=uuid.uuid4())).status_code == 302


def test_it_shows_drafts_to_no_donor_even_of_the_house(there: Any) -> None:
    work, _named = there
    row = draft(work, "second", written=False)
    named = {"code": row.code, "version": 1, "lang": "en"}
    for who in ("ingrid", "olav", "vera"):
        for name in ("report", "pdf", "docx"):
            assert at(person(work, who)).get(address(name, named)).status_code == 404, (who, name)


def test_it_shuts_a_team_s_report_to_who_does_not_work_on_it(there: Any) -> None:
    work, named = there
    work.project.visibility = "team"
    work.project.save(update_fields=["visibility"])
    assert at(work.lola).get(address("report", named)).status_code == 404
    assert at(work.manizha).get(address("report", named)).status_code == 200


def test_it_forgets_a_loan_when_its_time_is_over(there: Any, time_machine: Any) -> None:
    work, named = there
    time_machine.move_to(dt.datetime.combine(TODAY + dt.timedelta(days=32), dt.time(12), dt.UTC))
    assert at(work.olav).get(address("report", named)).status_code == 404


def test_it_keeps_what_was_typed_where_it_is_refused(there: Any) -> None:
    work, _named = there
    row = draft(work, "second", written=False)
    typed = {"words-en": "Typed for an hour", "words_en": "Typed for an hour", "seen": "2026-01-01T00:00:00+00:00"}
    page = at(work.lola).post(address("write", {"code": row.code, "version": 1, "section": "short"}), typed)
    assert page.status_code == 422
    assert "Typed for an hour" in page.content.decode()


def test_it_lends_nothing_to_a_role_that_reads_no_reports() -> None:
    assert set(actions.READERS) == {Role.DONOR, Role.PARTNER_GUEST, Role.PROGRAMME_MANAGER, Role.SUPERVISOR}


def test_it_begins_one_report_where_a_form_is_sent_twice(there: Any) -> None:
    work, named = there
    client = at(work.lola)
    typed = {
        "template": "short",
        "starts": "1.2027",
        "ends": "6.2027",
        "languages": ["en"],
        "form_key": "same-key-twice-sent",
    }
    first, second = (client.post(address("new", named), typed) for _turn in range(2))
    assert first["Location"] == second["Location"]
    assert DonorReport.objects.filter(template="short").count() == 1
