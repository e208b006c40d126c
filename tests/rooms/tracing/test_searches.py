"""From a request to two who say that it is the one; and what is never searched."""

import datetime as dt
from dataclasses import replace

import pytest

from hamroh.accounts.models import Notice
from hamroh.accounts.policy import Refused
from hamroh.cases import actions as cases
from hamroh.cases.actions import Told
from hamroh.cases.models import Part, Side
from hamroh.tracing import actions, selectors
from hamroh.tracing.actions import matching, moving
from hamroh.tracing.actions.asking import mark_of
from hamroh.tracing.models import Candidate, Request, SeekerConsent, Step, Written
from hamroh.tracing.models.requests import OUTWARD
from tracing_world import MET, NO, ZAFAR, again, asked, judged, listed, met, settle

ZARINA = replace(ZAFAR, name="Зарина Қурбонова", facts={"sex": "f"}, phones=())


def ten(search, row, who=None):
    _row, decision = selectors.request_of(actor=who or search.bahrom, code=row.code, verb="tracing.search")
    return selectors.shortlist(actor=who or search.bahrom, request=row, decision=decision)


def test_it_finds_him_under_a_third_spelling_with_reasons(search):
    record = met(search, listed(search))
    (found, *_rest) = ten(search, asked(search))
    assert (found.record.pk, found.band) == (record.pk, "strong")
    assert any("1988" in reason for reason in found.reasons)


def test_it_searches_nothing_before_the_questions_are_weighed(search):
    row = asked(search, weighed=False)
    with pytest.raises(Refused):
        ten(search, row)


@pytest.mark.parametrize("question", ["violence", "protection", "hidden", "threat"])
def test_it_never_searches_where_violence_or_protection_was_spoken_of(search, question):
    row = asked(search, answers=NO | {question: "yes"})
    assert (row.route, row.state) == ("protection", "open")
    with pytest.raises(Refused):
        ten(search, row)


def test_it_never_searches_for_a_woman(search):
    assert asked(search, sought=ZARINA).route == "protection"


def test_it_never_searches_for_somebody_of_our_own_files(search):
    told = Told(name=ZAFAR.name, born={"year": 1988}, facts={"sex": "m"}, phone=ZAFAR.phones[0])
    theirs = cases.open_case(
        actor=search.office.zebo,
        organisation=search.centre,
        client=Told(name="Маҳина Саидова"),
        channel="visit",
        country="TJ",
    )
    cases.add_person(actor=search.office.zebo, case=theirs, part=Part.RELATIVE, side=Side.HERS, told=told)
    assert asked(search).route == "protection"


def test_it_searches_for_the_husband_of_her_own_case(search):
    cases.add_person(
        actor=search.farzona, case=search.case, part=Part.HUSBAND, side=Side.AGAINST, told=Told(name=ZAFAR.name)
    )
    assert asked(search, answers=NO | {"afraid": "yes"}).route == "search"


def test_it_tells_who_protects_and_nobody_else(search):
    row = asked(search, sought=ZARINA)
    told = Notice.objects.filter(record_kind="tracing.request", record_id=str(row.pk))
    assert [(each.user, each.about) for each in told] == [(search.manizha, "guard")]


def test_it_keeps_a_guarded_request_out_of_what_others_are_compared_with(search):
    asked(search, sought=replace(ZARINA, facts={"sex": "f"}))
    record = met(search, listed(search), replace(MET, name="Zarina Kurbonova", sex="f"))
    assert matching.match_records([record.pk]) == 0
    assert not Candidate.objects.exists()


def test_it_says_the_same_to_her_side_whatever_became_of_it(search):
    searched, guarded = asked(search), asked(search, sought=ZARINA)
    judged(search.bahrom, searched, met(search, listed(search)))
    actions.close(actor=search.manizha, request=guarded, end="not_ours", words="She asked us to be left alone.")
    words = {selectors.outward(again(row.pk)).word for row in (searched, guarded)}
    assert words == {OUTWARD}


def test_it_compares_a_new_record_with_requests_that_are_searched(search):
    row = asked(search)
    record = met(search, listed(search))
    assert matching.match_records([record.pk]) == 1
    told = Notice.objects.filter(about="likely").values_list("user__username", flat=True)
    assert sorted(told) == ["bahrom", "shahlo"]
    assert [each.record_id for each in selectors.to_look_at(actor=search.bahrom, organisation=search.centre)] == [
        record.pk
    ]
    assert again(row.pk).state == "searching"


def test_it_compares_a_new_request_with_records_and_with_other_requests(search):
    record = met(search, listed(search))
    first = asked(search)
    second = asked(search, sought=replace(ZAFAR, name="Zafar Qurbonov"), actor=search.office.zebo, case=None)
    found = {(each.request_id, each.record_id, each.other_id) for each in Candidate.objects.all()}
    assert found == {(first.pk, record.pk, None), (second.pk, record.pk, None), (first.pk, None, second.pk)}


def test_it_needs_two_people_to_say_the_same(search):
    row, record = asked(search), met(search, listed(search))
    judged(search.bahrom, row, record)
    judged(search.bahrom, again(row.pk), record)
    assert again(row.pk).state == "candidate"
    judged(search.shahlo, again(row.pk), record)
    assert again(row.pk).state == "verified"
    assert [each.pk for each in selectors.cluster_of(actor=search.bahrom, request=row).records] == [record.pk]


def test_it_undoes_a_judgement_by_a_new_one(search):
    row, record = asked(search), met(search, listed(search))
    for who in (search.bahrom, search.shahlo):
        judged(who, again(row.pk), record)
    judged(search.bahrom, again(row.pk), record, "different", "The scar is on the other hand.")
    assert again(row.pk).state == "searching"
    assert selectors.cluster_of(actor=search.bahrom, request=row).records == []


def test_it_joins_two_families_who_miss_one_man(search):
    row, record = asked(search), met(search, listed(search))
    other = asked(search, sought=replace(ZAFAR, name="Zafar Qurbonov"), actor=search.office.zebo, case=None)
    for who in (search.bahrom, search.shahlo):
        judged(who, again(row.pk), record)
        actions.judge(
            actor=who, request=again(other.pk), other=again(row.pk), answer="same", words="One father, one village."
        )
    found = selectors.cluster_of(actor=search.bahrom, request=again(other.pk))
    assert ([each.pk for each in found.requests], [each.pk for each in found.records]) == ([row.pk], [record.pk])
    judged(search.shahlo, again(other.pk), record, "different", "His age does not fit.")
    assert selectors.cluster_of(actor=search.bahrom, request=again(other.pk)).contested


def test_it_lets_nobody_judge_beside_whom_she_stands(search):
    row, record = asked(search), met(search, listed(search))
    search.case.owner = search.manizha
    search.case.save()
    for who in (search.farzona, search.manizha):
        with pytest.raises(Refused):
            judged(who, row, record)


def test_it_asks_for_a_reason(search):
    row, record = asked(search), met(search, listed(search))
    with pytest.raises(actions.CannotJudge):
        judged(search.bahrom, row, record, words="yes")


def test_it_changes_no_line_of_its_logs(search):
    row = asked(search)
    for log in (SeekerConsent, Step):
        with pytest.raises(Written):
            log.objects.filter(request=row).first().save()


def test_it_ends_at_once_when_the_consent_is_taken_back(search):
    row = asked(search)
    actions.answer(actor=search.farzona, request=row, given="withdrawn", way="voice", lang="tg")
    record = met(search, listed(search))
    assert (again(row.pk).state, again(row.pk).end) == ("closed", "no_consent")
    assert matching.match_records([record.pk]) == 0


def test_it_keeps_a_consent_for_each_partner(search):
    row = asked(search)
    actions.answer(
        actor=search.farzona, request=row, given="given", way="voice", lang="tg", to_organisation=search.office.other
    )
    assert selectors.has_consent(request=row, organisation_id=search.office.other.pk)
    actions.answer(
        actor=search.farzona,
        request=row,
        given="withdrawn",
        way="voice",
        lang="tg",
        to_organisation=search.office.other,
    )
    assert not selectors.has_consent(request=row, organisation_id=search.office.other.pk)
    assert again(row.pk).state == "searching"


def test_it_ends_after_a_year_and_is_renewed_by_a_new_yes(search, time_machine):
    row = asked(search)
    time_machine.shift(dt.timedelta(days=367))
    assert moving.expire_requests() == 1
    assert (again(row.pk).state, again(row.pk).end) == ("closed", "expired")
    actions.renew(actor=search.farzona, request=again(row.pk), way="signature", lang="tg")
    settle(again(row.pk))
    assert again(row.pk).state == "searching"
    assert SeekerConsent.objects.filter(request=row, answer="given").count() == 2


def test_it_makes_no_move_that_nothing_is_written_for(search):
    row, record = asked(search), met(search, listed(search))
    for who in (search.bahrom, search.shahlo):
        judged(who, again(row.pk), record)
    with pytest.raises(actions.CannotMove):
        actions.move(actor=search.bahrom, request=again(row.pk), after="asked", words="We rang him in the evening.")
    assert "asked" not in moving.open_moves(again(row.pk))


def test_it_does_not_raise_what_was_guarded_by_a_correction(search):
    row = asked(search, sought=ZARINA)
    actions.correct(actor=search.farzona, request=row, sought=ZAFAR, seen=mark_of(again(row.pk)))
    settle(row)
    assert (row.route, row.state) == ("protection", "open")


def test_it_orders_her_list_by_nothing_that_happened_inside(search):
    first, second = asked(search), asked(search, sought=replace(ZAFAR, name="Саид Каримов", phones=()))
    Request.objects.filter(pk=first.pk).update(made_at=second.made_at - dt.timedelta(days=1))
    actions.note(actor=search.bahrom, request=first, words="Somebody rang from Perm.")
    assert [row.pk for row in selectors.mine(actor=search.farzona, organisation=search.centre)] == [second.pk, first.pk]


def test_it_goes_with_the_case_to_who_works_on_it_now(search):
    row = asked(search)
    search.case.owner = search.office.zebo
    search.case.save()
    assert list(selectors.mine(actor=search.farzona, organisation=search.centre)) == []
    assert actions.take_over(actor=search.office.zebo, case=search.case) == 1
    assert [each.pk for each in selectors.mine(actor=search.office.zebo, organisation=search.centre)] == [row.pk]


def test_it_answers_her_side_alike_where_it_ended_inside(search, time_machine):
    """Consent, renewal, expiry and her own end: what was ended inside goes as what goes on."""
    ended, going_on = asked(search, answers=NO | {"hidden": "yes"}), asked(search)
    actions.close(actor=search.manizha, request=ended, end="not_ours", words="She asked us to be left alone.")
    rows = (ended, going_on)

    def words():
        return [selectors.outward(again(row.pk)).word for row in rows]

    for row in rows:
        actions.answer(
            actor=search.farzona,
            request=row,
            given="given",
            way="voice",
            lang="tg",
            to_organisation=search.office.other,
        )
        actions.renew(actor=search.farzona, request=again(row.pk), way="voice", lang="tg")
    assert words() == [OUTWARD, OUTWARD]
    time_machine.shift(dt.timedelta(days=370))
    moving.expire_requests()
    first, second = words()
    assert first == second != OUTWARD
    for row in rows:
        actions.renew(actor=search.farzona, request=again(row.pk), way="voice", lang="tg")
        actions.close(actor=search.farzona, request=again(row.pk), end="wish", words="She wishes it.")
    first, second = words()
    assert first == second != OUTWARD
