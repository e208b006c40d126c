"""What may be shown to whom: what nobody saw stays at the desk, unless a lawyer answers for it in a document."""

import pytest

from hamroh.kernel.law import Assumption, Audience, Certainty, arrears, load, resting, shown
from kernel.law.people import LAWYER, day, fixed, footing, no_papers, obligation, share, span, stated, wage
from kernel.law.worked import EXAMPLES

BOOK = load()
ON = day("2026-11-22")
OUTSIDE = (Audience.DOCUMENT, Audience.PUBLIC)


def codes(reasons) -> list[str]:
    return [reason.code for reason in reasons]


@pytest.mark.parametrize("audience", OUTSIDE)
def test_it_shows_no_rule_outside_that_nobody_saw(audience):
    allowed = {rule.id for rule in BOOK.rules.values() if shown(rule, audience, ON).allowed}
    assert allowed
    assert [each for each in allowed if BOOK.rules[each].certainty is Certainty.C] == []


def test_it_shows_staff_every_rule_and_marks_what_is_to_be_verified():
    for rule in BOOK.rules.values():
        showing = shown(rule, Audience.STAFF, ON)
        assert showing.allowed
        assert ("to_verify" in codes(showing.marks)) == (rule.certainty is Certainty.C)


def test_it_names_the_source_beside_what_somebody_only_states():
    (mark,) = shown(BOOK.rules["tj.crim.170.polygamy"], Audience.PUBLIC, ON).marks
    assert mark.said() == "Polygamy is a crime: as stated by Asia-Plus 22 Feb 2024; the text itself was not seen"


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("tj.fc.penalty", "not_seen"),
        ("az.dv.short_order.2025", "contradicted"),
        ("az.dv.short_order.2024", "contradicted"),
        ("tj.cpc.versions", "heading"),
        ("az.crim.176.repealed", "repealed"),
        ("az.fc.10_2.age_lowering", "not_in_force"),
        ("az.value.subsistence_child.2024", "not_in_force"),
    ],
)
@pytest.mark.parametrize("audience", OUTSIDE)
def test_it_says_why_a_rule_does_not_leave_the_desk(rule, code, audience):
    assert codes(shown(BOOK.rules[rule], audience, ON).refused) == [code]


def test_it_turns_amber_after_the_day_of_review():
    rule = BOOK.rules["az.fc.76_1.shares"]
    assert codes(shown(rule, Audience.DOCUMENT, day("2027-03-31")).marks) == []
    assert codes(shown(rule, Audience.DOCUMENT, day("2027-04-01")).marks) == ["stale"]


def test_it_asks_about_the_pair_of_states_before_a_treaty_is_relied_on():
    assert codes(shown(BOOK.rules["treaty.hague2007.az"], Audience.PUBLIC, ON).marks) == ["pair"]


@pytest.mark.parametrize("name", ["E01", "E05", "E16"])
@pytest.mark.parametrize("audience", OUTSIDE)
def test_it_lets_a_sheet_out_that_rests_on_seen_rules_alone(name, audience):
    assert resting(EXAMPLES[name].sheet.grounds, audience, day("2026-07-01")).allowed


@pytest.mark.parametrize(
    "name", [name for name, example in EXAMPLES.items() if example.certainty == "C" and name != "E06"]
)
@pytest.mark.parametrize("audience", OUTSIDE)
def test_it_keeps_a_sheet_at_the_desk_that_rests_on_what_nobody_saw(name, audience):
    sheet = EXAMPLES[name].sheet
    assert sheet.estimate
    assert not resting(sheet.grounds, audience, day("2026-07-01")).allowed


def tajik(*assumptions):
    """Two children, five months without papers in Tajikistan."""
    incomes = [wage("2025-01..03", "3000", "TJS"), no_papers("2025-04..08")]
    duty = obligation("TJ", share("1/3", since=day("2025-01-01")), incomes=incomes)
    return arrears(duty, footing("TJ", "2025-10-15", *assumptions), *span("2025-01..08"))


def test_it_says_what_nobody_saw_without_its_article():
    sheet = tajik(Assumption("average_wage_figure", "latest_month"))
    said = [ground.said() for ground in sheet.grounds if ground.open]
    assert said == [
        "Average wage where no income is proved: to be verified, nobody has seen the text",
        "average wage: the latest monthly figure published (our choice: the law does not say it)",
    ]


def test_it_lets_a_document_out_that_a_lawyer_answers_for_and_names_her():
    sheet = tajik(
        stated("tj.fc.arrears.average_wage", article="Family Code, article 113"),
        stated("average_wage_figure", "latest_month"),
    )
    assert not sheet.estimate
    assert sheet.certainty == "C", "nothing becomes more certain by being stated"
    showing = resting(sheet.grounds, Audience.DOCUMENT, day("2025-10-15"))
    assert showing.allowed
    assert [mark.said() for mark in showing.marks if mark.code == "answered_for"] == [
        f"Average wage where no income is proved: {LAWYER} answers for it",
        f"average wage: the latest monthly figure published: {LAWYER} answers for it",
    ]
    gap = next(line for line in sheet.lines if line.period == "2025-04")
    assert f"assumed by {LAWYER} (Family Code, article 113)" in " ".join(ground.said() for ground in gap.grounds)


def test_it_tells_the_public_nothing_that_only_a_lawyer_states():
    sheet = tajik(
        stated("tj.fc.arrears.average_wage", article="Family Code, article 113"),
        stated("average_wage_figure", "latest_month"),
    )
    assert codes(resting(sheet.grounds, Audience.PUBLIC, day("2025-10-15")).refused) == ["answered_for", "answered_for"]


@pytest.mark.parametrize(
    "half",
    [{"by": LAWYER}, {"article": "Family Code, 113"}, {}, {"value": "2", "by": LAWYER}],
    ids=["name", "article", "none", "value"],
)
def test_it_takes_nothing_for_an_answer_that_lacks_the_name_or_the_article(half):
    with pytest.raises(ValueError, match="needs the lawyer who states it"):
        tajik(Assumption("tj.fc.alimony.lookback", **half))


def test_it_takes_one_assumption_about_one_thing_for_the_same_days():
    with pytest.raises(ValueError, match="two things are assumed"):
        footing(
            "AZ", "2026-01-01", stated("minimum_wage", "345"), stated("minimum_wage", "400", first=day("2025-01-01"))
        )


def test_it_lets_nothing_be_assumed_in_the_place_of_a_rule_that_was_seen():
    with pytest.raises(ValueError, match="the rule holds"):
        footing("AZ", "2026-01-01", stated("az.fc.76_1.shares", "1/2"))


def test_it_takes_the_rule_that_was_seen_and_not_what_is_assumed_about_its_role():
    duty = obligation("AZ", fixed("100", since=day("2026-01-01")))
    sheet = arrears(duty, footing("AZ", "2026-03-01", stated("fixed", "200")), *span("2026-01"))
    assert [ground.assumed for ground in sheet.grounds] == [None] * len(sheet.grounds)


@pytest.mark.parametrize(
    ("about", "value"), [("no.such.rule", "1"), ("payment_order", "newest_first"), ("minimum_wage", "-5")]
)
def test_it_refuses_an_assumption_that_makes_no_sense(about, value):
    with pytest.raises(ValueError):
        footing("AZ", "2026-01-01", stated(about, value))
