"""Notes of a discipline open to their author and to that discipline within reach of the case: to no supervisor, by no emergency, through no mother's page."""

import pytest

from cases_work import NOTE, child, write
from cases_world import gulnoras
from desk_world import at, employ, page
from hamroh.accounts import policy
from hamroh.accounts.actions import access
from hamroh.accounts.models import ConflictBlock, Membership, RecordGrant, Role
from hamroh.cases import actions, selectors
from hamroh.cases.models import Case, Note, Written
from hamroh.vault import journal

TEAM = "kulob"


@pytest.fixture
def team_case(office):
    """A case of Farzona's in a team that has a psychologist and a social worker."""
    for user in (office.nigora, office.zebo):
        Membership.objects.filter(user=user).update(team=TEAM)
    return gulnoras(office, team=TEAM)


def reads(user, case, words: str = NOTE) -> bool:
    answer = at(user).get(f"/desk/cases/{case.code}/")
    return answer.status_code == 200 and words in answer.content.decode()


def opens(user, note: Note, case: Case) -> int:
    return at(user).get(f"/desk/cases/{case.code}/notes/{note.pk}/").status_code


def test_it_shows_a_note_of_the_case_to_all_who_read_the_case(office, team_case):
    write(office.farzona, team_case)
    assert [reads(user, team_case) for user in (office.farzona, office.zebo, office.manizha)] == [True] * 3


@pytest.mark.parametrize(
    ("who", "may"), [("nigora", True), ("farzona", False), ("zebo", False), ("manizha", False), ("temur", False)]
)
def test_it_shows_a_psychologists_note_to_psychologists_alone(office, team_case, who, may):
    note = write(office.nigora, team_case, "psychological")
    user = getattr(office, who)
    assert (reads(user, team_case), opens(user, note, team_case) == 200) == (may, may)


def test_it_shows_it_to_another_psychologist_of_the_team(office, team_case):
    write(office.nigora, team_case, "psychological")
    second = employ("shahnoza", office.centre, Role.PSYCHOLOGIST)
    assert not reads(second, team_case)
    Membership.objects.filter(user=second).update(team=TEAM)
    assert reads(second, team_case)


@pytest.mark.parametrize(("who", "may"), [("zebo", True), ("nigora", False), ("farzona", False), ("manizha", False)])
def test_it_shows_a_note_of_health_to_its_author_alone(office, team_case, who, may):
    write(office.zebo, team_case, "medical")
    assert reads(getattr(office, who), team_case) == may


@pytest.mark.parametrize("discipline", ["psychological", "medical"])
def test_it_opens_no_such_note_in_an_emergency(office, team_case, discipline):
    note = write(office.nigora, team_case, discipline)
    write(office.farzona, team_case, words="He rang twice.")
    helper = employ("mehri", office.centre, Role.PSYCHOLOGIST)
    access.break_glass(actor=helper, record=team_case, reason="danger", words="She rang: he is at the door.")
    assert (reads(helper, team_case, "He rang twice."), reads(helper, team_case)) == (True, False)
    assert opens(helper, note, team_case) == 404


def test_it_lends_no_such_note_with_the_case(office, team_case):
    note = write(office.nigora, team_case, "psychological")
    guest = employ("aysel", office.other, Role.PSYCHOLOGIST)
    RecordGrant.objects.create(
        organisation=office.centre, to_organisation=office.other, verbs=["case.list", "case.read"],
        record_kind="cases.case", record_id=str(team_case.pk), ends_at=team_case.changed_at.replace(year=2030),
    )  # fmt: skip
    assert (at(guest).get(f"/desk/cases/{team_case.code}/").status_code, opens(guest, note, team_case)) == (200, 404)


def test_it_shows_nothing_to_a_psychologist_who_is_shut_out(office, team_case):
    note = write(office.nigora, team_case, "psychological")
    ConflictBlock.objects.create(user=office.nigora, record_kind="cases.case", record_id=str(team_case.pk))
    assert opens(office.nigora, note, team_case) == 404


def test_it_keeps_an_author_out_who_no_longer_reaches_the_case(office, team_case):
    note = write(office.zebo, team_case, "medical")
    Membership.objects.filter(user=office.zebo).update(team="vose")
    assert opens(office.zebo, note, team_case) == 404


def test_it_keeps_safety_rule_14_a_childs_notes_on_no_page_of_the_mother(office, team_case):
    son = child(office, team_case)
    write(office.nigora, team_case, "psychological", about=son)
    case, decision = selectors.case_of(actor=office.nigora, code=team_case.code)
    with journal.openings("task"):
        shown = selectors.notes(actor=office.nigora, case=case, decision=decision)
    pages = [page(office.nigora, f"/desk/cases/{team_case.code}/{part}") for part in ("", "story/", "print/")]
    assert (shown, [NOTE in each for each in pages]) == ([], [False] * 3)


def test_it_keeps_safety_rule_14_a_childs_notes_open_to_their_discipline_apart(office, team_case):
    write(office.nigora, team_case, "psychological", about=child(office, team_case))
    where = f"/desk/cases/{team_case.code}/notes/children/"
    assert NOTE in page(office.nigora, where)
    assert [NOTE in page(user, where) for user in (office.farzona, office.zebo)] == [False, False]
    assert at(office.manizha).get(where).status_code == 404


def test_it_lets_nobody_write_for_another_discipline(office, team_case):
    for user in (office.farzona, office.manizha):
        with pytest.raises(policy.Refused):
            write(user, team_case, "psychological")


def test_it_offers_a_lawyer_no_note_of_a_psychologist(office, team_case):
    where = f"/desk/cases/{team_case.code}/notes/new/"
    assert 'value="psychological"' not in page(office.farzona, where)
    typed = {"discipline": "psychological", "on_date": "2026-11-23", "words": NOTE}
    assert at(office.farzona).post(where, typed).status_code == 422


def test_it_opens_no_note_of_another_case(office, team_case):
    other = gulnoras(office, told=actions.Told(name="Другая"))
    note = write(office.farzona, other)
    assert opens(office.farzona, note, team_case) == 404


def test_it_takes_nobody_of_another_case_as_whom_it_is_about(office, team_case):
    other = gulnoras(office, told=actions.Told(name="Другая"))
    stranger = child(office, other)
    typed = {"discipline": "case", "on_date": "2026-11-23", "words": NOTE, "about": str(stranger.pk)}
    assert at(office.farzona).post(f"/desk/cases/{team_case.code}/notes/new/", typed).status_code == 422


def test_it_tells_nobody_in_the_list_that_a_psychologist_wrote(office, team_case):
    before = Case.objects.get(pk=team_case.pk).changed_at
    write(office.nigora, team_case, "psychological")
    assert Case.objects.get(pk=team_case.pk).changed_at == before


def test_it_changes_no_note(office, team_case):
    note = write(office.farzona, team_case)
    with pytest.raises(Written):
        note.save()
