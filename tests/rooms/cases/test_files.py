"""Cases are opened, listed and read by whom they belong to."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases_world import GULNORA, gulnoras, with_husband
from desk_world import at, page
from hamroh.accounts import policy
from hamroh.accounts.models import ConflictBlock
from hamroh.cases import actions, naming, selectors
from hamroh.cases.models import Case, Person
from hamroh.vault import journal, pools
from hamroh.vault.models import JournalLine


def codes_on(text: str) -> set[str]:
    return {case.code for case in Case.objects.all() if case.code in text}


def test_it_opens_a_case_with_its_client(office, case):
    assert case.status == "draft"
    assert "Гулнора Раҳмонова" in page(office.farzona, f"/desk/cases/{case.code}/")


def test_it_says_nothing_of_her_in_the_clear(case):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_person")
        stored = repr(cursor.fetchall())
    assert not [each for each in ("Гулнора", "Раҳмонова", "93 555-00-12", "01234567") if each in stored]


def test_it_lists_to_workers_their_own_cases_and_to_supervisors_all(office, case):
    found = {who: codes_on(page(getattr(office, who), "/desk/cases/")) for who in ("farzona", "zebo", "manizha")}
    assert found == {"farzona": {case.code}, "zebo": set(), "manizha": {case.code}}


def answered(user, code: str) -> tuple[int, str]:
    answer = at(user).get(f"/desk/cases/{code}/")
    return answer.status_code, re.sub(
        rf"{code}|nonce=\S+|csrfmiddlewaretoken\S+ value=\S+", "", answer.content.decode()
    )


@pytest.mark.parametrize("who", ["zebo", "temur", "nermin"])
def test_it_shows_others_what_a_missing_case_shows(office, case, who):
    found = answered(getattr(office, who), case.code)
    assert found[0] == 404
    assert found == answered(getattr(office, who), "22222222")


def test_it_shows_nothing_to_a_blocked_colleague(office, case):
    ConflictBlock.objects.create(user=office.manizha, record_kind="cases.case", record_id=str(case.pk))
    assert at(office.manizha).get(f"/desk/cases/{case.code}/").status_code == 404


def test_it_opens_no_case_for_who_has_no_role_there(office):
    with pytest.raises(policy.Refused):
        gulnoras(office, actor=office.nermin)


def test_it_writes_who_opened_it(office, case):
    page(office.farzona, f"/desk/cases/{case.code}/")
    opened = JournalLine.objects.filter(record_kind="cases.case", actor_id=office.farzona.pk, purpose="list")
    assert opened.exists()


def test_it_finds_its_people_in_another_script(office, case):
    with journal.openings("task"):
        found = pools.search(
            naming.KIND, office.centre.pk, {"name": "Gulnora Rahmonova"}, opener=naming.Opener(office.farzona)
        )
    assert [each.id for each in found] == [str(Person.objects.get(case=case).pk)]


def test_it_lets_nobody_find_people_of_cases_that_are_shut(office, case):
    opener = naming.Opener(office.zebo)
    assert pools.search(naming.KIND, office.centre.pk, {"name": GULNORA.name}, opener=opener) == []


def test_it_lists_many_cases_with_as_many_queries_as_one(office, case):
    at(office.farzona).get("/desk/cases/")
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert at(office.farzona).get("/desk/cases/").status_code == 200
        counts.append(len(seen))
        for number in range(3):
            gulnoras(office, told=actions.Told(name=f"Somebody {number}"))
    assert counts[0] == counts[1]


def test_it_gives_the_people_of_a_case_with_their_values(office, case):
    with_husband(office, case)
    row, decision = selectors.case_of(actor=office.farzona, code=case.code)
    with journal.openings("task"):
        found = [each["name"] for each in selectors.people(case=row, decision=decision)]
    assert found == ["Гулнора Раҳмонова", "Зафар Қурбонов"]
