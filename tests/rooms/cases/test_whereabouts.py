"""Where she is opens to those whom its writer let in, each by a key of her own; nobody else learns that it is written down."""

import re
import uuid

import pytest

from cases_safety import contact, message
from cases_trafficking import ADDRESS, WHO_KNOWS, client_of, hidden, opened_at, unlocked, with_keys
from cases_world import gulnoras
from desk_world import TODAY, at, page
from hamroh.accounts import policy
from hamroh.accounts.models import Membership
from hamroh.cases.actions import CannotMove, keyed, whereabouts
from hamroh.cases.actions.whereabouts import Place
from hamroh.cases.models import Case, Whereabouts
from hamroh.vault import journal, opening
from hamroh.vault.errors import NotAMember
from hamroh.vault.models import JournalLine, RecordKey

ELSEWHERE = "дараи Ромит, хонаи холааш"
TEAM = "kulob"


@pytest.fixture
def team_case(office):
    """Gulnora's case in a team that Zebo works in, too; the supervisor reads every case."""
    Membership.objects.filter(user=office.zebo).update(team=TEAM)
    with_keys(office, office.farzona, office.zebo, office.manizha)
    return gulnoras(office, team=TEAM)


def of(row: Whereabouts, part: str = "") -> str:
    return f"/desk/cases/{row.case.code}/places/{row.pk}/{part}"


def said(answer) -> tuple[int, str]:
    changing = r'nonce="[^"]+"|name="(csrfmiddlewaretoken|form_key)" value="[^"]+"'
    return answer.status_code, re.sub(changing, "", answer.content.decode())


def sees(client, row: Whereabouts, words: str = ADDRESS, why: str = "visit") -> bool:
    answer = client.post(of(row), {"why": why})
    return answer.status_code == 200 and words in answer.content.decode()


def elsewhere(row: Whereabouts, actor, old: str = "no") -> None:
    with journal.openings("task"):
        whereabouts.move_to(actor=actor, row=row, place=Place(ELSEWHERE, TODAY), old_is_safe=old)


def test_it_opens_to_its_writer_who_says_why(office, case):
    row = hidden(office, case)
    assert (sees(opened_at(office.farzona), row), sees(opened_at(office.farzona), row, WHO_KNOWS)) == (True, True)
    lines = JournalLine.objects.filter(verb="case.locate", record_id=str(row.pk))
    assert {(line.actor_id, line.purpose) for line in lines} == {(office.farzona.pk, "whereabouts: visit")}


@pytest.mark.parametrize("why", ["", "because"])
def test_it_opens_for_no_reason_of_none(office, case, why):
    row = hidden(office, case)
    answer = opened_at(office.farzona).post(of(row), {"why": why})
    assert (answer.status_code, ADDRESS in answer.content.decode()) == (422, False)


def test_it_asks_for_her_key_before_it_opens(office, case):
    row = hidden(office, case)
    answer = at(office.farzona).post(of(row), {"why": "visit"})
    assert (answer.status_code, ADDRESS in answer.content.decode()) == (409, False)


def test_it_is_taken_in_while_her_key_is_shut(office, case):
    with_keys(office, office.farzona)
    told = {"person": str(client_of(case).pk), "address": ADDRESS, "on_date": TODAY.isoformat(), "words": ""}
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/places/new/", told)
    assert (answer.status_code, Whereabouts.objects.get().owner_id) == (302, office.farzona.pk)


@pytest.mark.parametrize("who", ["zebo", "manizha"])
def test_it_tells_nobody_who_works_on_the_case_that_there_is_a_place(office, team_case, who):
    """The case's page, its story, the page of places and every page of a place: alike with a place and without."""
    user, paths = getattr(office, who), ("", "story/", "places/", "places/new/")

    def pages() -> list[tuple[int, str]]:
        return [said(at(user).get(f"/desk/cases/{team_case.code}/{path}")) for path in paths]

    before, changed_at = pages(), Case.objects.get(pk=team_case.pk).changed_at
    row = hidden(office, team_case)
    assert [now == then for now, then in zip(pages(), before, strict=True)] == [True] * len(paths)
    assert Case.objects.get(pk=team_case.pk).changed_at == changed_at
    missing = Whereabouts(pk=uuid.uuid4(), case=team_case)
    for part in ("", "move/", "let-in/", "take-away/", f"shut-out/{office.zebo.pk}/"):
        for method in ("get", "post"):
            answers = [said(getattr(at(user), method)(of(each, part))) for each in (row, missing)]
            assert answers[0][0] in (404, 405)
            assert answers[0][1].replace(str(row.pk), "") == answers[1][1].replace(str(missing.pk), "")


def test_it_stays_shut_to_an_open_key_of_somebody_else(office, team_case):
    row = hidden(office, team_case)
    decision = policy.Decision(True, "as if", office.zebo.pk, "case.locate", row.ref)
    with journal.openings("task"), unlocked(office.zebo), pytest.raises(NotAMember):
        opening.open(row, "address", decision=decision, purpose="visit")


def test_it_lets_a_second_worker_write_down_what_she_knows_without_learning_of_the_first(office, team_case):
    first = hidden(office, team_case)
    second = hidden(office, team_case, actor=office.zebo, address=ELSEWHERE)
    assert (sees(opened_at(office.zebo), second, ELSEWHERE), at(office.zebo).get(of(first)).status_code) == (True, 404)


def test_it_opens_to_a_supervisor_whom_she_names(office, team_case):
    row = hidden(office, team_case)
    opened_at(office.farzona).post(of(row, "let-in/"), {"user": str(office.manizha.pk)})
    assert sees(opened_at(office.manizha), row)
    assert "Manizha" in page(office.farzona, of(row))


def test_it_lets_in_nobody_who_does_not_work_on_the_case(office, case):
    row = hidden(office, case)
    with_keys(office, office.zebo, office.temur)
    for user in (office.zebo, office.temur, office.nigora):
        answer = opened_at(office.farzona).post(of(row, "let-in/"), {"user": str(user.pk)})
        assert answer.status_code == 422
        with unlocked(office.farzona), pytest.raises(CannotMove):
            keyed.let_in(actor=office.farzona, row=row, user=user)


def test_it_shuts_somebody_out_again(office, team_case):
    row = hidden(office, team_case)
    with unlocked(office.farzona):
        keyed.let_in(actor=office.farzona, row=row, user=office.manizha)
    opened_at(office.farzona).post(of(row, f"shut-out/{office.manizha.pk}/"))
    assert at(office.manizha).get(of(row)).status_code == 404
    assert sees(opened_at(office.farzona), row)


def test_it_keeps_one_to_whom_it_opens(office, team_case):
    row = hidden(office, team_case)
    with unlocked(office.farzona), pytest.raises(CannotMove):
        keyed.shut_out(actor=office.farzona, row=row, user_id=office.farzona.pk)


def test_it_keeps_safety_rule_3_and_asks_whether_the_old_place_is_still_safe(office, case):
    row = hidden(office, case)
    told = {"address": ELSEWHERE, "on_date": TODAY.isoformat(), "words": ""}
    client = opened_at(office.farzona)
    assert client.post(of(row, "move/"), told).status_code == 422
    assert client.post(of(row, "move/"), told | {"old_is_safe": "no"}).status_code == 302
    text = client.post(of(row), {"why": "check"}).content.decode()
    assert text.index(ELSEWHERE) < text.index(ADDRESS) < text.index("never again")


def test_it_keeps_safety_rule_3_and_cancels_what_waited_when_she_moves(office, case):
    contact(office, case)
    row, waiting = hidden(office, case), message(office, case)
    with unlocked(office.farzona):
        elsewhere(row, office.farzona)
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"


def test_it_goes_with_its_key(office, case):
    row = hidden(office, case)
    assert at(office.farzona).post(of(row, "take-away/")).status_code == 302
    assert (Whereabouts.objects.count(), RecordKey.objects.filter(record_id=row.pk).count()) == (0, 0)


def test_it_opens_to_no_member_who_no_longer_reaches_the_case(office, team_case):
    row = hidden(office, team_case)
    with unlocked(office.farzona):
        keyed.let_in(actor=office.farzona, row=row, user=office.zebo)
    Membership.objects.filter(user=office.zebo).update(team="vose")
    assert at(office.zebo).post(of(row), {"why": "visit"}).status_code == 404


def test_it_is_found_by_no_search_and_stands_in_no_paper(office, case):
    hidden(office, case)
    client = opened_at(office.farzona)
    for path in ("", "story/", "print/", "referrals/", "evidence/"):
        answer = client.get(f"/desk/cases/{case.code}/{path}")
        assert ADDRESS not in answer.content.decode()
