"""What a round tells and keeps: people counted once, half-days put right, certificates checked, sign-ups answered."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk_world import NOW, TODAY, at
from hamroh.accounts import policy
from hamroh.kernel.cascades import Range
from hamroh.kernel.gains import Kind
from hamroh.training import actions, selectors
from hamroh.training.actions import NotNow, Told
from hamroh.training.models import Certificate, Enrolment, Mended, RecommendationLine, Round, Session, SignUp
from hamroh.training.models.gatherings import Written
from training_world import (
    ALIAS,
    NAME,
    PHONE,
    WAY,
    asked,
    counted,
    course,
    crowd,
    held,
    moved,
    planned,
    roundtable,
    somebody,
)


def page(user, name: str, row: Round, **more) -> str:
    answer = at(user).get(reverse(f"training:{name}", kwargs={"code": row.code, **more}))
    assert answer.status_code == 200
    return answer.content.decode()


# -- people ------------------------------------------------------------------------------------------------------------


def test_it_counts_a_person_once_who_came_three_times(school) -> None:
    of = course(school)
    rows = [held(school, of, number=number, starts=f"2026-0{number}") for number in (1, 2, 3)]
    for row in rows:
        somebody(school, row)
    found = selectors.cascade(actor=school.lola, organisation=school.house).reach
    assert (found.total, found.heads) == (Range(1, 1), 3)


def test_it_takes_nobody_for_another_by_a_name_alone(school) -> None:
    """Two of one name may be one person: the range says so."""
    of = course(school)
    for number in (1, 2):
        somebody(school, held(school, of, number=number, starts=f"2026-0{number}"), phone="")
    assert selectors.cascade(actor=school.lola, organisation=school.house).reach.total == Range(1, 2)


def test_it_counts_who_is_said_to_be_one_as_one_and_apart_again(school) -> None:
    of = course(school)
    one, two = (
        somebody(school, held(school, of, number=number, starts=f"2026-0{number}"), name, phone="")
        for number, name in ((1, "Z."), (2, "Zebo K."))
    )
    count = lambda: selectors.cascade(actor=school.lola, organisation=school.house).reach.total  # noqa: E731
    actions.say_same(actor=school.manizha, one=one, other=two)
    assert count() == Range(1, 1)
    two.refresh_from_db()
    actions.say_apart(actor=school.manizha, enrolment=two)
    assert count() == Range(2, 2)


def test_it_holds_the_cascade_to_the_truth(school) -> None:
    """Trainers of one round taught two others: 5, then 12 of whom 3 had come before, then 20 of whom nobody said it."""
    of = course(school)
    first, second, third = (held(school, of, number=number, starts=f"2026-0{number}") for number in (1, 2, 3))
    for row, number in ((first, 5), (second, 12), (third, 20)):
        counted(school, row, number)
    actions.state_before(actor=school.lola, round=second, before=3, heads=12)
    for row in (second, third):
        actions.note_parent(actor=school.lola, round=row, parent=first)
    found = selectors.cascade(actor=school.lola, organisation=school.house)
    assert found.reach.total == Range(20, 34)
    assert [(node.key, node.depth) for node in found.nodes] == [
        (str(first.pk), 0),
        (str(second.pk), 1),
        (str(third.pk), 1),
    ]


def test_it_draws_the_round_of_a_learner_who_trains_under_her_own(school) -> None:
    of = course(school)
    first, second = held(school, of, number=1, starts="2026-01"), held(school, of, number=2, starts="2026-02")
    learner = somebody(school, first)
    address = reverse("training:press-person", kwargs={"code": first.code, "enrolment": learner.pk})
    at(school.dilbar).post(address, {"do": "trains", "code": second.code})
    nodes = selectors.cascade(actor=school.lola, organisation=school.house).nodes
    assert [(node.key, node.parent) for node in nodes] == [(str(first.pk), ""), (str(second.pk), str(first.pk))]


def test_it_weighs_only_rounds_of_one_tree_together(school) -> None:
    """Officials who were only counted elsewhere make nobody of another course uncertain."""
    counted(school, held(school, starts="2026-01"), 300, at_least=True)
    row = held(school, course(school), starts="2026-02")
    somebody(school, row)
    found = selectors.cascade(actor=school.lola, organisation=school.house)
    assert found.steps[str(row.pk)].new == Range(1, 1)
    assert found.reach.total == Range(300, 301, is_open=True)


def test_it_says_where_nobody_knows_how_many_came(school) -> None:
    held(school)
    assert "not known" in at(school.lola).get(reverse("training:cascade")).content.decode()


def test_it_asks_as_often_for_a_large_cascade(school) -> None:
    of = course(school)

    def ask() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            page_of = at(school.lola).get(reverse("training:cascade"))
        assert page_of.status_code == 200
        return len(asked_for)

    crowd(school, held(school, of, number=1, starts="2026-01"), 2)
    before = ask()
    for number in (2, 3, 4):
        crowd(school, held(school, of, number=number, starts=f"2026-0{number}"), 3)
    assert ask() == before


def test_it_lets_no_round_grow_out_of_itself(school) -> None:
    of = course(school)
    first, second = (held(school, of, number=number) for number in (1, 2))
    actions.note_parent(actor=school.lola, round=second, parent=first)
    with pytest.raises(NotNow):
        actions.note_parent(actor=school.lola, round=first, parent=second)


def test_it_erases_a_name_and_leaves_that_somebody_was_there(school) -> None:
    paper, code = issued(school, "initials")
    row = paper.round
    actions.forget_name(actor=school.dilbar, round=row, enrolment=paper.enrolment)
    assert NAME not in page(school.manizha, "people", row)
    assert "Z. K." not in check(code)
    assert selectors.heads(rows=[row])[row.pk].number == 1


def test_it_shows_names_to_nobody_who_plans(school) -> None:
    row = planned(school)
    somebody(school, row)
    assert NAME not in page(school.lola, "round", row)
    with pytest.raises(policy.Refused):
        actions.enrol(actor=school.lola, round=row, told=Told(name="X"))


def test_it_writes_no_name_into_the_database_or_the_journal(school) -> None:
    row = open_round(school)
    somebody(school, row)
    somebody(school, row, "", alias=ALIAS, phone="")
    actions.sign_up(round=row, name=NAME, way_back=WAY, lang="tg")
    with connection.cursor() as cursor:
        tables = [
            name for name in connection.introspection.table_names(cursor) if name.startswith(("training_", "vault_"))
        ]
        held_there = ""
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            held_there += repr(cursor.fetchall())
    assert not [each for each in (NAME, PHONE, ALIAS, WAY, "937002233") if each in held_there]


# -- who was there -----------------------------------------------------------------------------------------------------


def test_it_writes_forty_people_down_by_one_form(school) -> None:
    row = planned(school)
    people = crowd(school, row, 40)
    client, address = at(school.dilbar), reverse("training:take", kwargs={"code": row.code})
    shown = client.get(address, {"all": "1"}).content.decode()
    assert shown.count('value="h" checked') == 40
    marks = {f"p-{each.pk}": "h" for each in people} | {f"p-{people[7].pk}": "a"}
    client.post(address, {"day": TODAY.isoformat(), "part": "1", "seen": "0", **marks})
    assert selectors.sessions(round=row)[0]["there"] == 39


def test_it_reads_forty_people_with_as_many_questions_as_four(school) -> None:
    row = planned(school)

    def ask() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            assert at(school.dilbar).get(reverse("training:take", kwargs={"code": row.code})).status_code == 200
        return len([each for each in asked_for if "journal" not in each["sql"].lower()])

    crowd(school, row, 4)
    before = ask()
    for at_ in range(10, 26):
        somebody(school, row, f"More {at_}", phone=f"93 444 {at_:04}")
    assert ask() == before


def test_it_puts_a_half_day_right_and_keeps_what_it_said(school) -> None:
    row = planned(school)
    one, two = crowd(school, row, 2)
    take = {"actor": school.dilbar, "round": row, "on_date": TODAY, "part": 2, "heads": None}
    actions.take_attendance(marks={one.pk: "h", two.pk: "a"}, seen=0, **take)
    actions.take_attendance(marks={one.pk: "h", two.pk: "l"}, seen=1, **take)
    assert Mended.objects.get().before == {str(one.pk): "h", str(two.pk): "a"}
    assert selectors.shares(round=row) == {one.pk: (1, 1), two.pk: (1, 1)}


def test_it_does_not_write_over_what_another_phone_wrote(school) -> None:
    row = planned(school)
    (one,) = crowd(school, row, 1)
    take = {"actor": school.dilbar, "round": row, "on_date": TODAY, "part": 1, "heads": None, "seen": 0}
    actions.take_attendance(marks={one.pk: "h"}, **take)
    with pytest.raises(NotNow):
        actions.take_attendance(marks={one.pk: "a"}, **take)
    assert Session.objects.get().marks == {str(one.pk): "h"}


def test_it_keeps_the_marks_of_a_form_that_came_too_late(school) -> None:
    row = planned(school)
    (one,) = crowd(school, row, 1)
    take = {"actor": school.dilbar, "round": row, "on_date": TODAY, "part": 1, "heads": None, "seen": 0}
    actions.take_attendance(marks={one.pk: "h"}, **take)
    posted = {"day": TODAY.isoformat(), "part": "1", "seen": "0", f"p-{one.pk}": "l"}
    answer = at(school.dilbar).post(reverse("training:take", kwargs={"code": row.code}), posted)
    assert 'value="l" checked' in answer.content.decode()


def test_it_marks_nobody_of_another_round(school) -> None:
    of = course(school)
    row, other = planned(school, of), planned(school, of, number=7)
    (stranger,) = crowd(school, other, 1)
    actions.take_attendance(
        actor=school.dilbar, round=row, on_date=TODAY, part=1, marks={stranger.pk: "h"}, heads=3, seen=0
    )
    assert Session.objects.get().marks == {}


def test_it_takes_no_day_that_has_not_come(school) -> None:
    row = planned(school)
    with pytest.raises(NotNow):
        actions.take_attendance(
            actor=school.dilbar, round=row, on_date=TODAY + dt.timedelta(days=1), part=1, marks={}, heads=3, seen=0
        )


# -- tests -------------------------------------------------------------------------------------------------------------


def test_it_tells_the_gain_of_who_sat_both_tests(school) -> None:
    row = planned(school)
    one, two = crowd(school, row, 2)
    scores = {one.pk: (Decimal(4), Decimal(9)), two.pk: (Decimal(2), None)}
    actions.enter_scores(actor=school.dilbar, round=row, most=10, scores=scores, counted={})
    row.refresh_from_db()
    found = selectors.round_gain(round=row)
    assert (found.kind, found.n, found.gain) == (Kind.PAIRED, 1, 5)


def test_it_says_that_counted_scores_compare_no_people(school) -> None:
    row = planned(school)
    form = {"most": "10", "counted_before": "4:3, 5:1", "counted_after": "8:4"}
    answer = at(school.dilbar).post(reverse("training:tests", kwargs={"code": row.code}), form, follow=True)
    assert "two means are compared, not people" in answer.content.decode()


# -- certificates ------------------------------------------------------------------------------------------------------


def issued(school, shows: str = "valid") -> tuple[Certificate, str]:
    row = moved(school, planned(school), "running")
    person = somebody(school, row)
    moved(school, row, "held")
    actions.issue_certificates(actor=school.dilbar, round=row, people=[person.pk])
    paper = Certificate.objects.get()
    actions.show_certificate(actor=school.dilbar, round=row, certificate=paper.pk, shows=shows)
    decision = policy.require(school.dilbar, "learner.read", row)
    return paper, selectors.papers(round=row, decision=decision)[0]["code"]


def check(code: str, **more) -> str:
    return Client().post("/en/training/verify/", {"code": code}).content.decode()


def test_it_tells_that_a_certificate_is_valid_and_nothing_more(school) -> None:
    _paper, code = issued(school)
    shown = check(f"  {code.upper().replace('-', ' ')} ")
    assert "This certificate is valid." in shown
    assert not [each for each in (NAME, "Z. K.", "Household budgeting", "Khorog", "2026") if each in shown]


def test_it_tells_course_and_initials_where_the_holder_wishes(school) -> None:
    _paper, code = issued(school, "initials")
    shown = check(code)
    assert "Household budgeting" in shown
    assert "Z. K." in shown
    assert NAME not in shown


def test_it_tells_no_initials_by_an_address(school) -> None:
    _paper, code = issued(school, "initials")
    shown = Client().get("/en/training/verify/", {"k": code}).content.decode()
    assert "This certificate is valid." in shown
    assert "Z. K." not in shown


def test_it_tells_that_a_certificate_was_revoked(school) -> None:
    paper, code = issued(school, "initials")
    actions.revoke_certificate(actor=school.dilbar, round=paper.round, certificate=paper.pk)
    shown = check(code)
    assert "This certificate was revoked." in shown
    assert "Z. K." not in shown


def test_it_knows_no_other_code(school) -> None:
    _paper, code = issued(school)
    assert "This code is not known." in check(code[:-1] + ("2" if code[-1] != "2" else "3"))


def test_it_lets_nobody_try_codes_for_long(school) -> None:
    answers = [Client().post("/en/training/verify/", {"code": f"{number}"}).status_code for number in range(22)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_it_leads_from_the_short_address_to_the_page(school) -> None:
    answer = Client().get("/verify/?k=abc")
    assert (answer.status_code, answer["Location"].partition("?")[2]) == (303, "k=abc")


def test_it_prints_certificates_in_four_languages(school) -> None:
    paper, _code = issued(school)
    row = paper.round
    client = at(school.dilbar)
    for lang in ("tg", "ru", "az", "en"):
        answer = client.get(reverse("training:papers-file", kwargs={"code": row.code}), {"lang": lang})
        assert answer.content.startswith(b"%PDF"), lang
        assert NAME not in str(answer.headers)


def test_it_gives_one_valid_certificate_to_a_person(school) -> None:
    paper, _code = issued(school)
    actions.issue_certificates(actor=school.dilbar, round=paper.round, people=[paper.enrolment_id])
    assert Certificate.objects.count() == 1


# -- signing up --------------------------------------------------------------------------------------------------------


def open_round(school, **more) -> Round:
    days = {"starts": "2026-12-04", "ends": "2026-12-06"} | more
    return moved(school, planned(school, takes_sign_ups=True, **days), "announced")


def sign(row: Round, name: str = NAME, wait: int = 10, time_machine=None, **more):
    client, address = Client(), reverse("training-public:sign-up", kwargs={"code": row.code})
    made = client.get(address).content.decode().partition('name="made" value="')[2].partition('"')[0]
    if time_machine:
        time_machine.move_to(NOW + dt.timedelta(seconds=wait))
    return client.post(address, {"name": name, "way_back": "93 700 00 01", "made": made, **more})


def test_it_takes_a_sign_up_and_the_trainer_confirms_it(school, time_machine) -> None:
    row = open_round(school)
    assert sign(row, time_machine=time_machine).status_code == 303
    found = SignUp.objects.get()
    client = at(school.dilbar)
    assert NAME in client.get(reverse("training:sign-ups", kwargs={"code": row.code})).content.decode()
    client.post(
        reverse("training:answer", kwargs={"code": row.code, "sign_up": found.pk}),
        {"after": "confirmed", "before": "waiting"},
    )
    found.refresh_from_db()
    assert (found.state, Enrolment.objects.filter(pk=found.enrolment_id).count()) == ("confirmed", 1)


def test_it_puts_who_comes_later_on_a_list(school) -> None:
    row = open_round(school, places=1)
    for name in ("One", "Two"):
        actions.sign_up(round=row, name=name, way_back="93 700 00 01", lang="tg")
    assert list(SignUp.objects.order_by("number").values_list("state", flat=True)) == ["waiting", "listed"]


def test_it_takes_nothing_from_a_machine(school, time_machine) -> None:
    row = open_round(school)
    sign(row, time_machine=time_machine, website="https://example.org")
    sign(row, time_machine=time_machine, wait=20)
    assert SignUp.objects.count() == 1


def test_it_takes_nothing_that_comes_too_fast(school) -> None:
    row = open_round(school)
    assert (sign(row).status_code, SignUp.objects.count()) == (422, 0)


def test_it_takes_no_sign_up_once_the_round_has_begun(school, time_machine) -> None:
    row = open_round(school, starts="2026-11-24", ends="2026-11-25")
    address = reverse("training-public:sign-up", kwargs={"code": row.code})
    assert Client().get(address).status_code == 200
    time_machine.move_to(NOW + dt.timedelta(days=2))
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("state", ["planned", "running"])
def test_it_shows_no_round_that_is_not_announced(school, state) -> None:
    row = planned(school, takes_sign_ups=True)
    if state != "planned":
        moved(school, row, state)
    answers = {
        Client().get(reverse(f"training-public:{name}", kwargs={"code": row.code})).status_code
        for name in ("round", "sign-up")
    }
    assert answers == {404}


def test_it_finds_announced_rounds_and_no_others(school) -> None:
    row = open_round(school)
    found = [each.record_id for each in selectors.search_documents()]
    moved(school, row, "running")
    assert (found, [each.record_id for each in selectors.search_documents()]) == ([row.code], [])


# -- calendars ---------------------------------------------------------------------------------------------------------


def test_it_hands_out_her_own_rounds_and_ends_it(school) -> None:
    row = planned(school)
    client = at(school.dilbar)
    address = client.post(reverse("training:calendar")).content.decode().partition("<code>")[2].partition("</code>")[0]
    path = address.partition("testserver")[2]
    content = Client().get(path).content.decode()
    assert row.code in content
    assert "budget" not in content.lower()
    client.post(reverse("training:revoke-calendar"))
    assert Client().get(path).status_code == 404


def test_it_hands_out_the_announced_rounds_of_a_course(school) -> None:
    row = open_round(school)
    content = Client().get(reverse("training-public:course-feed", kwargs={"course": row.course.code})).content.decode()
    assert "DTSTART;VALUE=DATE:20261204" in content


# -- gatherings --------------------------------------------------------------------------------------------------------


def test_it_tells_what_became_of_what_was_asked(school) -> None:
    gathering = roundtable(school)
    row = asked(school, gathering)
    actions.move_recommendation(
        actor=school.lola, gathering=gathering, recommendation=row.pk, after="taken_up", before="open"
    )
    with pytest.raises(NotNow):
        actions.move_recommendation(
            actor=school.lola, gathering=gathering, recommendation=row.pk, after="refused", before="taken_up"
        )
    actions.move_recommendation(
        actor=school.lola,
        gathering=gathering,
        recommendation=row.pk,
        after="refused",
        before="taken_up",
        words="No money was planned.",
    )
    assert list(RecommendationLine.objects.order_by("made_at").values_list("state", flat=True)) == [
        "open",
        "taken_up",
        "refused",
    ]


def test_it_never_changes_a_line(school) -> None:
    asked(school, roundtable(school))
    with pytest.raises(Written):
        RecommendationLine.objects.get().save()


def test_it_shows_a_gathering_to_the_public_only_if_chosen(school) -> None:
    shut, public = roundtable(school, is_public=False), roundtable(school)
    asked(school, public)
    answers = [Client().get(f"/en/training/meetings/{each.code}/").status_code for each in (shut, public)]
    assert answers == [404, 200]


def test_it_says_on_the_desk_what_is_late(school, time_machine) -> None:
    asked(school, roundtable(school), due_date=TODAY - dt.timedelta(days=3))
    shown = at(school.dilbar).get(reverse("training:rounds")).content.decode()
    assert "What others are to do" in shown
    assert "Late" in shown
