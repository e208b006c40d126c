"""Savings groups: the ledger balances whatever is entered, the share-out divides to the last diram, two records count once."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hamroh.kernel.savings import Book, Fund, Kind, Line, Refused, Terms, compare, replay, share_out
from hamroh.kernel.savings.matching import meaning
from hamroh.kernel.savings.quarter import Met, Quarter, figures, lacking

TERMS = Terms(share_value=500, most_shares=5, loan_multiple=30, charge_permille=20)


def line(number, kind, amount, member=None, **more):
    return Line(str(number), kind, amount, member, **more)


def wish(number, drawn):
    """Anything that somebody may try to enter, much of it nonsense: one number says it all, so that many are tried."""
    rest, kind = divmod(drawn, 16)
    rest, member = divmod(rest, 8)
    rest, of = divmod(rest, 32)
    amount, fund = divmod(rest, 2)
    amount = (500, 1000, 2500, amount - 5)[of % 4]
    kind = [*Kind, Kind.SHARE, Kind.SHARE, Kind.SHARE, Kind.LOAN, Kind.REPAYMENT][kind]
    undone = str(of) if kind is Kind.CORRECTION else ""
    amount = 0 if undone and of % 3 else amount
    return line(number, kind, amount, member or None, meeting=number // 8, fund=list(Fund)[fund], of=undone)


WISHES = st.lists(st.integers(0, 2**26), max_size=30).map(lambda drawn: [wish(*each) for each in enumerate(drawn)])


def entered(lines):
    """The book of those that can stand, and they."""
    book, stood = Book(TERMS), []
    for each in lines:
        before = dict(book.accounts)
        try:
            book.enter(each)
        except Refused:
            assert book.accounts == before
        else:
            stood.append(each)
            assert book.imbalance() == 0
    return book, stood


def balances_and_shares_out(lines):
    book, stood = entered(lines)
    assert [Line.heard(each.told()) for each in stood] == stood
    assert all(value >= 0 for (name, _member), value in book.accounts.items() if name != "gain")
    assert replay(stood, TERMS).told() == book.told()
    assert Book.carried(TERMS, book.told()).told() == book.told()
    out = share_out(book)
    assert out.paid + out.kept == book.of("box")
    assert out.kept == 0 or not book.total("saved")
    assert all(each.paid >= 0 and each.still_owes >= 0 for each in out.lines)
    for each in out.lines:
        assert abs(each.paid - max(Fraction(0), each.worth - each.debt)) < 1
    turned = Book(TERMS, dict(reversed(book.accounts.items())))
    assert share_out(turned) == out


@given(WISHES)
@settings(max_examples=500, deadline=None)
def test_it_balances_after_every_line_and_shares_out_to_the_last_diram(lines):
    balances_and_shares_out(lines)


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
@given(lines=WISHES)
@settings(max_examples=5_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_it_balances_in_a_hundred_thousand_sequences(part, lines):
    """In parts: what hypothesis remembers of one run grows with it."""
    balances_and_shares_out(lines)


def test_it_undoes_a_line_by_a_line_and_only_once():
    book = replay([line(1, Kind.SHARE, 1500, 3), line(2, Kind.CORRECTION, 0, of="1")], TERMS)
    assert (book.of("saved", 3), book.of("box"), book.standing()) == (0, 0, [])
    with pytest.raises(Refused, match="no_such_line"):
        book.enter(line(3, Kind.CORRECTION, 0, of="1"))


def test_it_counts_shares_that_were_undone_no_more():
    book = replay([line(1, Kind.SHARE, 2500, 3), line(2, Kind.CORRECTION, 0, of="1")], TERMS)
    book.enter(line(3, Kind.SHARE, 2500, 3))
    with pytest.raises(Refused, match="most_shares"):
        book.enter(line(4, Kind.SHARE, 500, 3))


@pytest.mark.parametrize(
    ("tried", "code"),
    [
        (line(9, Kind.SHARE, 750, 1), "whole_shares"),
        (line(9, Kind.SHARE, 3000, 2, meeting=1), "most_shares"),
        (line(9, Kind.LOAN, 7501, 1), "loan_most"),
        (line(9, Kind.REPAYMENT, 1, 1), "owes_less"),
        (line(9, Kind.WITHDRAWAL, 2501, 1), "saved_less"),
        (line(9, Kind.EXPENSE, 1, fund=Fund.SOCIAL), "social_short"),
        (line(9, Kind.EXPENSE, 2501), "box_short"),
        (line(9, Kind.SHARE, 500), "member"),
        (line(9, Kind.FINE, 0, 1), "amount"),
        (line(1, Kind.FINE, 100, 1), "known"),
    ],
)
def test_it_says_why_a_line_cannot_stand(tried, code):
    book = replay([line(1, Kind.SHARE, 2500, 1)], TERMS)
    with pytest.raises(Refused, match=f"^{code}"):
        book.enter(tried)


def test_it_pays_the_charge_before_the_loan():
    lines = [line(1, Kind.SHARE, 2500, 1), line(2, Kind.LOAN, 2000, 1), line(3, Kind.CHARGE, 80, 1)]
    book = replay([*lines, line(4, Kind.REPAYMENT, 100, 1)], TERMS)
    assert (book.of("charge", 1), book.of("loan", 1)) == (0, 1980)


def test_it_counts_a_loan_as_past_due_from_the_day_after():
    day = dt.date(2026, 5, 1)
    book = replay([line(1, Kind.SHARE, 2500, 1), line(2, Kind.LOAN, 2000, 1, due=day)], TERMS)
    assert book.past_due(day) == 0
    assert book.past_due(day + dt.timedelta(days=1)) == 2000
    assert Book.carried(TERMS, book.told()).past_due(day + dt.timedelta(days=1)) == 2000


def test_it_takes_a_debt_off_what_savings_are_worth():
    lines = [line(1, Kind.SHARE, 1000, 1), line(2, Kind.SHARE, 1000, 2), line(3, Kind.SHARE, 1000, 3)]
    book = replay([*lines, line(4, Kind.LOAN, 600, 1), line(5, Kind.INCOME, 100)], TERMS)
    out = share_out(book)
    assert [each.paid for each in out.lines] == [434, 1033, 1033]  # the last diram to the lowest number
    assert out.paid == book.of("box") == 2500


def test_it_pays_nothing_to_who_owes_more_than_her_savings_are_worth_and_says_what_is_left():
    lines = [line(1, Kind.SHARE, 500, 1), line(2, Kind.SHARE, 2500, 2), line(3, Kind.LOAN, 1500, 1)]
    out = share_out(replay(lines, TERMS))
    first, second = out.lines
    assert (first.paid, first.still_owes) == (0, 1200)
    assert (second.paid, out.rate) == (1500, Fraction(3, 5))


def test_it_divides_the_social_fund_equally_where_the_group_agreed_so():
    terms = Terms(share_value=500, shares_social=True)
    book = replay([line(1, Kind.SHARE, 500, 1), line(2, Kind.SHARE, 1000, 2), line(3, Kind.FUND, 101, 1)], terms)
    assert [each.social for each in share_out(book).lines] == [50, 51]
    assert share_out(book).kept_social == 0


def test_it_keeps_the_bag_where_nobody_saved():
    out = share_out(replay([line(1, Kind.INCOME, 700)], TERMS))
    assert (out.lines, out.kept) == ((), 700)


def test_it_charges_halves_down():
    assert Terms(share_value=1, charge_permille=25).charge_of(60, 1) == 1
    assert Terms(share_value=1, charge_permille=25).charge_of(61, 1) == 2


def test_it_counts_once_what_two_records_say_alike():
    ours = meaning([line(1, Kind.SHARE, 500, 1), line(2, Kind.FINE, 100, 2)])
    theirs = meaning([line("b", Kind.FINE, 100, 2), line("a", Kind.SHARE, 500, 1)])
    assert compare(ours, theirs) == []


def test_it_puts_side_by_side_what_two_records_say_otherwise():
    ours = meaning([line(1, Kind.SHARE, 500, 1), line(2, Kind.FUND, 100, 2)])
    theirs = meaning([line(1, Kind.SHARE, 1000, 1), line(2, Kind.FUND, 100, 2), line(3, Kind.LOAN, 500, 2)])
    assert [(each.key, each.ours, each.theirs) for each in compare(ours, theirs)] == [
        ("loan.2", (), ("500",)), ("share.1", ("500",), ("1000",)),
    ]  # fmt: skip


QUARTER = Quarter(
    meetings=[Met(1, 18, 20), Met(2, 20, 20)], sexes=["f"] * 19 + ["m"], at_start=21, left=1, saved=100_000,
    loans=60_000, borrowers=4, past_due=6_000, cash=50_000, social=4_000, gain=10_000,
)  # fmt: skip


def test_it_gives_a_quarter_in_figures():
    found = {each.key: each.value for each in figures(QUARTER)}
    assert (found["women"], found["attendance"], found["past_due_rate"], found["return"]) == (95, 95, 10, 10)
    assert found["lent"] == Fraction(6000, 110)


def test_it_gives_no_figure_of_a_quarter_that_is_not_complete_and_says_what_is_missing():
    holes = Quarter(
        [Met(1, None, None), Met(2, 3, 4, closed=False, unsettled=2)], [None, "f"], 2, 0, 0, 0, 0, 0, 0, 0, 0
    )
    assert [(each.code, each.number) for each in lacking(holes)] == [
        ("attendance", 1), ("open", 2), ("unsettled", 2), ("sex", 1),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="not complete"):
        figures(holes)


@pytest.mark.parametrize(
    "told",
    [
        {"id": "1", "kind": "share", "amount": "500"}, {"id": "1", "kind": "share", "amount": True}, {"id": 1, "kind": "share", "amount": 5},
        {"id": "1", "kind": "gift", "amount": 5}, {"id": "1", "kind": "share", "amount": 5, "member": -1},
        {"id": "1", "kind": "loan", "amount": 5, "due": "tomorrow"}, {"id": "x" * 61, "kind": "share", "amount": 5}, {"id": "1", "amount": 10**13},
    ],
)  # fmt: skip
def test_it_takes_no_line_that_is_none(told):
    with pytest.raises((ValueError, KeyError)):
        Line.heard(told)
