"""The register: who reads what, what is found, how figures come and are approved, and what never leaves."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from answers import numbers
from desk_world import asked, at, page
from hamroh.accounts.policy import Refused
from hamroh.projects import actions, selectors
from hamroh.projects.actions import NotNow, Reached
from hamroh.projects.models import Actual, Project, Written
from hamroh.projects.selectors import Wish
from hamroh.search.selectors import results
from projects_world import (
    HIDDEN_PARTY,
    HIDDEN_PLACE,
    SECRET,
    approved,
    indicator,
    noted,
    period,
    project,
    reached,
)


def found(there, **wish) -> list[str]:
    rows = selectors.projects(actor=there.lola, organisation_id=there.house.pk, wish=Wish(**wish), lang="en")
    return [row.reference for row in rows]


def public(there, **more) -> Project:
    return project(there, visibility="public", **more)


def shown(row: Project, lang: str = "en") -> str:
    return Client().get(f"/{lang}/projects/{row.code}/").content.decode()


# -- what is found -----------------------------------------------------------------------------------------------------


def test_it_finds_a_project_by_words_in_any_language(there) -> None:
    project(there, reference="A")
    project(there, reference="B", titles={"en": "Border posts"})
    assert (found(there, text="ёрии ҳуқуқӣ"), found(there, text="legal families")) == (["A"], ["A"])
    assert found(there, text="legal border") == []


def test_it_finds_a_project_by_a_wider_theme(there) -> None:
    project(there, reference="A", subjects=[there.skills])
    project(there, reference="B")
    assert (found(there, theme="work"), found(there, theme="skills"), found(there, theme="other")) == (["A"], ["A"], [])


def test_it_finds_a_project_by_its_partner_in_another_spelling(there) -> None:
    row = project(there, reference="A")
    project(there, reference="B")
    noted(there, row, "party", party=there.donor, role="1")
    assert (found(there, organisation="НОРВЕГИИ"), found(there, organisation="Iceland")) == (["A"], [])


def test_it_finds_projects_of_years_and_places(there) -> None:
    row = project(there, reference="OLD", starts="1999", ends="2003", ends_planned="")
    project(there, reference="NEW")
    noted(there, row, "place", place=there.vose)
    assert found(there, since=1998, until=2000) == ["OLD"]
    assert found(there, since=2004) == ["NEW"]
    assert found(there, place=there.khatlon) == ["OLD"]


def test_it_finds_projects_by_where_they_stand_today(there) -> None:
    project(there, reference="RUNS")
    project(there, reference="NEXT", starts="", starts_planned="2027", ends_planned="2028")
    assert (found(there, status="active"), found(there, status="pipeline")) == (["RUNS"], ["NEXT"])


def test_it_lists_many_projects_with_as_many_questions(there) -> None:
    project(there)
    client = at(there.lola)
    few = asked(client, "/desk/projects/")
    for _each in range(6):
        project(there)
    assert asked(client, "/desk/projects/") == few


def test_it_asks_as_much_for_many_figures_as_for_one(there) -> None:
    row = project(there)
    of = indicator(there, row)
    approved(there, period(there, of))
    client = at(there.lola)
    few = asked(client, f"/desk/projects/{row.code}/results/")
    for year in (2023, 2024, 2025):
        reached(there, period(there, of, year))
        indicator(there, row)
    assert asked(client, f"/desk/projects/{row.code}/results/") == few


# -- who reads what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "outside", "network"),
    [("public", 200, 200), ("network", 404, 200), ("organisation", 404, 404), ("team", 404, 404)],
)
def test_it_opens_a_project_as_far_as_its_step_says(there, step: str, outside: int, network: int) -> None:
    row = project(there, visibility=step)
    statuses = (
        Client().get(f"/en/projects/{row.code}/").status_code,
        at(there.vusal).get(f"/desk/projects/network/{row.code}/").status_code,
    )
    assert statuses == (outside, network)


def test_it_keeps_what_is_not_public_out_of_the_search(there) -> None:
    row = public(there)
    assert [hit.record_id for hit in results(query=SECRET, language="en").hits] == [row.code]
    row.refresh_from_db()
    told = actions.ProjectTold(
        reference=row.reference, titles=row.titles, objectives=row.objectives, visibility="network"
    )
    actions.change_project(actor=there.lola, project=row, told=told, seen=row.changed_at)
    assert list(results(query=SECRET, language="en").hits) == []


def test_it_never_tells_a_hidden_partner_or_place_outside(there) -> None:
    """Nor an unregistered group that did not choose to be shown, though nobody hid it here."""
    row = public(there, subjects=[there.skills])
    noted(there, row, "party", party=there.group, role="4")
    noted(there, row, "party", name=f"{HIDDEN_PARTY} typed", role="4", is_hidden=True)
    noted(there, row, "party", party=there.donor, role="1")
    noted(there, row, "place", place=there.vose, is_hidden=True)
    actions.activities.make(
        actor=there.lola, organisation=there.house, what="activity",
        told={"project": row, "who": there.group, "place": there.vose, "whats": {"en": "Advice"}, "state": "done"},
    )  # fmt: skip
    client = Client()
    pages = [
        shown(row),
        client.get("/en/projects/").content.decode(),
        page(there.vusal, f"/desk/projects/network/{row.code}/"),
    ]
    pages += [
        client.get("/en/projects/", {"by": HIDDEN_PARTY}).content.decode(),
        client.get("/en/search/", {"q": HIDDEN_PLACE}).content.decode(),
    ]
    assert "Government of Norway" in pages[0]
    assert [name for name in (HIDDEN_PARTY, HIDDEN_PLACE) for each in (pages[0], pages[2]) if name in each] == []
    assert row.code not in pages[3]
    assert row.code not in pages[4]
    assert HIDDEN_PARTY in page(there.firuz, f"/desk/projects/{row.code}/")


def test_it_hides_a_partner_that_is_only_typed_unless_it_may_be_named(there) -> None:
    row = public(there)
    client = at(there.lola)
    for name, more in (("Zwqxone", {}), ("Zwqxtwo", {"may_be_named": "on"})):
        client.post(f"/desk/projects/{row.code}/note/party/", {"name": name, "role": "4", **more})
    assert ("Zwqxone" in shown(row), "Zwqxtwo" in shown(row)) == (False, True)


def test_it_shows_outside_only_public_indicators_and_approved_figures(there) -> None:
    row = public(there)
    hidden, open_ = indicator(there, row), indicator(there, row, is_public=True)
    approved(there, period(there, hidden), 71)
    span = period(there, open_, value=None)
    mine = reached(there, span, 83)
    assert "83" not in numbers(shown(row))
    actions.approve_actual(actor=there.manizha, project=row, actual=mine.pk)
    assert numbers(shown(row)) & {"71", "83"} == {"83"}


# -- figures -----------------------------------------------------------------------------------------------------------


def test_it_lets_nobody_approve_her_own_figure(there) -> None:
    mine = reached(there, period(there, indicator(there, project(there))))
    with pytest.raises(NotNow):
        actions.approve_actual(actor=there.lola, project=mine.project, actual=mine.pk)


def test_it_never_changes_a_figure(there) -> None:
    mine = reached(there, period(there, indicator(there, project(there))))
    mine.value = Decimal(99)
    with pytest.raises(Written):
        mine.save()


def test_it_puts_a_newer_figure_in_the_place_of_an_older_one(there) -> None:
    span = period(there, indicator(there, project(there)))
    first = approved(there, span, 40)
    second = reached(there, span, 45, before=first.pk)
    first.refresh_from_db()
    line = selectors.framework(project=span.project).indicators[0].periods[0]
    assert (first.superseded_by_id, [each.pk for each in line.actuals]) == (second.pk, [second.pk])


def test_it_refuses_a_figure_over_one_that_was_not_seen(there) -> None:
    span = period(there, indicator(there, project(there)))
    reached(there, span, 40)
    with pytest.raises(NotNow):
        reached(there, span, 45)


def test_it_wants_a_source_for_what_is_typed(there) -> None:
    span = period(there, indicator(there, project(there)))
    with pytest.raises(NotNow) as refused:
        reached(there, span, source_words=" ")
    assert refused.value.field == "source_words"


def test_it_reads_the_figure_of_a_training_where_it_stands(there) -> None:
    """What a form says beside it does not count."""
    from hamroh.training import actions as training

    course = training.make_course(
        actor=there.lola, organisation=there.house, told=training.CourseTold("budget", {"en": "Household budgeting"})
    )
    row = training.plan_round(actor=there.lola, course=course, told=training.RoundTold(number=1, starts="2026-05"))
    training.count_people(actor=there.lola, round=row, group=training.Group(number=17, at_least=True))
    span = period(there, indicator(there, project(there)))
    made = reached(there, span, 999, source_kind="training", source_ref=row.code, source_words="")
    assert (made.value, made.at_least, "Household budgeting" in made.source_words) == (Decimal(17), True, True)


def test_it_takes_no_figure_from_a_training_of_others(there) -> None:
    from hamroh.training import actions as training

    course = training.make_course(
        actor=there.vusal, organisation=there.office.other, told=training.CourseTold("budget", {"en": "Theirs"})
    )
    row = training.plan_round(actor=there.vusal, course=course, told=training.RoundTold(number=1))
    training.count_people(actor=there.vusal, round=row, group=training.Group(number=17))
    with pytest.raises(NotNow):
        reached(there, period(there, indicator(there, project(there))), source_kind="training", source_ref=row.code)


def test_it_takes_a_withdrawn_figure_out_of_what_counts(there) -> None:
    mine = approved(there, period(there, indicator(there, project(there))))
    actions.withdraw_actual(actor=there.manizha, project=mine.project, actual=mine.pk, why="Counted twice")
    line = selectors.framework(project=mine.project).indicators[0]
    assert (line.progress.value, Actual.objects.count()) == (None, 1)


def test_it_keeps_what_figures_stand_under(there) -> None:
    mine = reached(there, period(there, indicator(there, project(there))))
    of = mine.period.indicator
    for what, pk in (("indicator", of.pk), ("result", of.result_id)):
        with pytest.raises(NotNow):
            actions.take_back(actor=there.lola, project=mine.project, what=what, pk=pk)


def test_it_fills_in_a_whole_period_at_once(there) -> None:
    row = project(there)
    first, second = (period(there, indicator(there, row)) for _each in range(2))
    client = at(there.lola)
    typed = {
        f"v_{first.pk}": "1 250,5",
        f"v_{second.pk}": "",
        "source_kind": "document",
        "source_words": "Report, p. 3",
    }
    assert client.post(f"/desk/projects/{row.code}/results/fill/", typed).status_code == 302
    assert [(each.period_id, each.value) for each in Actual.objects.all()] == [(first.pk, Decimal("1250.5"))]


def test_it_keeps_what_was_typed_where_the_source_is_missing(there) -> None:
    row = project(there)
    span = period(there, indicator(there, row))
    answer = at(there.lola).post(f"/desk/projects/{row.code}/results/fill/", {f"v_{span.pk}": "4711"})
    assert (answer.status_code, "4711" in answer.content.decode(), Actual.objects.count()) == (422, True, 0)


def test_it_lets_no_periods_overlap(there) -> None:
    of = indicator(there, project(there))
    period(there, of)
    with pytest.raises(NotNow):
        actions.plan_periods(
            actor=there.lola, project=of.project, indicator=of.pk, periods=[actions.Aimed(dt.date(2026, 6, 1), dt.date(2027, 5, 31))]
        )  # fmt: skip


# -- parts -------------------------------------------------------------------------------------------------------------


def test_it_takes_no_shares_above_the_whole(there) -> None:
    row = project(there)
    noted(there, row, "place", place=there.khatlon, share=Decimal(70))
    with pytest.raises(NotNow) as refused:
        noted(there, row, "place", place=there.vose, share=Decimal(40))
    assert (refused.value.field, "30" in str(refused.value)) == ("share", True)


def test_it_wants_a_budget_for_each_year(there) -> None:
    with pytest.raises(NotNow):
        noted(
            there, project(there), "budget", starts_date=dt.date(2025, 1, 1), ends_date=dt.date(2026, 12, 31), amount=Decimal(5),
            currency="TJS", value_date=dt.date(2025, 1, 1),
        )  # fmt: skip


def test_it_writes_over_nothing_that_changed_meanwhile(there) -> None:
    row = project(there)
    place = noted(there, row, "place", place=there.khatlon, share=Decimal(10))
    place.refresh_from_db()
    seen = actions.frame.mark(place)
    told = {"place": there.khatlon, "share": Decimal(20), "is_hidden": False}
    actions.change_part(actor=there.lola, project=row, what="place", pk=place.pk, told=told, seen=seen)
    with pytest.raises(NotNow):
        actions.change_part(actor=there.ozoda, project=row, what="place", pk=place.pk, told=told, seen=seen)


def test_it_takes_an_address_that_is_a_script_for_no_address(there) -> None:
    row = project(there)
    answer = at(there.lola).post(
        f"/desk/projects/{row.code}/note/paper/",
        {"titles_en": "Agreement", "kind": "agreement", "url": "javascript:alert(1)"},
    )
    assert answer.status_code == 422


def test_it_takes_no_result_of_another_project(there) -> None:
    theirs = indicator(there, project(there)).result
    with pytest.raises(Refused):
        noted(there, project(there), "indicator", result=theirs, code="x", titles={"en": "Stolen"})


# -- work --------------------------------------------------------------------------------------------------------------


def test_it_never_adds_reach_that_is_known_in_different_ways(there) -> None:
    row = actions.activities.make(
        actor=there.lola, organisation=there.house, what="campaign", told={"titles": {"en": "Know the number"}}
    )
    for number, how in ((1800, "given"), (200, "given"), (410, "counted")):
        told = {"number": number, "how_known": how, "channel": "transport"}
        actions.activities.note_beside(actor=there.lola, row=row, what="reached", told=told)
    said = {str(known.how): known.number for known in selectors.reach_said(campaign=row)}
    assert said == {"given": 2000, "counted": 410}
    assert "2,410" not in page(there.lola, f"/desk/projects/work/campaign/{row.code}/")


def test_it_takes_no_activity_into_a_project_of_others(there) -> None:
    row = project(there)
    with pytest.raises(Refused):
        actions.activities.make(
            actor=there.vusal, organisation=there.office.other, what="activity", told={"project": row, "who": there.donor, "whats": {"en": "x"}}
        )  # fmt: skip


def test_it_finds_a_lesson_by_its_words(there) -> None:
    make = actions.activities.make
    make(actor=there.lola, organisation=there.house, what="lesson", told={"titles": {"en": "Drivers hand out more"}})
    make(actor=there.lola, organisation=there.house, what="lesson", told={"titles": {"en": "Stations hand out less"}})
    text = page(there.lola, "/desk/projects/work/lesson/?q=drivers")
    assert ("Drivers hand" in text, "Stations hand" in text) == (True, False)


def test_it_tells_a_calendar_codes_and_days_alone(there) -> None:
    row = project(there)
    noted(there, row, "day", kind="report", on_date=dt.date(2026, 12, 1), titles={"en": SECRET})
    content = at(there.lola).get("/desk/projects/days/days.ics").content.decode()
    assert (row.code in content, "20261201" in content, SECRET in content, "Legal aid" in content) == (
        True,
        True,
        False,
        False,
    )


def test_it_tells_anybody_a_project_with_few_questions(there) -> None:
    row = public(there)
    client = Client()
    client.get(f"/en/projects/{row.code}/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/en/projects/{row.code}/")
    assert len(queries) < 40


def test_it_wants_words_where_it_is_measured_in_words(there) -> None:
    span = period(there, indicator(there, project(there), measure="words", aggregation="last"), value=None)
    with pytest.raises(NotNow) as refused:
        actions.write_actual(actor=there.lola, project=span.project, period=span.pk, reached=Reached("typed"))
    assert refused.value.field == "words"
