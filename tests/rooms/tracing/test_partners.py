"""A partner is shown a skeleton while everything that it rests on holds; it searches its own lists and answers without whom it means."""

import datetime as dt
from dataclasses import replace

import pytest

from desk_world import NOW, employ
from hamroh.accounts.models import ConflictBlock, Notice, Organisation, Role
from hamroh.accounts.policy import Refused
from hamroh.kernel.linkage.skeletons import Skeleton
from hamroh.tracing import actions, partnered
from hamroh.tracing.actions import looking, partnering, sharing
from hamroh.tracing.actions.asking import mark_of
from hamroh.tracing.models import PartnerSearch, Partnership, Reply, Share, Shown
from hamroh.tracing.selectors import partners as reads
from hamroh.vault import opening
from partners_world import (
    CONTACT,
    TERMS,
    agreed,
    followed,
    looked,
    meet_somon,
    offered,
    said,
    shown,
    they_met,
)
from tracing_world import MET, NO, ZAFAR, again, asked, judged, listed, met, settle


@pytest.fixture
def pair(search):
    return meet_somon(search)


@pytest.fixture
def partners(pair):
    agreed(pair)
    return pair


def seen(pair, who=None):
    """What an officer of Somon reads of the centre's requests now."""
    rows = reads.theirs(actor=who or pair.aziz, organisation=pair.somon)
    return reads.read(actor=who or pair.aziz, rows=list(rows))


def is_empty(theirs):
    return Shown.objects.filter(pk=theirs.pk, skeleton__isnull=True, ended_at__isnull=False).exists()


# -- agreements ----------------------------------------------------------------------------------------------------


def test_it_shows_nothing_without_an_agreement_of_both_sides(pair):
    row = asked(pair.search)
    offered(pair)
    said(pair, row)
    assert (seen(pair), Shown.objects.count()) == ([], 0)


def test_it_shows_nothing_for_an_agreement_alone(partners):
    followed(asked(partners.search))
    assert seen(partners) == []


def test_it_shows_a_skeleton_once_both_sides_and_the_seeker_said_yes(partners):
    _row, theirs = shown(partners)
    (line,) = seen(partners)
    assert (line.row.pk, line.names, line.years) == (theirs.pk, ["zfr krbn- rhm-"], "1985–1989")
    assert (str(line.sex), line.homes, line.news) == ("Male", "Kulob, Khatlon region", 2024)


def test_it_shows_what_was_agreed_to_before_the_agreement(pair):
    row = asked(pair.search)
    said(pair, row)
    agreed(pair)
    sharing.follow_partner(pair.search.centre.pk, pair.somon.pk)
    assert len(seen(pair)) == 1


def test_it_lets_nobody_agree_to_the_own_offer(pair):
    ours = offered(pair)
    with pytest.raises(partnering.PartnerRefused):
        partnering.accept(actor=pair.search.manizha, partnership=ours, contact=CONTACT)


@pytest.mark.parametrize("who", ["aziz", "rano"])
def test_it_lets_supervisors_alone_agree(pair, who):
    offered(pair)
    with pytest.raises(Refused):
        partnering.accept(actor=getattr(pair, who), partnership=pair.theirs, contact=CONTACT)


def test_it_is_agreed_once_at_a_time(pair):
    offered(pair)
    with pytest.raises(partnering.PartnerRefused):
        offered(pair)
    with pytest.raises(partnering.PartnerRefused):
        partnering.offer(actor=pair.umed, organisation=pair.somon, partner=pair.search.centre, terms=TERMS)


@pytest.mark.parametrize(
    "more", [{"per_person": 51}, {"per_house": 301}, {"months": 13}, {"words": " "}, {"per_house": 5}]
)
def test_it_is_offered_within_bounds(pair, more):
    with pytest.raises(partnering.PartnerRefused):
        offered(pair, replace(TERMS, **more))


def test_it_can_be_offered_anew_after_a_no(pair):
    offered(pair)
    partnering.refuse(actor=pair.umed, partnership=pair.theirs)
    agreed(pair)
    assert Partnership.objects.filter(state="in_force").count() == 2


def test_it_tells_supervisors_of_the_other_side(pair):
    offered(pair)
    told = list(Notice.objects.filter(about="partner").values_list("user__username", flat=True))
    assert told == ["umed"]


def test_it_expires_on_its_day_on_both_sides(pair, time_machine):
    agreed(pair, replace(TERMS, months=1))
    time_machine.move_to(NOW + dt.timedelta(days=33))
    assert partnering.expire_partnerships() == 1
    assert set(Partnership.objects.values_list("state", flat=True)) == {"ended"}


# -- nothing from that moment on ------------------------------------------------------------------------------------


def expired(pair, row, time_machine):
    time_machine.move_to(NOW + dt.timedelta(days=370))


def agreement_over(pair, row, time_machine):
    time_machine.move_to(NOW + dt.timedelta(days=367))


def refused_now(pair, row, _machine):
    from hamroh.tracing.actions import consents

    consents.answer(
        actor=pair.search.farzona, request=row, given="withdrawn", way="voice", lang="tg", to_organisation=pair.somon
    )


def guarded_now(pair, row, _machine):
    actions.correct(
        actor=pair.search.farzona, request=row, sought=replace(ZAFAR, facts={"sex": "f"}), seen=mark_of(again(row.pk))
    )
    settle(row)


def corrected_now(pair, row, _machine):
    """Not weighed anew yet."""
    actions.correct(
        actor=pair.search.farzona, request=row, sought=replace(ZAFAR, facts={"sex": "f"}), seen=mark_of(again(row.pk))
    )


def ended_by_wish(pair, row, _machine):
    actions.close(actor=pair.search.farzona, request=row, end="wish", words="She has heard from him.")


def settled_inside(pair, row, _machine):
    actions.close(actor=pair.search.bahrom, request=row, end="found", words="It is settled by a letter.")


def not_ours_any_more(pair, row, _machine):
    from hamroh.tracing.actions import consents

    consents.answer(actor=pair.search.farzona, request=row, given="withdrawn", way="voice", lang="tg")


def ended_by_us(pair, _row, _machine):
    partnering.end(actor=pair.search.manizha, partnership=pair.ours)


def ended_by_them(pair, _row, _machine):
    partnering.end(actor=pair.umed, partnership=pair.theirs)


GONE = [
    expired, agreement_over, refused_now, guarded_now, corrected_now, ended_by_wish, settled_inside, not_ours_any_more,
    ended_by_us, ended_by_them,
]  # fmt: skip


@pytest.mark.parametrize("change", GONE, ids=lambda each: each.__name__)
def test_it_shows_nothing_from_that_moment_on(partners, change, time_machine):
    """Before anything in the background has emptied the partner's row."""
    row, theirs = shown(partners)
    search = looked(partners, theirs)
    change(partners, row, time_machine)
    assert seen(partners) == []
    for ask in (
        lambda: reads.theirs_of(actor=partners.aziz, code=theirs.code),
        lambda: looked(partners, theirs),
        lambda: looking.answer(actor=partners.aziz, search=search),
    ):
        with pytest.raises(Refused):
            ask()


@pytest.mark.parametrize(
    "change", [refused_now, guarded_now, ended_by_wish, ended_by_us], ids=lambda each: each.__name__
)
def test_it_empties_the_row_afterwards(partners, change, time_machine):
    row, theirs = shown(partners)
    change(partners, row, time_machine)
    followed(row)
    assert is_empty(theirs)
    assert Share.objects.get(request=row).ended_at is not None


def test_it_never_shows_a_guarded_request(partners):
    row = asked(partners.search, answers=NO | {"threat": "yes"})
    said(partners, row)
    assert Shown.objects.count() == Share.objects.count() == 0


def test_it_shows_a_corrected_request_as_it_is_then(partners):
    row, theirs = shown(partners)
    actions.correct(
        actor=partners.search.farzona, request=row, sought=replace(ZAFAR, home="Vose"), seen=mark_of(again(row.pk))
    )
    settle(row)
    (line,) = seen(partners)
    assert (line.row.code, line.homes) == (theirs.code, "Vose district, Khatlon region")


def test_it_is_shown_again_under_the_same_code_on_a_new_yes(partners):
    row, theirs = shown(partners)
    said(partners, row, "withdrawn")
    said(partners, row)
    assert [line.row.code for line in seen(partners)] == [theirs.code]


def test_it_goes_on_while_a_search_moves_inside(partners):
    row, theirs = shown(partners)
    judged(partners.search.bahrom, row, met(partners.search, listed(partners.search)))
    followed(row)
    assert [line.row.pk for line in seen(partners)] == [theirs.pk]


def test_it_is_erased_with_the_request(partners):
    row, theirs = shown(partners)
    sharing.hide_all(row)
    assert is_empty(theirs)


def test_it_shows_each_partner_what_was_agreed_for_that_one(partners):
    """A third organisation with an agreement, and no yes of the seeker's."""
    third = Organisation.objects.create(code="third", names={"en": "Third"}, country="ru")
    chief = employ("third-chief", third, Role.SUPERVISOR)
    partnering.offer(actor=partners.search.manizha, organisation=partners.search.centre, partner=third, terms=TERMS)
    partnering.accept(actor=chief, partnership=Partnership.objects.get(organisation=third), contact=CONTACT)
    _row, theirs = shown(partners)
    assert not reads.theirs(actor=chief, organisation=third).exists()
    with pytest.raises(Refused):
        reads.theirs_of(actor=chief, code=theirs.code)


def test_it_keeps_in_the_partners_row_what_the_skeleton_says_and_no_more(partners):
    _row, theirs = shown(partners)
    plain = opening.open(theirs, "skeleton", decision=_upkeep(theirs), purpose="test")
    assert Skeleton.of_plain(plain).told == ("names", "years", "sex", "homes", "news")
    assert set(plain) == {"names", "years", "sex", "homes", "news"}


def _upkeep(row):
    from hamroh.vault.decisions import Upkeep

    return Upkeep(("tracing.shown", str(row.pk)))


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
