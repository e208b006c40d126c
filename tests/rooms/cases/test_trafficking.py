"""Trafficking in a case: asked page by page, shown with reasons, and what follows by her own decision."""

import datetime as dt

import pytest

from cases_trafficking import (
    ADVICE,
    CODES,
    GROUNDS,
    SAID,
    SHELTER,
    asked,
    begun,
    client_of,
    decided,
    helped,
    identified,
    opened_at,
    recovering,
)
from desk_world import TODAY, at, page
from hamroh.accounts import policy
from hamroh.accounts.models import Role, Task
from hamroh.cases.actions import CannotMove
from hamroh.cases.actions import trafficking as actions
from hamroh.cases.models import (
    Assistance,
    Basis,
    Case,
    Identification,
    PoliceDecision,
    RecoveryPeriod,
    TraffickingScreen,
    Written,
)
from hamroh.kernel.trafficking import tool
from hamroh.vault import journal
from hamroh.vault.models import JournalLine


def of(case: Case, part: str = "") -> str:
    return f"/desk/cases/{case.code}/trafficking/{part}"


def answered(office, case, pages: int) -> TraffickingScreen:
    """So many pages answered with a no each, through the pages themselves."""
    client = at(office.farzona)
    told = {"person": str(client_of(case).pk), "age": "adult"}
    where = client.post(of(case, "ask/"), told).headers["Location"]
    for group in list(tool().groups)[:pages]:
        assert where.endswith(f"/{group}/")
        where = client.post(where, {each.code: "no" for each in tool().of(group)}).headers["Location"]
    return TraffickingScreen.objects.get()


def test_it_asks_one_page_at_a_time_and_shows_what_it_comes_to(office, case):
    row = answered(office, case, pages=5)
    assert row.finished_at is not None
    assert "No sign of trafficking was told of" in page(office.farzona, of(case, f"found/{row.pk}/"))


def test_it_goes_on_another_day_where_she_stopped(office, case):
    row = answered(office, case, pages=2)
    where = of(case, f"ask/{row.pk}/")
    at(office.farzona).post(f"{where}force/", {"beaten": "yes", "later": "1"})
    assert at(office.farzona).get(where).headers["Location"] == f"{where}weakness/"
    assert (
        at(office.farzona).post(of(case, "ask/"), {"person": str(client_of(case).pk), "age": "adult"}).status_code
        == 302
    )
    assert TraffickingScreen.objects.get().finished_at is None


def test_it_gives_its_reasons_and_labels_nobody(office, case):
    row = asked(office, case)
    text = page(office.farzona, of(case, f"found/{row.pk}/"))
    assert all(
        words in text for words in ("Strong signs of trafficking", "Could you not leave", "They make nobody anything")
    )
    assert not Identification.objects.exists()


def test_it_lets_an_asking_stand_once_it_is_finished(office, case):
    row = asked(office, case)
    with pytest.raises(Written), journal.openings("task"):
        actions.keep_answers(actor=office.farzona, row=row, answers={"beaten": "no"})
    at(office.farzona).post(of(case, f"ask/{row.pk}/force/"), {"beaten": "no"})
    assert "Strong signs" in page(office.farzona, of(case, f"found/{row.pk}/"))


def test_it_counts_who_may_be_a_child_as_a_child(office, case):
    told = {"person": str(client_of(case).pk), "age": "unknown"}
    at(office.farzona).post(of(case, "ask/"), told)
    row = TraffickingScreen.objects.get()
    only = dict.fromkeys(CODES, "no") | {"brought": "yes", "forced_work": "yes", "hard_work": "yes"}
    with journal.openings("task"):
        actions.keep_answers(actor=office.farzona, row=row, answers=only)
    actions.finish_asking(actor=office.farzona, row=row)
    text = page(office.farzona, of(case, f"found/{row.pk}/"))
    assert all(words in text for words in ("Strong signs of trafficking", "She counts as a child"))


@pytest.mark.parametrize("typed", [{"beaten": "perhaps"}, {}])
def test_it_takes_no_answer_that_is_none(office, case, typed):
    row = begun(office, case)
    answer = at(office.farzona).post(of(case, f"ask/{row.pk}/force/"), typed)
    assert answer.status_code == (422 if typed else 302)


def test_it_shows_who_was_identified_to_members_alone(office, case):
    row = identified(office, case)
    where = f"/desk/cases/{case.code}/identified/{row.pk}/"
    text = opened_at(office.farzona).post(where, {"why": "arrange"}).content.decode()
    assert all(words in text for words in (GROUNDS, "Presumed to be trafficked"))
    assert at(office.manizha).get(where).status_code == 404
    for part in ("", "story/", "print/", "trafficking/", "identified/"):
        assert GROUNDS not in page(office.manizha, f"/desk/cases/{case.code}/{part}")


def test_it_counts_the_days_that_a_lawyer_states_under_her_name(office, case):
    told = {
        "person": str(client_of(case).pk), "on_date": TODAY.isoformat(), "basis": "stated", "days": "30", "article": "Act 1, art. 2",
        "words": "",
    }  # fmt: skip
    assert at(office.farzona).post(of(case, "recovery/new/"), told).status_code == 302
    row = RecoveryPeriod.objects.get()
    assert (row.last_date, row.basis) == (TODAY + dt.timedelta(days=30), "stated")
    text = page(office.farzona, of(case))
    assert all(words in text for words in ("Act 1, art. 2", "Farzona", "to be verified"))


@pytest.mark.parametrize(
    "told", [{"basis": "stated"}, {"basis": "rule"}, {"basis": "paper"}, {"basis": "paper", "last_date": "2026-11-01"}]
)
def test_it_invents_no_length_of_the_time_to_recover(office, case, told):
    typed = {"person": str(client_of(case).pk), "on_date": TODAY.isoformat(), "words": ""} | told
    assert at(office.farzona).post(of(case, "recovery/new/"), typed).status_code == 422
    assert not RecoveryPeriod.objects.exists()


def test_it_lets_nobody_but_a_lawyer_state_a_length(office, case):
    with pytest.raises(policy.Refused):
        actions.begin_recovery(
            actor=office.manizha, person=client_of(case), time=actions.Time(TODAY, 30, Basis.STATED, article="1")
        )


def test_it_reminds_before_her_time_ends(office, case):
    recovering(office, case)
    assert Task.objects.get(assignee=office.farzona).due_date == TODAY + dt.timedelta(days=23)


def test_it_shows_a_time_that_ends_soon_on_the_team_s_page(office, case):
    assert "Times to recover that end soon" not in page(office.farzona, "/desk/cases/team/")
    recovering(office, case, days=9)
    assert "Times to recover that end soon" in page(office.farzona, "/desk/cases/team/")


def test_it_ends_a_time_once_and_then_counts_another(office, case):
    row = recovering(office, case)
    with pytest.raises(CannotMove):
        recovering(office, case)
    at(office.farzona).post(of(case, f"recovery/{row.pk}/end/"), {"words": "Ба хонаи апааш меравад."})
    assert recovering(office, case, days=10).ended_date is None


def test_it_writes_down_who_helps_and_knows_whom_the_directory_knows(office, case):
    told = {
        "person": str(client_of(case).pk), "kind": "talk", "whom": SHELTER, "on_date": TODAY.isoformat(), "to_date": "",
        "words": "",
    }  # fmt: skip
    assert at(office.farzona).post(of(case, "help/new/"), told).status_code == 302
    assert SHELTER in page(office.farzona, of(case))


@pytest.mark.parametrize(("on", "status"), [(TODAY, 302), (TODAY - dt.timedelta(days=1), 422)])
def test_it_ends_help_no_earlier_than_it_began(office, case, on, status):
    row = helped(office, case)
    answer = at(office.farzona).post(of(case, f"help/{row.pk}/end/"), {"on_date": on.isoformat(), "words": ""})
    assert (answer.status_code, Assistance.objects.get().to_date is not None) == (status, status == 302)


def test_it_keeps_safety_rule_9_and_takes_a_decision_about_the_police_only_after_advice(office, case):
    told = {"on_date": TODAY.isoformat(), "advice": "", "wants": "yes", "said": SAID, "alone": "on"}
    assert at(office.farzona).post(of(case, "police/"), told).status_code == 422
    with pytest.raises(CannotMove):
        actions.decide_police(
            actor=office.farzona, case=case, told=actions.Advised(on=TODAY, advice=" ", wants=True, said=SAID)
        )
    assert at(office.farzona).post(of(case, "police/"), told | {"advice": ADVICE}).status_code == 302
    assert SAID in page(office.farzona, of(case))


def test_it_never_changes_what_she_decided(office, case):
    row = decided(office, case, wants=True)
    with pytest.raises(Written):
        row.save()
    decided(office, case, wants=False)
    assert [row.wants for row in PoliceDecision.objects.order_by("made_at")] == ["wanted", "unwanted"]


def test_it_tells_its_story_without_words(office, case):
    asked(office, case)
    recovering(office, case)
    helped(office, case)
    decided(office, case, wants=False)
    text = page(office.farzona, f"/desk/cases/{case.code}/story/")
    wanted = ("Trafficking was asked about", "Her time to recover began", "Help began", "She does not want it")
    assert all(words in text for words in wanted)
    assert not any(words in text for words in (SAID, ADVICE, SHELTER))


def test_it_writes_nothing_into_a_closed_case(office, case):
    row, time = begun(office, case), recovering(office, case)
    Case.objects.filter(pk=case.pk).update(status="closed")
    for part in ("ask/", f"ask/{row.pk}/road/", "recovery/new/", f"recovery/{time.pk}/end/", "help/new/", "police/"):
        at(office.farzona).post(of(case, part), {"words": "x"})
    assert (Assistance.objects.count(), PoliceDecision.objects.count()) == (0, 0)
    assert RecoveryPeriod.objects.get().ended_date is None


def test_it_says_in_the_journal_no_more_than_ids_and_codes(office, case):
    asked(office, case)
    decided(office, case, wants=False)
    lines = str(list(JournalLine.objects.values_list("facts", flat=True)))
    assert not any(words in lines for words in (SAID, ADVICE, "locked"))


def test_it_has_no_page_for_who_takes_no_cases(office, case):
    assert at(office.temur).get(of(case)).status_code == 404
    assert Role.ADMINISTRATOR in office.temur.memberships.values_list("role", flat=True)
