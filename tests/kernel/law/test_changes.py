"""Changes of rules: what was released becomes the text of a rule from a day on or as a whole, and nothing else does."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamroh.kernel.law import Audience, Calendar, Certainty, Change, Footing, Role, Unfit, arrears, changed, load, shown
from hamroh.kernel.law import deadline as deadline_of
from hamroh.kernel.law.changes import as_row, cell_of, text_of
from hamroh.kernel.law.parameters import read_parameters
from hamroh.kernel.matters import count, terms
from hamroh.kernel.rights import matters
from kernel.law.people import LAWYER, day, obligation, share, wage

SHARES, OBJECTION, PENALTY = "az.fc.76_1.shares", "az.cpc.282.objection", "tj.fc.penalty"
SEEN = {"verified_by": LAWYER, "verified_on": "2026-11-01"}
TODAY = day("2026-11-22")


def cell(rule: str, **values: str) -> dict[str, str]:
    """The parameters of a rule with some of them changed."""
    parts = dict(part.split("=") for part in cell_of(load().rules[rule].parameters).split("; "))
    return {"parameters": "; ".join(f"{name}={value}" for name, value in (parts | values).items())}


def book(*changes: Change, on: str = "2026-11-22"):
    return changed(load(), changes, (), day(on))


def amended(since: str = "2026-06-01", **more) -> Change:
    return Change("one", SHARES, {**cell(SHARES, share_1="1/5"), **SEEN}, since=day(since), **more)


@pytest.mark.parametrize("rule", sorted(load().rules))
def test_it_writes_every_rule_as_the_columns_it_is_read_from(rule):
    found = load().rules[rule]
    assert read_parameters(cell_of(found.parameters)) == found.parameters
    with pytest.raises(Unfit, match="nothing_differs"):
        text_of(found, Change("x", rule, as_row(found)))


def test_it_reads_the_old_text_until_the_day_before_and_the_new_one_from_then_on():
    of = book(amended()).on
    assert [of(SHARES, day(on)).parameters["share_1"] for on in ("2026-05-31", "2026-06-01")] == [
        Fraction(1, 4),
        Fraction(1, 5),
    ]


def test_it_works_a_period_out_by_both_texts_and_cuts_it_where_the_law_changed():
    from dataclasses import replace

    from hamroh.kernel.law import Amount, Child

    claim = replace(share("1/4", since=day("2026-05-01")), amount=Amount(by_law=True))
    duty = replace(obligation("AZ", claim, incomes=[wage("2026-05..07", "1000")]), children=(Child(),))
    sheet = arrears(duty, Footing(book(amended("2026-06-16")), "AZ", TODAY), day("2026-05-01"), day("2026-07-31"))
    assert [(line.period, str(line.amount)) for line in sheet.lines] == [
        ("2026-05", "250.00"),
        ("2026-06-01..15", "125.00"),
        ("2026-06-16..30", "100.00"),
        ("2026-07", "200.00"),
    ]
    assert sheet.lines[-1].grounds[1].said("en").endswith("; rule text one")


def test_it_shows_the_text_of_the_day_and_keeps_the_one_to_come():
    assert book(amended("2027-01-01")).rules[SHARES].edition == ""
    assert book(amended("2027-01-01"), on="2027-01-01").rules[SHARES].edition == "one"


def test_it_counts_a_deadline_by_the_text_of_its_base_day():
    law = book(Change("c", OBJECTION, {**cell(OBJECTION, days="20"), **SEEN}, since=day("2026-06-01")))
    footing = Footing(law, "AZ", TODAY)
    found = [
        deadline_of(footing, OBJECTION, day(base), Calendar("AZ")).falls_on for base in ("2026-05-31", "2026-06-01")
    ]
    assert found == [day("2026-06-10"), day("2026-06-21")]
    assert count(terms(law)["az_order_objection"], day("2026-06-01"), TODAY).due == day("2026-06-21")


def test_it_takes_a_saying_from_everybody_once_its_rule_is_doubted():
    law = book(Change("c", SHARES, {"certainty": "C", "quote": ""}))
    before, after = (matters(each)[1].guides["AZ"].on(TODAY) for each in (load(), law))
    assert len(after.law) < len(before.law)
    assert "share" not in after.owed


def test_it_takes_a_saying_whose_number_nobody_knows_any_more():
    law = book(Change("c", SHARES, {**cell(SHARES, share_1="?"), **SEEN}))
    assert len(matters(law)[1].guides["AZ"].on(TODAY).law) < len(matters()[1].guides["AZ"].on(TODAY).law)


def test_it_corrects_a_text_in_its_place():
    law = book(amended(), Change("two", SHARES, {"review": "2028-01-01"}, base="one"))
    assert [(text.edition, str(text.review)) for text in law.texts(SHARES)] == [
        ("", "2027-03-31"),
        ("two", "2028-01-01"),
    ]
    assert law.edition == "two"


def test_it_raises_a_certainty_with_a_source_and_a_name_alone():
    raised = {"certainty": "B", "source_title": "Gazette 5"}
    rule = load().rules[PENALTY]
    for lacking in (raised, {"certainty": "B", **SEEN}, raised | {"verified_by": LAWYER}):
        with pytest.raises(Unfit):
            text_of(rule, Change("c", PENALTY, lacking))
    after = text_of(rule, Change("c", PENALTY, raised | SEEN))
    assert shown(after, Audience.DOCUMENT, TODAY).allowed
    assert not shown(rule, Audience.DOCUMENT, TODAY).allowed


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (cell(SHARES, share_1="3.5") | SEEN, "unreadable"),
        (cell(SHARES, share_1="-1/4") | SEEN, "unreadable"),
        (cell(SHARES, share_1="1/0") | SEEN, "unreadable"),
        ({"parameters": ""} | SEEN, "other_parameters"),
        (cell(SHARES, share_1="1/5"), "needs_a_name"),
        ({"certainty": "D"}, "unreadable"),
        ({"source_title": ""}, "unreadable"),
        ({"review": "tomorrow"}, "unreadable"),
        ({"from": "2027", "to": "2026"} | SEEN, "unreadable"),
        ({"id": "az.other"}, "no_column"),
        ({"doubt": "x" * 3000}, "too_long"),
        ({}, "nothing_differs"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_refuses_what_no_rule_may_say(values, why):
    with pytest.raises(Unfit) as refused:
        text_of(load().rules[SHARES], Change("c", SHARES, values))
    assert refused.value.code == why


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([Change("c", "az.no.such", {"doubt": "x"})], "no_rule"),
        ([amended(), amended()], "a_later_text_is_there"),
        ([amended(), amended("2026-01-01", base="one")], "begins_before_it"),
        ([amended(), Change("b", SHARES, {"to": "2026-07-01", **SEEN})], "same_days"),
        ([amended(), Change("b", SHARES, {"from": "2026-02-01", **SEEN}, base="one")], "same_days"),
        ([Change("b", SHARES, {"doubt": "x"}, base="gone")], "written_against_another_text"),
    ],
    ids=["no rule", "twice", "earlier", "end moved over", "start moved over", "text gone"],
)
def test_it_never_lets_two_texts_hold_for_the_same_days(changes, why):
    with pytest.raises(Unfit) as refused:
        book(*changes)
    assert refused.value.code == why


@settings(max_examples=40)
@given(st.lists(st.integers(1, 900), unique=True, max_size=4), st.integers(-400, 1300))
def test_it_finds_one_text_for_every_day_however_often_the_law_changed(starts, days):
    from datetime import timedelta

    base, changes = "", []
    for number, start in enumerate(sorted(starts)):
        since = day("2026-01-01") + timedelta(start)
        values = cell(SHARES, share_1=f"1/{number + 5}") | SEEN
        changes.append(Change(f"e{number}", SHARES, values, base=base, since=since))
        base = f"e{number}"
    law, on = book(*changes), day("2026-01-01") + timedelta(days)
    begun = sum(start <= days for start in starts)
    assert law.on(SHARES, on).parameters["share_1"] == (Fraction(1, begun + 4))
    assert law.one(Role.SHARES, "AZ", on) is law.on(SHARES, on)
    assert law.rules["az.fc.100_2.from_filing"] is load().rules["az.fc.100_2.from_filing"]


def test_it_leaves_a_rule_of_certainty_c_unprinted_whatever_else_is_changed():
    law = book(Change("c", PENALTY, {"says": "Another guess.", "review": "2028-01-01"}))
    assert law.rules[PENALTY].certainty is Certainty.C
    assert not shown(law.rules[PENALTY], Audience.DOCUMENT, TODAY).allowed
