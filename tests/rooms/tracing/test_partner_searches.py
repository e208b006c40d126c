"""A partner searches its own lists with a skeleton, within limits, and answers without whom it means."""

import datetime as dt
from dataclasses import replace

import pytest

from desk_world import NOW
from hamroh.accounts.models import ConflictBlock, Notice
from hamroh.accounts.policy import Refused
from hamroh.tracing import actions, partnered
from hamroh.tracing.actions import looking
from hamroh.tracing.models import PartnerSearch, Reply, Share
from hamroh.tracing.selectors import partners as reads
from partners_world import (
    CONTACT,
    TERMS,
    agreed,
    looked,
    seen,
    shown,
    they_met,
)
from tracing_world import MET, ZAFAR, listed, met

# -- searching -----------------------------------------------------------------------------------------------------


def test_it_finds_him_in_their_own_list_with_reasons_of_bones(partners):
    record = they_met(partners)
    _row, theirs = shown(partners)
    looked(partners, theirs)
    (found,) = reads.candidates(actor=partners.aziz, shown=theirs)
    assert (found.record.pk, found.band) == (record.pk, "strong")
    assert any("krbn- ~ kurbonov" in reason for reason in found.reasons)


def test_it_searches_nobody_elses_list(partners):
    they_met(partners)
    met(partners.search, listed(partners.search), MET)
    _row, theirs = shown(partners)
    assert {each.record.organisation_id for each in reads.candidates(actor=partners.aziz, shown=theirs)} == {
        partners.somon.pk
    }


def test_it_asks_for_a_purpose_in_words(partners):
    _row, theirs = shown(partners)
    with pytest.raises(looking.CannotLook):
        looking.look(actor=partners.aziz, shown=theirs, purpose="first", words="so")


def test_it_counts_searches_a_person_and_day(pair, time_machine):
    agreed(pair, replace(TERMS, per_person=2, per_house=3))
    rows = [shown(pair, sought=replace(ZAFAR, name=name))[1] for name in ("Зафар", "Саид", "Карим", "Рустам")]
    for each in rows[:2]:
        looked(pair, each)
    with pytest.raises(looking.CannotLook, match="2 searches"):
        looked(pair, rows[2])
    looked(pair, rows[2], who=pair.rano)
    with pytest.raises(looking.CannotLook, match="organisation"):
        looked(pair, rows[3], who=pair.rano)
    time_machine.move_to(NOW + dt.timedelta(days=1))
    assert looked(pair, rows[3]) is not None


def test_it_writes_down_each_search_on_both_sides(partners):
    from hamroh.vault import journal

    _row, theirs = shown(partners)
    looked(partners, theirs)
    share = Share.objects.get()
    assert (share.searches, share.looked_at is not None) == (1, True)
    assert {line.verb for line in journal.history(theirs)} >= {"partner.look"}
    assert {line.verb for line in journal.history(share)} == {"partner.show", "partner.look"}


def test_it_shows_a_search_to_who_made_it_and_for_a_while(partners, time_machine):
    _row, theirs = shown(partners)
    search = looked(partners, theirs)
    with pytest.raises(Refused):
        reads.search_of(actor=partners.rano, shown=theirs, pk=search.pk)
    time_machine.move_to(NOW + reads.FRESH + dt.timedelta(hours=1))
    with pytest.raises(Refused):
        reads.search_of(actor=partners.aziz, shown=theirs, pk=search.pk)


def test_it_opens_nothing_to_who_is_shut_out(partners):
    _row, theirs = shown(partners)
    ConflictBlock.objects.create(user=partners.aziz, record_kind="tracing.shown", record_id=str(theirs.pk))
    assert seen(partners) == []
    with pytest.raises(Refused):
        looked(partners, theirs)


# -- fishing -------------------------------------------------------------------------------------------------------


def fish(pair, theirs, times, **more):
    return [looked(pair, theirs, **more) for _turn in range(times)]


def test_it_stops_who_searches_with_one_request_again_and_again(partners):
    _row, theirs = shown(partners)
    assert [bool(each) for each in fish(partners, theirs, 4)] == [True, True, True, False]
    with pytest.raises(looking.CannotLook, match="stopped"):
        looked(partners, theirs)
    assert PartnerSearch.objects.count() == 3


def test_it_tells_supervisors_of_both_sides(partners):
    _row, theirs = shown(partners)
    fish(partners, theirs, 4)
    told = Notice.objects.filter(about="fishing").values_list("user__username", flat=True)
    assert sorted(told) == ["manizha", "umed"]
    house = partners.search.centre
    (alarm,) = reads.waiting_alarms(actor=partners.search.manizha, organisation=house)
    assert (alarm.is_ours, alarm.who, alarm.signs) == (False, partners.aziz, ["again"])


def test_it_stops_many_searches_within_minutes(partners):
    rows = [
        shown(partners, sought=replace(ZAFAR, name=f"Зафар {word}"))[1]
        for word in ("Ал", "Бал", "Дал", "Кал", "Лал", "Мал")
    ]
    assert [bool(looked(partners, each)) for each in rows] == [True] * 5 + [False]


def test_it_stops_searches_that_are_never_answered(partners, time_machine):
    rows = [shown(partners, sought=replace(ZAFAR, name=f"Зафар {word}ов"))[1] for word in "АБВГДЖЗК"]
    made = []
    for hour, each in enumerate(rows):
        time_machine.move_to(NOW + dt.timedelta(hours=hour))
        made.append(bool(looked(partners, each)))
    assert made == [True] * 7 + [False]


def test_it_goes_on_with_who_answers(partners, time_machine):
    rows = [shown(partners, sought=replace(ZAFAR, name=f"Зафар {word}ов"))[1] for word in "АБВГДЖЗК"]
    for hour, each in enumerate(rows):
        time_machine.move_to(NOW + dt.timedelta(hours=hour))
        looking.answer(actor=partners.aziz, search=looked(partners, each))
    assert Reply.objects.count() == 8


def test_it_stops_searches_at_hours_when_nobody_works(partners, time_machine):
    _row, theirs = shown(partners)
    nights = [NOW.replace(day=day, hour=20) for day in (23, 24, 25)]
    made = []
    for night in nights:
        time_machine.move_to(night)
        made.append(bool(looked(partners, theirs)))
    assert made == [True, True, False]


def test_it_lets_a_supervisor_of_theirs_lift_it_and_counts_anew(partners):
    _row, theirs = shown(partners)
    fish(partners, theirs, 4)
    alarm = reads.waiting_alarms(actor=partners.umed, organisation=partners.somon).get()
    looking.lift(actor=partners.umed, alarm=alarm, words="He had misread his own book twice.")
    assert len([each for each in fish(partners, theirs, 3) if each]) == 3
    assert not reads.waiting_alarms(actor=partners.search.manizha, organisation=partners.search.centre).exists()


def test_it_is_not_lifted_by_the_other_side_nor_by_herself_nor_by_an_officer(partners):
    _row, theirs = shown(partners)
    fish(partners, theirs, 4, who=partners.umed)
    alarm = reads.waiting_alarms(actor=partners.umed, organisation=partners.somon).get()
    across = reads.waiting_alarms(actor=partners.search.manizha, organisation=partners.search.centre).get()
    words = "I trust in the work of this office."
    with pytest.raises(looking.CannotLook):
        looking.lift(actor=partners.umed, alarm=alarm, words=words)
    with pytest.raises(looking.CannotLook):
        looking.lift(actor=partners.search.manizha, alarm=across, words=words)
    with pytest.raises(Refused):
        looking.lift(actor=partners.rano, alarm=alarm, words=words)


# -- answers -------------------------------------------------------------------------------------------------------


def replies(pair, row):
    from hamroh.tracing import selectors

    _row, decision = selectors.request_of(actor=pair.search.bahrom, code=row.code, verb="tracing.search")
    return reads.partners_of(actor=pair.search.bahrom, request=row, decision=decision)


def answered(pair, theirs, record=None):
    search = looked(pair, theirs)
    return looking.answer(actor=pair.aziz, search=search, record=record, officer=pair.rano if record else None)


def test_it_answers_with_a_band_and_an_officer(partners):
    record = they_met(partners)
    row, theirs = shown(partners)
    answered(partners, theirs, record)
    (found,) = replies(partners, row)
    assert (found.reply.answer, found.reply.band, found.officer, found.contact) == (
        "candidate",
        "strong",
        "Rano",
        CONTACT,
    )


def test_it_answers_nobody(partners):
    row, theirs = shown(partners)
    answered(partners, theirs)
    (found,) = replies(partners, row)
    assert (found.reply.answer, found.reply.band, found.officer) == ("nobody", "", "")


def test_it_counts_the_newest_answer(partners):
    record = they_met(partners)
    row, theirs = shown(partners)
    for each in (record, None):
        answered(partners, theirs, each)
    (found,) = replies(partners, row)
    assert found.reply.answer == "nobody"


def test_it_tells_who_searches_and_not_whose_case_it_is(partners):
    _row, theirs = shown(partners)
    answered(partners, theirs)
    told = Notice.objects.filter(about="reply").values_list("user__username", flat=True)
    assert sorted(told) == ["bahrom", "shahlo"]


def test_it_answers_with_nobody_who_is_not_alike_or_was_taken_back(partners):
    record = they_met(partners)
    stranger = they_met(partners, replace(MET, name="Олим Назаров", born={"first": 1950, "last": 1950}))
    _row, theirs = shown(partners)
    with pytest.raises(looking.CannotLook):
        answered(partners, theirs, stranger)
    actions.withdraw_record(actor=partners.aziz, record=record)
    with pytest.raises(looking.CannotLook):
        answered(partners, theirs, record)


def test_it_names_an_officer_of_theirs_alone(partners):
    record = they_met(partners)
    _row, theirs = shown(partners)
    search = looked(partners, theirs)
    for officer in (None, partners.search.bahrom):
        with pytest.raises(looking.CannotLook):
            looking.answer(actor=partners.aziz, search=search, record=record, officer=officer)


def test_it_opens_anothers_record_to_nobody(partners):
    ours = met(partners.search, listed(partners.search))
    _row, theirs = shown(partners)
    with pytest.raises(Refused):
        answered(partners, theirs, ours)


def test_it_asks_as_many_queries_for_many_as_for_one(partners):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    rows = [shown(partners)[1] for _turn in range(3)]
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as queries:
            assert len(partnered.live(some)) == len(some)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_it_lets_a_case_that_shuts_somebody_out_stay_shut(partners):
    """Blocks of the asking side hold for what came from the partner, too."""
    row, theirs = shown(partners)
    answered(partners, theirs)
    ConflictBlock.objects.create(
        user=partners.search.bahrom, record_kind="cases.case", record_id=str(partners.search.case.pk)
    )
    with pytest.raises(Refused):
        replies(partners, row)
