"""Deadlines: counted as the pack says, moved over days off, never firm where nobody saw the rule of counting."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.law import Announced, Assumption, Calendar, Certainty, Missing, deadline, load
from hamroh.kernel.law.dates import DAY, birthday, end_of, months, moved, said
from hamroh.kernel.law.parameters import PERIODS, kinds
from kernel.law.people import day, footing, span, stated

AZ, TJ, RU = Calendar("AZ"), Calendar("TJ"), Calendar("RU")
APPEAL, OBJECTION = "az.cpc.360.appeal", "az.cpc.282.objection"
ON = footing("AZ", "2026-03-20")


def found(rule: str, base: str, calendar: Calendar = AZ):
    return deadline(ON, rule, day(base), calendar)


def codes(reasons) -> list[str]:
    return [reason.code for reason in reasons]


def test_it_counts_days_from_the_day_after():
    term = found(OBJECTION, "2026-04-06")
    assert (f"{term.last}", term.firm, term.certainty) == ("2026-04-16", True, Certainty.A)


def test_it_ends_a_month_on_the_same_day():
    assert f"{found(APPEAL, '2026-04-06').last}" == "2026-05-06"


def test_it_ends_a_month_that_lacks_the_day_on_its_last_one_and_says_so():
    term = found(APPEAL, "2025-12-31", AZ)
    assert f"{term.last}" == "2026-02-02"  # 31 January is a Saturday
    term = found(APPEAL, "2027-03-31")
    assert (f"{term.last}", "month_lacks_day" in codes(term.reasons)) == ("2027-04-30", True)


def test_it_moves_a_last_day_off_to_the_next_working_day():
    term = found(OBJECTION, "2026-06-05")  # the tenth day is 15 June, a Monday
    assert (f"{term.falls_on}", f"{term.last}", term.certainty) == ("2026-06-15", "2026-06-16", Certainty.A)
    assert [reason.said() for reason in term.reasons if reason.code == "moved_by"] == [
        "2026-06-15 is a day off (National salvation day): the next working day counts"
    ]


def test_it_is_no_more_certain_than_the_weekly_rest_that_moves_it():
    term = found(OBJECTION, "2026-04-08")  # the tenth day is a Saturday
    assert (f"{term.falls_on}", f"{term.last}", term.certainty) == ("2026-04-18", "2026-04-20", Certainty.C)


def test_it_says_how_it_was_counted_in_the_language_of_the_reader():
    reasons = found(OBJECTION, "2026-06-05").reasons
    assert [reason.said("az") for reason in reasons[:2]] == [
        "2026-06-06 tarixindən, 2026-06-05 tarixindən sonrakı gündən hesablanır",
        "Məhkəmə əmrinə etiraz: gün: 10",
    ]


def test_it_says_which_holidays_of_the_year_nobody_entered():
    names = [reason.said() for reason in found(OBJECTION, "2026-04-06").reasons if reason.code == "announced_yearly"]
    assert len(names) == 3
    assert names[0] == "Novruz: the days of 2026 are announced each year and were not given"


def test_it_says_until_when_the_post_is_in_time():
    assert "what is handed to the post by 24:00 of the last day is in time" in [
        reason.said() for reason in found(OBJECTION, "2026-04-06").reasons
    ]


def test_it_reminds_at_least_three_days_before():
    term = found(OBJECTION, "2026-04-06")
    assert term.last - term.remind == 3 * DAY


def test_it_reminds_no_later_than_on_the_day_before_it_was_moved():
    on = footing("TJ", "2026-03-01", stated("tj.cpc.court_order", "10", "Civil Procedure Code, article 128"))
    term = deadline(on, "tj.cpc.court_order", day("2026-03-10"), TJ)
    assert (f"{term.falls_on}", f"{term.last}", f"{term.remind}") == ("2026-03-20", "2026-03-30", "2026-03-20")


def test_it_refuses_a_period_that_nobody_saw():
    with pytest.raises(Missing) as refused:
        deadline(footing("TJ", "2026-03-20"), "tj.cpc.court_order", day("2026-03-02"), TJ)
    assert codes(refused.value.reasons) == ["period_not_seen"]


def test_it_gives_only_a_reminder_where_nobody_saw_the_rule_of_counting():
    on = footing("TJ", "2026-04-01", stated("tj.cpc.court_order", "10", "Civil Procedure Code, article 128"))
    term = deadline(on, "tj.cpc.court_order", day("2026-04-01"), TJ)
    assert (f"{term.last}", term.firm, term.certainty) == ("2026-04-13", False, Certainty.C)
    assert "reminder_only" in codes(term.reasons)
    assert "assumed by" in term.grounds[0].said()


def test_it_is_firm_where_a_lawyer_answers_for_the_counting_too():
    on = footing(
        "TJ",
        "2026-04-01",
        stated("tj.cpc.court_order", "10", "Civil Procedure Code, article 128"),
        stated("tj.cpc.terms", article="Civil Procedure Code, article 109"),
    )
    assert deadline(on, "tj.cpc.court_order", day("2026-04-01"), TJ).firm


def test_it_is_not_firm_where_nobody_saw_the_period():
    on = footing("TJ", "2026-04-01", stated("tj.cpc.terms", article="Civil Procedure Code, article 109"))
    term = deadline(on, "tj.cc.missing_periods", day("2026-04-01"), TJ, parameter="missing_years")
    assert (f"{term.falls_on}", term.firm, term.certainty) == ("2027-04-01", False, Certainty.C)


def test_it_takes_no_assumption_without_a_name_for_a_period():
    with pytest.raises(ValueError, match="needs the lawyer who states it"):
        footing("TJ", "2026-04-01", Assumption("tj.cpc.court_order", "10"))


@pytest.mark.parametrize(
    ("rule", "parameter"), [("az.dv.short_order.2025", "days"), ("az.dv.short_order.2024", "max_days")]
)
def test_it_counts_nothing_from_a_rule_whose_sources_contradict_each_other(rule, parameter):
    with pytest.raises(Missing) as refused:
        deadline(ON, rule, day("2026-04-01"), AZ, parameter=parameter)
    assert codes(refused.value.reasons) == ["contradicted"]


def test_it_names_the_law_on_days_off_where_one_moved_the_day():
    moved_by, kept = found(OBJECTION, "2026-06-05"), found(OBJECTION, "2026-04-06")
    assert [ground.rule.id for ground in moved_by.grounds][2:] == ["az.lab.105.holidays"]
    assert len(kept.grounds) == 2


def test_it_refuses_to_count_where_no_rule_says_how():
    with pytest.raises(Missing) as refused:
        deadline(footing("RU", "2026-03-20"), "ru.gpk.409_417.foreign", day("2026-03-02"), RU)
    assert codes(refused.value.reasons) == ["no_rule"]


def test_it_counts_a_treaty_period_by_the_law_of_the_place():
    term = deadline(ON, "az.cpc.458_468.foreign", day("2026-03-02"), AZ)
    assert f"{term.falls_on}" == "2029-03-02"


def test_it_asks_which_period_is_meant():
    with pytest.raises(ValueError, match="has 2 periods"):
        found("az.cc.41_1.dead", "2020-01-01")
    assert (
        f"{deadline(ON, 'az.cc.41_1.dead', day('2020-01-01'), AZ, parameter='peril_months').falls_on}" == "2020-07-01"
    )
    with pytest.raises(ValueError, match="no period 'value'"):
        deadline(ON, "az.cc.41_1.dead", day("2020-01-01"), AZ, parameter="value")


@pytest.mark.parametrize("rule", ["az.cpc.112_1_3.price", "tj.crim.170.polygamy", "tj.fc.13_2.lowering"])
def test_it_takes_no_price_no_sentence_and_no_age_for_a_deadline(rule):
    with pytest.raises(ValueError, match="has 0 periods"):
        found(rule, "2026-04-06")


def test_it_refuses_a_rule_that_was_not_in_force():
    with pytest.raises(Missing) as refused:
        found("az.cpc.172_1_1.two_months", "2021-03-01")
    assert codes(refused.value.reasons) == ["not_sure_in_force"]


# Days off

SPANS = {"Novruz": "2026-03-20..24", "Ramazan": "2026-03-20..21", "Qurban": "2026-05-27..28"}
DECISION = {"state": "AZ", "year": 2026, "source": "Cabinet, 25 December 2025", "certainty": Certainty.A}


def announced(*names: str, **more) -> Announced:
    spans = [(name, *span(SPANS[name])) for name in names]
    days = [(name, first + DAY * count) for name, first, last in spans for count in range((last - first).days + 1)]
    return Announced(**DECISION, holidays=tuple(days), **more)


#: the days off of 2026 that another table of the law works out, but Saturdays and Sundays
WEEKDAYS_2026 = """01-01 01-02 01-20 03-09 03-20 03-23 03-24 03-25 03-26 03-27 03-30 05-11 05-27 05-28 05-29
06-15 06-26 11-09 11-10 12-31"""


def off(calendar: Calendar, year: int) -> set[dt.date]:
    first = dt.date(year, 1, 1)
    return {first + DAY * count for count in range(365) if calendar.off(first + DAY * count)}


def test_it_finds_the_days_off_of_a_year_once_the_announced_ones_are_given():
    found = {each for each in off(Calendar("AZ", (announced(*SPANS),)), 2026) if each.isoweekday() < 6}
    assert found == {day(f"2026-{each}") for each in WEEKDAYS_2026.split()}


def test_it_asks_for_the_holidays_alone_that_were_not_announced():
    calendar = Calendar("AZ", (announced("Ramazan"),))
    assert [each.names["en"] for each in calendar.movable(2026)] == ["Novruz", "Qurban"]
    assert len(calendar.movable(2027)) == 3


def test_it_takes_a_moved_day_off_at_once_and_works_on_the_other():
    moved_to, worked = day("2026-06-16"), day("2026-06-20")
    calendar = Calendar("AZ", (announced("Qurban", off=(moved_to,), working=(worked,)),))
    assert found(OBJECTION, "2026-06-05", calendar).last == day("2026-06-17")
    assert worked.isoweekday() == 6
    assert calendar.off(worked) is None
    assert Calendar("TJ", calendar.announced).off(moved_to) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"off": (day("2027-01-05"),)},
        {"off": (day("2026-01-05"),), "working": (day("2026-01-05"),)},
        {"off": ()},
        {"off": (day("2026-01-05"),), "certainty": Certainty.C},
        {"off": (day("2026-01-05"),), "source": ""},
    ],
    ids=["another year", "off and working", "no day", "seen by nobody", "no source"],
)
def test_it_refuses_a_decision_whose_days_cannot_be_so(wrong):
    with pytest.raises(ValueError, match=r".+"):
        Announced(**DECISION | wrong)


def test_it_moves_the_last_holiday_of_a_year_into_the_next():
    assert day("2028-12-31").isoweekday() == 7
    assert AZ.off(day("2029-01-03")).names["en"] == "Solidarity day of Azerbaijanis"
    assert AZ.off(day("2029-01-04")) is None


def test_it_does_not_move_the_day_of_mourning():
    assert day("2024-01-20").isoweekday() == 6
    assert AZ.off(day("2024-01-22")) is None


def test_it_knows_the_days_that_the_government_of_tajikistan_joined():
    first, last = span("2026-03-20..29")
    assert all(TJ.off(first + DAY * count) for count in range((last - first).days + 1))
    assert TJ.off(day("2026-03-30")) is None


def test_it_knows_when_a_holiday_was_abolished():
    assert (bool(TJ.off(day("2015-05-01"))), TJ.off(day("2017-05-01"))) == (True, None)


def test_it_knows_too_little_of_russia_to_move_a_day():
    assert (AZ.known(), RU.known()) == (True, False)


bases = st.dates(day("2022-01-01"), day("2030-12-31"))
rules = st.sampled_from(
    [
        (rule.id, name)
        for rule in load().pack("az")
        for name in rule.parameters
        if kinds()[name].unit in PERIODS and rule.knows(name) and not rule.since and not rule.until and not rule.limits
    ]
)


@given(rules, bases)
def test_it_never_ends_before_it_was_counted_nor_on_a_day_off(rule, base):
    term = deadline(ON, rule[0], base, AZ, parameter=rule[1])
    assert base < term.falls_on <= term.last
    assert AZ.off(term.last) is None
    assert term.remind <= term.falls_on
    assert all(reason.said(lang) for reason in term.reasons for lang in ("en", "tg", "az", "ru"))


@given(bases, st.integers(-60, 60))
def test_it_moves_by_months_to_the_same_day_or_the_last(base, count):
    there = moved(base, count)
    assert there.day == base.day or (there == end_of(there) and there.day < base.day)


@pytest.mark.parametrize(("born", "of_age"), [("2008-02-29", "2026-03-01"), ("2008-06-20", "2026-06-20")])
def test_it_knows_the_eighteenth_birthday(born, of_age):
    assert f"{birthday(day(born), 18)}" == of_age


@pytest.mark.parametrize(
    "period", ["2026-01", "2026-01..03", "2025-12..2026-02", "2026-01-15..31", "2026-02-10", "2026-01-15..2026-02-03"]
)
def test_it_says_a_stretch_of_days_as_short_as_it_can_be(period):
    assert said(*span(period)) == period


def test_it_counts_months_over_the_end_of_a_year():
    assert [f"{month:%Y-%m}" for month in months(day("2025-12-31"), day("2026-02-01"))] == [
        "2025-12",
        "2026-01",
        "2026-02",
    ]
