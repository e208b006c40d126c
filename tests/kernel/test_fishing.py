"""Signs that somebody searches to learn who is sought."""

import datetime as dt

import pytest

from hamroh.kernel.fishing import AGAIN, HOURS, MINUTES, RUSH, SILENT, SPAN, Looked, Sign, signs

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)


def apart(count, hours=1, **more):
    """Searches for so many people, so many hours apart, the last one now."""
    return [Looked(f"{turn}", NOW - dt.timedelta(hours=hours * turn), **more) for turn in range(count)]


def same(count, hours=1):
    return [Looked("a", each.at, answered=True) for each in apart(count, hours)]


def test_it_sees_nothing_in_a_day_of_work():
    assert signs(apart(SILENT - 1), NOW) == ()


@pytest.mark.parametrize(
    ("searches", "sign"),
    [
        (same(AGAIN), Sign.AGAIN), (apart(SILENT), Sign.SILENT), (apart(HOURS, outside=True), Sign.HOURS),
        ([Looked(f"{turn}", NOW, answered=True) for turn in range(RUSH)], Sign.RUSH),
    ],
)  # fmt: skip
def test_it_sees_each_sign_at_its_bound_and_not_before(searches, sign):
    assert signs(searches, NOW) == (sign,)
    assert signs(searches[:-1], NOW) == ()


def test_it_forgets_what_is_older_than_its_span():
    assert signs([Looked("a", NOW - SPAN)] * AGAIN, NOW) == ()


def test_it_sees_no_rush_in_what_took_longer():
    assert signs([Looked(f"{turn}", NOW - MINUTES, answered=True) for turn in range(RUSH)], NOW) == ()


def test_it_sees_no_silence_where_answers_were_given():
    assert signs(apart(3 * SILENT, answered=True), NOW) == ()
