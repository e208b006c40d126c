"""A partner is shown a skeleton while everything that it rests on holds; it searches its own lists and answers without whom it means."""

import datetime as dt
from dataclasses import replace

import pytest

from desk_world import NOW, employ
from hamroh.accounts.models import Notice, Organisation, Role
from hamroh.accounts.policy import Refused
from hamroh.kernel.linkage.skeletons import Skeleton
from hamroh.tracing import actions
from hamroh.tracing.actions import looking, partnering, sharing
from hamroh.tracing.actions.asking import mark_of
from hamroh.tracing.models import Partnership, Share, Shown
from hamroh.tracing.selectors import partners as reads
from hamroh.vault import opening
from partners_world import (
    CONTACT,
    TERMS,
    agreed,
    followed,
    looked,
    offered,
    said,
    seen,
    shown,
)
from tracing_world import NO, ZAFAR, again, asked, judged, listed, met, settle


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
