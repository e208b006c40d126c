"""A legal matter step by step: what is done, what only she decides, its papers, its end."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answers import numbers
from cases_matters import matter_of
from cases_world import gulnoras
from desk_world import TODAY, asked, at, page
from hamroh.accounts import policy
from hamroh.cases import selectors, story
from hamroh.cases.actions import deadlines, matters
from hamroh.cases.actions.moving import AtRest
from hamroh.cases.models import Case, Deadline, Matter, MatterKind, MatterStep
from hamroh.cases.selectors import matters as reads
from hamroh.kernel.matters import workflows
from hamroh.vault import journal
from hamroh.vault.models import JournalLine


@pytest.fixture
def matter(office, case) -> Matter:
    return matter_of(office, case)


@pytest.fixture(autouse=True)
def opened(office):
    """Actions open the facts that they change."""
    with journal.openings("task"):
        yield


def address(matter: Matter, *more: str) -> str:
    return "/".join([f"/desk/cases/{matter.case.code}/matters/{matter.pk}", *more, ""])


def facts_of(office, matter: Matter) -> dict:
    row, decision = reads.matter_of(actor=office.farzona, code=matter.case.code, pk=matter.pk)
    return reads.matter_facts(matter=row, decision=decision)


def decide(office, matter: Matter, *, wants: bool, code: str = "alimony_crime") -> MatterStep:
    told = matters.Advised(wants, TODAY, "He may be put on trial and send nothing.", "I want to think of the children.")
    return matters.decide_step(actor=office.farzona, matter=matter, code=code, told=told)


def mark(office, matter: Matter, code: str, state: str = "done", words: str = "") -> MatterStep:
    return matters.mark_step(actor=office.farzona, matter=matter, code=code, state=state, on=TODAY, words=words)


def test_it_has_a_kind_for_every_workflow():
    assert set(MatterKind.values) == set(workflows())


def test_it_is_opened_by_a_form_and_shown_on_the_case(office, case):
    client = at(office.farzona)
    client.post(f"/desk/cases/{case.code}/matters/new/", {"kind": "paternity", "country": "TJ"})
    assert "Paternity" in page(office.farzona, f"/desk/cases/{case.code}/")


def test_it_opens_one_matter_for_a_form_that_is_sent_twice(office, case):
    client = at(office.farzona)
    for _again in range(2):
        told = {"kind": "divorce", "country": "AZ", "form_key": "the same"}
        client.post(f"/desk/cases/{case.code}/matters/new/", told)
    assert Matter.objects.filter(case=case).count() == 1


@pytest.mark.parametrize("country", ["TJ", "AZ"])
@pytest.mark.parametrize("kind", MatterKind.values)
def test_it_shows_every_workflow(office, case, kind, country):
    found = matters.open_matter(actor=office.farzona, case=case, kind=kind, country=country)
    text = page(office.farzona, address(found))
    assert text.count('<li class="cur">') == 1


def test_it_goes_on_to_the_next_step(office, matter):
    mark(office, matter, "safe")
    matter.refresh_from_db()
    assert matter.stage == "alimony_facts"


def test_it_leaves_a_step_out_that_is_not_needed(office, matter):
    for code in ("safe", "alimony_facts"):
        mark(office, matter, code)
    mark(office, matter, "nikoh", "not_needed")
    matter.refresh_from_db()
    assert matter.stage == "alimony_agreement"


def test_it_takes_a_mistaken_mark_back_and_keeps_it_in_the_journal(office, matter):
    mark(office, matter, "safe")
    matters.take_step_back(actor=office.farzona, matter=matter, code="safe")
    matter.refresh_from_db()
    assert matter.stage == "safe"
    assert JournalLine.objects.filter(verb="case.take_step_back").get().facts["was"] == "done"


def test_it_keeps_safety_rule_9_and_refuses_a_complaint_without_her_decision(office, matter):
    answer = at(office.farzona).post(
        address(matter, "step", "alimony_crime"), {"state": "done", "on": TODAY, "words": ""}
    )
    assert answer.status_code == 422
    assert "Only she decides this" in answer.content.decode()
    assert not MatterStep.objects.exists()


def test_it_keeps_safety_rule_9_and_refuses_a_complaint_that_she_does_not_want(office, matter):
    decide(office, matter, wants=False)
    with pytest.raises(matters.NotNow):
        mark(office, matter, "alimony_crime")


def test_it_keeps_safety_rule_9_and_takes_a_decision_only_with_advice(office, matter):
    told = {"advised_on": TODAY, "advice": "", "wants": "yes", "said": "Yes"}
    answer = at(office.farzona).post(address(matter, "step", "alimony_crime"), told)
    assert (answer.status_code, MatterStep.objects.count()) == (422, 0)


def test_it_keeps_safety_rule_9_and_writes_down_what_she_was_told_and_said(office, matter):
    where = address(matter, "step", "alimony_crime")
    told = {"advised_on": TODAY, "advice": "He may stop paying.", "wants": "yes", "said": "I want it."}
    assert at(office.farzona).post(where, told).status_code == 302
    assert at(office.farzona).post(where, {"state": "done", "on": TODAY, "words": ""}).status_code == 302
    row, decision = reads.matter_of(actor=office.farzona, code=matter.case.code, pk=matter.pk)
    step, facts = reads.step_facts(matter=row, code="alimony_crime", decision=decision)
    assert step is not None
    assert (step.state, facts["advice"], facts["said"]) == ("done", "He may stop paying.", "I want it.")


def test_it_lets_her_change_her_mind_until_it_was_done(office, matter):
    decide(office, matter, wants=True)
    decide(office, matter, wants=False)
    assert MatterStep.objects.get().state == "unwanted"


def test_it_ticks_papers_and_keeps_what_was_told_of_the_court(office, matter):
    client = at(office.farzona)
    client.post(address(matter, "court"), {"court": "Суди шаҳри Кӯлоб", "number": "2-17/26"})
    client.post(address(matter, "papers"), {"id_card": "here", "summons": "none", "gold": "here"})
    assert facts_of(office, matter) == {
        "court": "Суди шаҳри Кӯлоб", "number": "2-17/26", "judge": "", "costs": "",
        "papers": {"id_card": "here", "summons": "none"},
    }  # fmt: skip


def test_it_keeps_court_and_words_out_of_the_clear(office, matter):
    matters.tell_court(actor=office.farzona, matter=matter, told={"court": "Суди Кӯлоб", "number": "2-17/26"})
    mark(office, matter, "safe", words="Танҳо ба хоҳараш")
    told = {"whom": "Вазорат", "number": "99/4", "words": "Ҳалнома"}
    deadlines.log_dispatch(actor=office.farzona, matter=matter, way="sent", country="RU", on=TODAY, told=told)
    stored = ""
    with connection.cursor() as cursor:
        for table in ("matter", "matterstep", "dispatch", "deadline", "hearing"):
            cursor.execute(f"SELECT * FROM cases_{table}")
            stored += repr(cursor.fetchall())
    assert not [each for each in ("Суди", "2-17/26", "хоҳараш", "Вазорат", "99/4", "Ҳалнома") if each in stored]


def test_it_ends_with_a_result_and_drops_the_days_that_were_open(office, matter):
    deadlines.count_term(actor=office.farzona, matter=matter, code="az_appeal", base=TODAY)
    at(office.farzona).post(address(matter, "end"), {"result": "won", "on": TODAY, "words": "A quarter"})
    matter.refresh_from_db()
    assert (matter.result, matter.ended_date, Deadline.objects.get().state) == ("won", TODAY, "dropped")


def test_it_does_not_end_while_a_hearing_is_set(office, matter):
    starts_at = dt.datetime(2026, 12, 1, 5, 0, tzinfo=dt.UTC)
    deadlines.set_hearing(actor=office.farzona, matter=matter, starts_at=starts_at, told={})
    with pytest.raises(matters.NotNow):
        matters.end_matter(actor=office.farzona, matter=matter, result="won", words="", on=TODAY)


def test_it_changes_nothing_in_a_matter_that_has_ended(office, matter):
    matters.end_matter(actor=office.farzona, matter=matter, result="lost", words="", on=TODAY)
    with pytest.raises(matters.NotNow):
        mark(office, matter, "safe")
    matters.reopen_matter(actor=office.farzona, matter=matter)
    assert mark(office, matter, "safe").state == "done"


def test_it_changes_nothing_in_a_closed_case(office, matter):
    Case.objects.filter(pk=matter.case_id).update(status="closed")
    with pytest.raises(AtRest):
        mark(office, matter, "safe")
    assert at(office.farzona).post(address(matter, "step", "safe", "back")).status_code == 422


def test_it_offers_nothing_to_press_in_a_closed_case(office, matter):
    row = deadlines.count_term(actor=office.farzona, matter=matter, code="az_appeal", base=TODAY)
    Case.objects.filter(pk=matter.case_id).update(status="closed")
    for where in (address(matter), address(matter, "days", str(row.pk))):
        main = page(office.farzona, where).split("<main", 1)[1].split("</main", 1)[0]
        assert "<button" not in main


def test_it_gives_no_matter_of_another_case(office, matter):
    other = gulnoras(office)
    assert at(office.farzona).get(f"/desk/cases/{other.code}/matters/{matter.pk}/").status_code == 404


def test_it_knows_no_step_of_another_workflow(office, matter):
    assert at(office.farzona).get(address(matter, "step", "child_age")).status_code == 404
    with pytest.raises(policy.Refused):
        mark(office, matter, "child_age")


def test_it_loses_nothing_that_was_typed(office, matter):
    answer = at(office.farzona).post(
        address(matter, "step", "safe"), {"on": "2999-01-01", "words": "Through her sister"}
    )
    assert answer.status_code == 422
    assert "Through her sister" in answer.content.decode()


def test_it_tells_the_story(office, case, matter):
    mark(office, matter, "safe", words="Through her sister")
    row, decision = selectors.case_of(actor=office.farzona, code=case.code)
    said = [(moment.said, moment.words) for moment in story.of(office.farzona, row, decision)]
    assert ("A matter was opened: Alimony", "") in said
    assert [words for words in said if words[1] == "Through her sister"]


def test_it_shows_as_many_queries_for_many_matters_as_for_one(office, case, matter):
    counts = []
    for kind in ("divorce", "debt"):
        with CaptureQueriesContext(connection) as seen:
            assert reads.matter_lines(case=case)
        counts.append(len(seen))
        matters.open_matter(actor=office.farzona, case=case, kind=kind, country="TJ")
    assert counts[0] == counts[1] == 4  # one of them asks which changes of the law are released


def test_it_asks_no_more_of_a_long_matter_than_of_a_short_one(office, matter):
    counts = []
    for code in ("safe", "alimony_facts"):
        mark(office, matter, code, words="Through her sister")
        deadlines.remind(actor=office.farzona, matter=matter, due=TODAY, words="Ring the registry")
        told = {"whom": "Ministry", "words": "The judgment"}
        deadlines.log_dispatch(actor=office.farzona, matter=matter, way="sent", country="RU", on=TODAY, told=told)
        counts.append(asked(at(office.farzona), address(matter)))
    assert counts[0] == counts[1]


def test_it_keeps_safety_rule_13_and_links_every_law_to_its_page(office, matter):
    deadlines.count_term(actor=office.farzona, matter=matter, code="az_appeal", base=TODAY)
    text = page(office.farzona, address(matter))
    assert "Civil Procedure Code of Azerbaijan, 360 (2023-12-26), certainty A" in re.sub(r"\s+", " ", text)
    assert "/desk/cases/law/?r=az.cpc.360.appeal" in text


def test_it_keeps_safety_rule_13_and_shows_article_version_and_certainty(office):
    text = page(office.farzona, "/desk/cases/law/?r=az.cpc.360.appeal")
    assert not [
        each
        for each in ("360", "26\N{NO-BREAK SPACE}December 2023", "A: the text itself", "nobody yet")
        if each not in text
    ]


def test_it_keeps_safety_rule_13_and_turns_amber_after_the_day_of_review(office, time_machine):
    assert "to be read again<" not in page(office.farzona, "/desk/cases/law/?r=az.cpc.360.appeal")
    time_machine.move_to(dt.datetime(2027, 4, 1, 5, tzinfo=dt.UTC))
    assert '<span class="st care">' in page(office.farzona, "/desk/cases/law/?r=az.cpc.360.appeal")


def test_it_keeps_safety_rule_13_and_hides_the_article_of_what_nobody_saw(office):
    text = page(office.farzona, "/desk/cases/law/?r=tj.fc.penalty")
    assert "115" not in numbers(text)
    assert "to be verified" in text


@pytest.mark.parametrize("query", ["?of=TJ", "?of=AZ", "?of=RU", "?of=%00", ""])
def test_it_lists_the_law_of_a_state(office, query):
    assert at(office.farzona).get(f"/desk/cases/law/{query}").status_code == 200


def test_it_knows_no_rule_of_that_name(office):
    assert at(office.farzona).get("/desk/cases/law/?r=az.fc.nothing").status_code == 404


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("origin=TJ&to=RU", "Minsk"),
        ("origin=AZ&to=RU", "to be verified"),
        ("origin=AZ&to=US", "No treaty"),
        ("origin=TJ&to=KG", "The table has no way"),
        ("origin=TJ&to=XX", "Please put this right"),
    ],
)
def test_it_finds_the_way_across_a_border(office, way, said):
    assert said in at(office.farzona).get(f"/desk/cases/abroad/?{way}").content.decode()
