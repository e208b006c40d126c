"""No message outside her rule: generated rules and attempts, and what words give away."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counts import tried
from hamroh.kernel.datafiles import document
from hamroh.kernel.safecontact import (
    EARLIEST,
    LATEST,
    WATCHING,
    Attempt,
    Body,
    Known,
    Refusal,
    Rule,
    Shares,
    judge,
    next_time,
    reveals,
)

WAYS = ("call", "sms", "visit")
MONDAY_TEN = dt.datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001 - the clock where she is
LATER = dt.date(2026, 12, 31)
TRIED = tried(50, 1000)

times = st.times(min_value=dt.time(0), max_value=dt.time(23, 59))
rules = st.builds(
    Rule, way=st.sampled_from(WAYS), until=st.dates(dt.date(2026, 11, 1), dt.date(2026, 12, 31)), is_safe=st.booleans(),
    is_current=st.booleans(), shares=st.frozensets(st.sampled_from(Shares)), first=times, last=times,
    days=st.frozensets(st.integers(0, 6)), most=st.sampled_from(Body), may_leave_message=st.booleans(),
)  # fmt: skip
attempts = st.builds(
    Attempt, way=st.sampled_from(WAYS), body=st.sampled_from(Body), leaves_message=st.booleans(),
    at=st.datetimes(dt.datetime(2026, 11, 1), dt.datetime(2026, 12, 31)),  # noqa: DTZ001
)  # fmt: skip


def rule(**facts) -> Rule:
    kept = {"way": "sms", "until": LATER, "shares": frozenset({Shares.NOBODY}), "most": Body.NEUTRAL}
    return Rule(**kept | facts)


def asked(*given_rules: Rule, **facts) -> tuple[Refusal, ...]:
    return judge(given_rules, Attempt(**{"way": "sms", "at": MONDAY_TEN, "body": Body.NEUTRAL} | facts)).reasons


@TRIED
@given(st.lists(rules, max_size=4), attempts)
def test_it_keeps_safety_rule_1_for_every_rule_and_attempt(known, attempt):
    """What is allowed is written out anew here, straight from the sentence of the rule."""
    verdict = judge(known, attempt)
    clock, day = attempt.at.time(), attempt.at.date()
    mine = [each for each in known if each.way == attempt.way and each.is_current]
    fits = [
        each
        for each in mine
        if each.until >= day and attempt.at.weekday() in each.days and each.first <= clock < each.last
        and EARLIEST <= clock < LATEST and attempt.body <= each.most and attempt.body is not Body.SENDER
        and (each.may_leave_message or not attempt.leaves_message)
        and not (attempt.body > Body.NEUTRAL and (not each.shares or each.shares & WATCHING))
    ]  # fmt: skip
    assert verdict.allowed == (bool(fits) and all(each.is_safe for each in mine))


@TRIED
@given(st.lists(rules, max_size=4), attempts)
def test_it_keeps_safety_rule_2_for_every_rule_and_attempt(known, attempt):
    verdict = judge(known, attempt)
    if verdict.allowed and verdict.rule is not None and Shares.IN_LAWS in verdict.rule.shares:
        assert attempt.body <= Body.NEUTRAL


@TRIED
@given(rules, attempts)
def test_it_names_a_next_time_at_which_the_rule_allows_day_and_hour(known, attempt):
    found = next_time(known, attempt.at)
    if found is not None:
        again = judge([known], Attempt(way=known.way, at=found)).reasons
        assert found >= attempt.at
        assert not {Refusal.DAY, Refusal.HOUR, Refusal.LAPSED} & set(again)


def test_it_lets_nothing_out_where_no_rule_is_known():
    assert asked() == (Refusal.NO_RULE,)


def test_it_lets_nothing_out_by_another_way():
    assert asked(rule(way="call")) == (Refusal.NO_RULE,)


def test_it_lets_a_neutral_message_out_within_the_rule():
    assert asked(rule()) == ()


def test_it_shuts_a_way_that_is_not_safe_whatever_else_stands():
    assert asked(rule(), rule(is_safe=False)) == (Refusal.NOT_SAFE,)


def test_it_counts_the_last_day_and_not_the_last_minute():
    assert asked(rule(until=MONDAY_TEN.date(), last=dt.time(10))) == (Refusal.HOUR,)


def test_it_takes_a_phone_of_which_nothing_is_known_for_a_shared_one():
    assert asked(rule(shares=frozenset(), most=Body.MONEY), body=Body.MONEY) == (Refusal.SHARED,)


def test_it_leaves_no_message_where_she_did_not_allow_one():
    assert asked(rule(), leaves_message=True) == (Refusal.MESSAGE,)


@pytest.mark.parametrize("most", [Body.COURT, Body.SENDER])
def test_it_never_names_the_sender(most):
    assert Refusal.SENDER in asked(rule(most=most), body=Body.SENDER)


def test_it_waits_for_the_next_allowed_morning():
    only_fridays = rule(days=frozenset({4}), first=dt.time(9), last=dt.time(12))
    assert next_time(only_fridays, MONDAY_TEN) == dt.datetime(2026, 11, 27, 9)  # noqa: DTZ001


def test_it_waits_for_nothing_that_ends_before():
    assert next_time(rule(days=frozenset({4}), until=dt.date(2026, 11, 25)), MONDAY_TEN) is None


KNOWN = Known("k4m9x2pq", frozenset({"Reception centre", "Маркази қабул"}))


@pytest.mark.parametrize(
    ("words", "gives"),
    [
        ("", Body.NOTHING), ("Салом. Аҳволатон чӣ хел?", Body.NEUTRAL), ("6300 сомонӣ омад", Body.MONEY),
        ("пулро овардам", Body.MONEY), ("Алимент гузашт", Body.MONEY), ("Додгоҳ пагоҳ", Body.COURT),
        ("Məhkəmədə görüşək", Body.COURT), ("встреча у суда", Body.COURT), ("see the lawyer", Body.COURT),
        ("about K4M9X2PQ", Body.REFERENCE), ("парвандаи шумо", Body.REFERENCE), ("2-114/26", Body.REFERENCE),
        ("Reception  Centre asks", Body.SENDER), ("до\u00adдгоҳ", Body.COURT), ("ⅹ １２３", Body.REFERENCE), ("МАРКАЗИ ҚАБУЛ", Body.SENDER),
    ],
)  # fmt: skip
def test_it_reads_what_words_give_away(words, gives):
    assert reveals(words, KNOWN) is gives


BODIES = document("safety/bodies.yml")["bodies"]


@pytest.mark.parametrize("lang", ["tg", "az", "ru", "en"])
@pytest.mark.parametrize("code", sorted(BODIES))
def test_it_has_messages_that_give_nothing_away(code, lang):
    assert reveals(BODIES[code][lang], KNOWN) is Body.NEUTRAL
