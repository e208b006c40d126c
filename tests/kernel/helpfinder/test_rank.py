"""Which services are shown, in which order, and why."""

import dataclasses
import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.gazetteer import haversine_km
from hamroh.kernel.helpfinder import Ask, Offer, Offers, Reach, Why, rank

KULOB, VOSE, KHUJAND = (37.915, 69.785), (37.805, 69.645), (40.283, 69.622)
IN_KULOB = Ask(
    kinds={"legal": 1.0, "group": 0.5},
    place=("kulob", "khatlon", "tj"),
    inside=frozenset({"kulob"}),
    point=KULOB,
)
LEGAL = Offer(
    "legal-kulob", frozenset({"legal"}), frozenset({"kulob"}), (("kulob", KULOB),), verified=dt.date(2026, 11, 1)
)


def keys(ask, *offers):
    return [found.key for found in rank(ask, offers)]


def change(offer=LEGAL, **facts):
    return dataclasses.replace(offer, **facts)


def test_it_leaves_out_other_kinds_of_help():
    assert keys(IN_KULOB, change(kinds=frozenset({"loan"}))) == []


def test_it_shows_every_kind_when_none_is_asked():
    assert keys(dataclasses.replace(IN_KULOB, kinds={}), change(kinds=frozenset())) == ["legal-kulob"]


def test_it_puts_the_nearest_first():
    near = change(key="vose", sites=(("vose", VOSE),), serves=frozenset({"khatlon"}))
    assert keys(IN_KULOB, near, LEGAL) == ["legal-kulob", "vose"]


def test_it_tells_the_distance():
    [found] = rank(IN_KULOB, [change(sites=(("vose", VOSE),))])
    assert found.km == pytest.approx(17.3, abs=0.5)


def test_it_leaves_out_what_neither_serves_nor_stands_near():
    assert keys(IN_KULOB, change(serves=frozenset({"sughd"}), sites=(("khujand", KHUJAND),))) == []


def test_it_shows_a_near_site_whose_area_is_not_stated():
    [found] = rank(IN_KULOB, [change(serves=frozenset(), sites=(("vose", VOSE),))])
    assert found.reach is Reach.NEAR


def test_it_finds_who_serves_the_region():
    [found] = rank(IN_KULOB, [change(serves=frozenset({"khatlon"}), sites=())])
    assert found.reach is Reach.SERVES


def test_it_finds_who_serves_a_part_of_the_chosen_place():
    khatlon = Ask(place=("khatlon", "tj"), inside=frozenset({"khatlon", "kulob", "vose"}))
    [found] = rank(khatlon, [change(sites=(), serves=frozenset({"vose"}))])
    assert found.reach is Reach.SERVES


def test_it_shows_help_by_phone_from_the_whole_country_after_what_is_near():
    phone = change(key="phone", remote=True, serves=frozenset({"tj"}), sites=(("khujand", KHUJAND),))
    office = change(key="office", serves=frozenset({"tj"}), sites=(("khujand", KHUJAND),))
    assert keys(IN_KULOB, office, phone, LEGAL) == ["legal-kulob", "phone", "office"]


def test_it_does_not_offer_the_phone_of_another_country():
    assert keys(IN_KULOB, change(remote=True, serves=frozenset({"az"}), sites=())) == []


def test_it_puts_who_serves_all_of_a_country_first_when_only_the_country_is_chosen():
    country = Ask(place=("tj",), inside=frozenset({"tj", "kulob"}))
    phone = change(key="phone", remote=True, serves=frozenset({"tj"}), sites=())
    assert keys(country, LEGAL, phone) == ["phone", "legal-kulob"]


def test_it_puts_what_fits_the_need_before_what_is_nearer():
    group = change(key="group", kinds=frozenset({"group"}))
    lawyer = change(key="lawyer", sites=(("vose", VOSE),), serves=frozenset({"khatlon"}))
    assert keys(IN_KULOB, group, lawyer) == ["lawyer", "group"]


def test_it_puts_crisis_help_first_when_the_need_says_so():
    crisis = change(key="crisis", crisis=True, kinds=frozenset({"group"}))
    assert keys(dataclasses.replace(IN_KULOB, crisis_first=True), LEGAL, crisis) == ["crisis", "legal-kulob"]


def test_it_hides_a_service_that_states_its_languages_without_the_asked_one():
    asked = dataclasses.replace(IN_KULOB, language="uz")
    assert keys(asked, change(languages=frozenset({"tg", "ru"}))) == []


def test_it_keeps_a_service_that_does_not_state_its_languages_and_says_so():
    [found] = rank(dataclasses.replace(IN_KULOB, language="uz"), [LEGAL])
    assert Why.LANGUAGE_NOT_STATED in found.why


def test_it_prefers_who_speaks_the_language():
    asked = dataclasses.replace(IN_KULOB, language="uz")
    assert keys(asked, LEGAL, change(key="uzbek", languages=frozenset({"uz"}))) == ["uzbek", "legal-kulob"]


def test_it_prefers_the_entry_whose_check_is_not_overdue():
    assert keys(IN_KULOB, change(key="old", overdue=True, free=True), LEGAL) == ["legal-kulob", "old"]


def test_it_prefers_free_help_among_equals():
    assert keys(IN_KULOB, LEGAL, change(key="z-free", free=True)) == ["z-free", "legal-kulob"]


def test_it_prefers_what_was_checked_later_among_equals():
    assert keys(IN_KULOB, LEGAL, change(key="z-new", verified=dt.date(2026, 11, 20))) == ["z-new", "legal-kulob"]


def test_it_gives_its_reasons():
    [found] = rank(IN_KULOB, [change(free=True, overdue=True)])
    assert found.why == (Why.HERE, Why.FREE, Why.CHECK_OVERDUE)


offers = st.builds(
    Offer,
    key=st.integers(0, 999),
    kinds=st.frozensets(st.sampled_from(["legal", "group", "loan"])),
    serves=st.frozensets(st.sampled_from(["kulob", "khatlon", "tj", "az"])),
    sites=st.lists(st.sampled_from([("kulob", KULOB), ("vose", VOSE), ("khujand", None)]), max_size=2).map(tuple),
    remote=st.booleans(),
    languages=st.frozensets(st.sampled_from(["tg", "uz"])),
    free=st.booleans(),
    crisis=st.booleans(),
    verified=st.dates(dt.date(2020, 1, 1), dt.date(2026, 1, 1)),
    overdue=st.booleans(),
)


@given(st.lists(offers, max_size=20, unique_by=lambda offer: offer.key), st.randoms())
def test_it_orders_the_same_however_the_offers_come(some, random):
    mixed = list(some)
    random.shuffle(mixed)
    assert rank(IN_KULOB, some) == rank(IN_KULOB, mixed)


asks = st.builds(
    Ask,
    kinds=st.dictionaries(st.sampled_from(["legal", "group", "loan"]), st.sampled_from([0.2, 0.4, 0.75, 1.0])),
    place=st.sampled_from([(), ("tj",), ("khatlon", "tj"), ("kulob", "khatlon", "tj")]),
    inside=st.frozensets(st.sampled_from(["kulob", "vose", "khatlon", "khujand"])),
    point=st.none() | st.sampled_from([KULOB, VOSE]),
    language=st.sampled_from(["", "tg", "uz"]),
    crisis_first=st.booleans(),
)


def reach_of(ask, offer, km):
    """The rule in the words of the documentation, for one offer."""
    for_all = ask.place[-1] in offer.serves
    here = any(unit in ask.inside for unit, _point in offer.sites)
    around = (set(ask.inside) | set(ask.place)) - {ask.place[-1]}
    if here and not (for_all and len(ask.place) == 1):
        return Reach.HERE
    if offer.serves & around:
        return Reach.SERVES
    if km is not None and km <= 60:
        return Reach.NEAR
    if offer.remote and (for_all or not offer.serves):
        return Reach.BY_PHONE
    return Reach.WHOLE_COUNTRY if for_all else None


def weighed(ask, offer):
    """What is compared in turn, and where the offer stands; None where it does not fit."""
    weight = max((ask.kinds.get(kind, 0.0) for kind in offer.kinds), default=0.0) if ask.kinds else 1.0
    points = [point for _unit, point in offer.sites if point] if ask.point else []
    km = min((haversine_km(ask.point, point) for point in points), default=None)
    reach = reach_of(ask, offer, km) if ask.place else Reach.ANYWHERE
    if not weight or reach is None or (ask.language and offer.languages and ask.language not in offer.languages):
        return None
    first = len(ask.place) == 1 and reach in (Reach.BY_PHONE, Reach.WHOLE_COUNTRY)
    step = 6 if km is None else sum(km > limit for limit in (10, 30, 60, 120, 250))
    fit = 0 if weight >= 0.75 else 1 if weight >= 0.4 else 2
    shown = (ask.language not in offer.languages, offer.overdue, not offer.free)
    way = (not (ask.crisis_first and offer.crisis), fit, not first, reach, step, *shown)
    return *way, -weight, math.inf if km is None else round(km, 6), -offer.verified.toordinal(), offer.key, reach


@given(asks, st.lists(offers, max_size=25, unique_by=lambda offer: offer.key))
def test_it_weighs_all_side_by_side_as_it_weighs_each_alone(ask, some):
    alone = sorted(found for offer in some if (found := weighed(ask, offer)))
    assert [(one.key, one.reach) for one in rank(ask, some)] == [found[-2:] for found in alone]


def test_it_ranks_only_those_that_it_is_given_among_all():
    offers = Offers([LEGAL, change(key="other")])
    among = np.array([offer.key == "other" for offer in offers.row])
    assert [found.key for found in offers.ranked(IN_KULOB, among).found(0, 9)] == ["other"]


def test_it_ranks_nothing_where_there_is_nothing():
    assert keys(IN_KULOB) == []
