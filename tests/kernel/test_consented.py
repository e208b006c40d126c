"""One function decides what of a story may be seen, heard, quoted or taught with, and says why."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.consented import Basis, Consent, Cut, Held, Scope, Span, Why, joined, missing_cuts, public

DAY = dt.date(2026, 11, 23)
ALL = frozenset(Scope)
YES = Consent(dt.date(2026, 1, 1), ALL)


def held(*voices: list[Consent], **facts: object) -> Held:
    return Held(**{"published": True, "voices": voices, **facts})  # type: ignore[arg-type]


def why(facts: Held, scope: Scope = Scope.ONLINE, day: dt.date = DAY) -> Why:
    return public(facts, day).why(scope)


def test_it_allows_what_she_allows() -> None:
    assert [scope for scope in Scope if public(held([YES]), DAY).may(scope)] == list(Scope)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (held([YES], published=False), Why.DRAFT),
        (held([YES], above_published=False), Why.ABOVE),
        (held([YES], erased=True), Why.ERASED),
        (held(), Why.NOBODY_ASKED),
        (held([]), Why.NOBODY_ASKED),
        (held([YES], []), Why.NOBODY_ASKED),
        (held([replace(YES, withdrawn=True)]), Why.WITHDRAWN),
        (held([replace(YES, given=dt.date(2026, 11, 24))]), Why.NOT_YET),
        (held([replace(YES, until=dt.date(2026, 11, 22))]), Why.ENDED),
        (held([YES], [replace(YES, withdrawn=True)]), Why.WITHDRAWN),
        (held([YES, replace(YES, scopes=frozenset())]), Why.NOT_ALLOWED),
        (held([replace(YES, scopes=frozenset({Scope.CATALOGUE, Scope.ON_SITE}))]), Why.ON_SITE_ONLY),
        (held([replace(YES, scopes=ALL - {Scope.CATALOGUE})]), Why.NOT_ALLOWED),
        (held([YES], taken_out=None), Why.NOT_CUT),
    ],
)
def test_it_says_why_not(facts: Held, reason: Why) -> None:
    assert why(facts) == reason


def test_it_holds_through_the_last_day() -> None:
    facts = held([replace(YES, until=DAY)])
    assert public(facts, DAY).may(Scope.ONLINE)
    assert public(facts, DAY).until == DAY
    assert why(facts, day=DAY + dt.timedelta(days=1)) == Why.ENDED


def test_it_lets_the_newest_answer_hold() -> None:
    narrow = replace(YES, scopes=frozenset({Scope.CATALOGUE}))
    assert not public(held([YES, narrow]), DAY).may(Scope.ONLINE)
    assert public(held([narrow, YES]), DAY).may(Scope.ONLINE)


def test_it_lets_an_older_answer_hold_never_again() -> None:
    assert why(held([YES, replace(YES, until=dt.date(2026, 11, 1))])) == Why.ENDED


def test_it_needs_no_narrator_where_nobody_living_is_in_it() -> None:
    assert public(held(basis=Basis.FREE), DAY).may(Scope.TEACH)
    assert why(held(basis=Basis.FREE, published=False)) == Why.DRAFT


CUT = Cut(Span(2000, 4000), frozenset({Scope.ONLINE}))


def test_it_is_not_online_while_the_copy_still_says_what_is_shut() -> None:
    facts = held([replace(YES, cuts=[CUT])])
    assert why(facts) == Why.NOT_CUT
    assert public(replace(facts, taken_out=[Span(1000, 5000)]), DAY).may(Scope.ONLINE)
    assert why(replace(facts, taken_out=[Span(2000, 3999)])) == Why.NOT_CUT


def test_it_shuts_everything_that_is_shut_in_the_catalogue() -> None:
    cut = Cut(Span(0, 10), frozenset({Scope.CATALOGUE}))
    found = public(held([replace(YES, cuts=[cut])], taken_out=[Span(0, 10)]), DAY)
    assert not any(found.shows(scope, Span(5, 6)) for scope in Scope)
    assert all(found.shows(scope, Span(10, 11)) for scope in Scope)


def test_it_shuts_what_any_narrator_shuts() -> None:
    found = public(held([YES], [replace(YES, cuts=[CUT])], taken_out=[Span(2000, 4000)]), DAY)
    assert not found.shows(Scope.ONLINE, Span(3999, 4001))
    assert found.shows(Scope.QUOTE, Span(3000, 3001))


spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 99), st.integers(1, 30))
consents = st.builds(
    Consent, st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)), st.frozensets(st.sampled_from(list(Scope))),
    st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), st.booleans(),
    st.lists(st.builds(Cut, spans, st.frozensets(st.sampled_from(list(Scope)))), max_size=3), st.booleans(),
)  # fmt: skip
facts = st.builds(
    Held, st.booleans(), st.booleans(), st.booleans(), st.just(Basis.CONSENT), st.lists(st.lists(consents, max_size=3), max_size=3),
    st.none() | st.lists(spans, max_size=4),
)  # fmt: skip


@given(facts, st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)), st.sampled_from(list(Scope)))
def test_it_never_says_yes_where_one_newest_answer_says_no(held: Held, day: dt.date, scope: Scope) -> None:
    if public(held, day).may(scope):
        newest = [each[-1] for each in held.voices]
        assert newest
        assert held.published
        assert held.above_published
        assert not held.erased
        for each in newest:
            assert not each.withdrawn
            assert {scope, Scope.CATALOGUE} <= each.scopes
            assert each.given <= day <= (each.until or day)


@given(facts, st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)))
def test_it_gives_a_reason_other_than_allowed_for_every_no(held: Held, day: dt.date) -> None:
    found = public(held, day)
    assert all(found.may(scope) == (found.why(scope) == Why.ALLOWED) for scope in Scope)


@given(facts, st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)), spans)
def test_it_gives_out_no_copy_with_a_shut_part(held: Held, day: dt.date, part: Span) -> None:
    found = public(held, day)
    if found.may(Scope.ONLINE):
        assert missing_cuts(found.shut[Scope.ONLINE], held.taken_out) == []


@given(st.lists(spans))
def test_it_joins_parts_that_meet(parts: list[Span]) -> None:
    made = joined(parts)
    covered = {at for each in parts for at in range(each.start, each.end)}
    assert {at for each in made for at in range(each.start, each.end)} == covered
    assert all(one.end < other.start for one, other in itertools.pairwise(made))
