"""Workflows of legal matters: whole, in four languages, and no more certain than the packs of law."""

import datetime as dt
import re
from typing import Any

import pytest

from hamroh.kernel.datafiles import DataError, rows
from hamroh.kernel.law import Assumption, Audience, Certainty, Missing, shown
from hamroh.kernel.matters import (
    FOLDER,
    STATES,
    Counsel,
    Step,
    Turn,
    count,
    papers,
    read_workflows,
    terms,
    workflows,
)

ON = dt.date(2026, 11, 23)
KINDS = {
    "alimony", "paternity", "divorce", "missing", "dead", "residence", "division", "debt", "protection", "support",
    "documents", "early_marriage",
}  # fmt: skip


def tables() -> dict[str, list[dict[str, str]]]:
    return {name: list(rows(f"{FOLDER}/{name}.csv")) for name in ("workflows", "steps", "terms", "papers")}


def steps() -> dict[str, Step]:
    return {step.code: step for flow in workflows().values() for step in flow.steps}


def test_it_has_a_workflow_for_every_kind_in_both_states() -> None:
    assert set(workflows()) == KINDS
    assert min(len(flow.of(state)) for flow in workflows().values() for state in STATES) >= 5


def test_it_says_no_number_where_only_a_rule_may() -> None:
    said = [*(step.says for step in steps().values()), *(term.event for term in terms().values()), *papers().values()]
    assert [each["en"] for each in said if any(re.search(r"\d|%", text) for text in each.values())] == []


def test_it_marks_every_step_whose_law_nobody_has_seen() -> None:
    silent = [
        (code, state)
        for code, step in steps().items()
        for state in step.states
        for rule in step.law(state)
        if not shown(rule, Audience.DOCUMENT, ON).allowed and step.counsel(state, ON) is None
    ]
    assert silent == []


def test_it_sends_to_a_lawyer_where_the_rules_are_another_states() -> None:
    assert steps()["missing_return"].counsel("TJ", ON) is Counsel.LAWYER
    assert steps()["missing_return"].counsel("AZ", ON) is None


@pytest.mark.parametrize("code", ["alimony_crime", "second_marriage", "violence_crime", "child_crime"])
def test_it_leaves_every_complaint_of_a_crime_to_her(code: str) -> None:
    assert steps()[code].ask is Counsel.DECISION


def test_it_puts_the_mediation_of_azerbaijan_before_the_claim_with_its_open_question() -> None:
    order = [step.code for step in workflows()["alimony"].of("AZ")]
    assert order.index("mediation") < order.index("alimony_claim")
    assert steps()["mediation"].counsel("AZ", ON) is Counsel.VERIFY
    assert "mediation" not in [step.code for step in workflows()["alimony"].of("TJ")]


def test_it_promises_nothing_of_state_support() -> None:
    assert [rule.id for step in workflows()["support"].steps for rule in step.rules] == ["tj.legal_aid"]


def test_it_counts_to_the_working_day_after_a_holiday() -> None:
    counted = count(terms()["az_order_objection"], dt.date(2026, 6, 5), ON)
    assert (counted.due, counted.last) == (dt.date(2026, 6, 15), dt.date(2026, 6, 16))


def test_it_counts_what_is_possible_from_the_day_after_the_period_whatever_day_that_is() -> None:
    counted = count(terms()["az_missing"], dt.date(2024, 11, 6), ON)
    assert counted.due == counted.last == dt.date(2026, 11, 7)
    assert counted.certainty is Certainty.A


def test_it_counts_nothing_from_a_period_that_nobody_saw() -> None:
    with pytest.raises(Missing):
        count(terms()["tj_appeal"], ON, ON)


def test_it_counts_by_what_a_lawyer_states_and_stays_at_c() -> None:
    stated = Assumption("tj.cpc.terms", "10", by="Z. Davlatova", article="Civil Procedure Code")
    counted = count(terms()["tj_appeal"], ON, ON, stated)
    assert (counted.due, counted.certainty) == (dt.date(2026, 12, 3), Certainty.C)


def test_it_takes_no_statement_in_the_place_of_what_was_seen() -> None:
    stated = Assumption("az.cpc.360.appeal", "3", by="Z. Davlatova", article="360")
    with pytest.raises(ValueError, match="the rule holds"):
        count(terms()["az_appeal"], ON, ON, stated)


@pytest.mark.parametrize("code", sorted(terms()))
def test_it_is_never_more_certain_than_the_rule_of_a_term(code: str) -> None:
    term = terms()[code]
    try:
        counted = count(term, dt.date(2026, 3, 2), ON)
    except Missing:
        assert term.rule.certainty is Certainty.C
    else:
        assert counted.certainty is not None
        assert counted.certainty >= term.rule.certainty
        assert counted.term.turn is Turn.FROM or counted.last >= counted.due


BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("workflows", {"kind": "alimony", "steps": "safe nowhere"}, "'nowhere' is not there"),
    ("workflows", {"kind": "extra", "steps": "safe safe"}, "a step stands twice"),
    ("steps", {"code": "extra", "rules": "tj.nothing"}, "'tj.nothing' is not there"),
    ("steps", {"code": "extra", "tg": ""}, "no text in tg"),
    ("steps", {"code": "extra", "papers": "gold"}, "no paper gold"),
    ("steps", {"code": "extra"}, "extra stand in no workflow"),
    ("terms", {"code": "extra", "rule": "az.fc.76_1.shares"}, "has no period"),
    ("terms", {"code": "extra", "state": "TJ"}, "is no rule of TJ"),
    ("terms", {"code": "az_appeal"}, "az_appeal: stands twice"),
]


@pytest.mark.parametrize(
    ("table", "change", "fault"), BROKEN, ids=[f"{table}-{n}" for n, (table, _c, _f) in enumerate(BROKEN)]
)
def test_it_refuses_a_broken_table_by_code_and_reason(table: str, change: dict[str, Any], fault: str) -> None:
    broken = tables()
    broken[table] = [*broken[table], {**broken[table][0], **change}]
    with pytest.raises(DataError, match=fault):
        read_workflows(broken)
