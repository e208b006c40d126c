"""Findings beside blocks, and who answers for them."""

import pytest

from hamroh.evidence import actions
from hamroh.evidence.actions import EditRefused
from hamroh.evidence.models import Block
from hamroh.evidence.selectors import answers
from hamroh.kernel.figures import Finding, Severity


def test_it_lets_errors_block_until_each_is_answered(people, printed) -> None:
    open_ = answers.examined(printed).blocking
    assert len(answers.blocking(printed)) == len(open_) > 10
    actions.answer_finding(actor=people.nigina, edition=printed, fingerprint=open_[0].fingerprint, reason="So printed.")
    assert len(answers.blocking(printed)) == len(open_) - 1


def test_it_opens_a_finding_again_when_the_answer_is_taken_back(people, printed) -> None:
    first = answers.examined(printed).blocking[0].fingerprint
    before = len(answers.blocking(printed))
    actions.answer_finding(actor=people.nigina, edition=printed, fingerprint=first, reason="So printed.")
    actions.take_answer_back(actor=people.nigina, edition=printed, fingerprint=first)
    assert len(answers.blocking(printed)) == before
    assert printed.answers.get().withdrawn_at is not None


def test_it_needs_a_reason_and_a_finding_that_is_there(people, printed) -> None:
    first = answers.examined(printed).blocking[0].fingerprint
    with pytest.raises(EditRefused):
        actions.answer_finding(actor=people.nigina, edition=printed, fingerprint=first, reason="  ")
    with pytest.raises(EditRefused):
        actions.answer_finding(actor=people.nigina, edition=printed, fingerprint="0" * 64, reason="x")


def test_it_asks_anew_when_the_figures_change() -> None:
    one = Finding("SUM", Severity.ERROR, ("T1/Total/1995",), "sum/rows", {"sum": "10", "whole": "12"})
    other = Finding("SUM", Severity.ERROR, ("T1/Total/1995",), "sum/rows", {"sum": "11", "whole": "12"})
    again = Finding("SUM", Severity.ERROR, ("T1/Total/1995",), "sum/rows", {"whole": "12", "sum": "10"})
    assert answers.fingerprint(one) == answers.fingerprint(again) != answers.fingerprint(other)


def test_it_stands_beside_the_blocks_that_it_speaks_of(printed) -> None:
    beside = answers.examined(printed).of_block()
    assert {each.finding.rule for each in beside["T1"]} >= {"SUM", "EXPLAIN", "BREAK"}
    assert "CITE" in {each.finding.rule for each in beside["ES1"]}
    trend = next(key for key, found in beside.items() if key.startswith("claim-") and found)
    assert "TREND" in {each.finding.rule for each in beside[trend]}


def test_it_stops_an_edition_that_the_rules_cannot_read(printed) -> None:
    block = printed.blocks.get(key="T1")
    block.content["frame"]["concept"] = "moonshine"
    Block.objects.filter(pk=block.pk).update(content=block.content)
    seen = answers.examined(printed)
    assert seen.found == ()
    assert any("moonshine" in fault for fault in answers.blocking(printed))


def test_it_judges_with_few_queries(people, printed, django_assert_max_num_queries) -> None:
    first = answers.examined(printed).blocking[0].fingerprint
    actions.answer_finding(actor=people.nigina, edition=printed, fingerprint=first, reason="So printed.")
    with django_assert_max_num_queries(12):
        answers.examined(printed)


def test_it_reads_an_answer_in_the_readers_language_or_in_the_first_that_is_there(people, printed) -> None:
    from django.utils.translation import override

    first = answers.examined(printed).blocking[0].fingerprint
    actions.answer_finding(
        actor=people.nigina, edition=printed, fingerprint=first, reasons={"ru": "Так напечатано.", "tg": "Чунин чоп шудааст."}
    )  # fmt: skip
    (judged,) = [each for each in answers.examined(printed).found if each.fingerprint == first]
    said = []
    for lang in ("tg", "ru", "az"):
        with override(lang):
            said.append(judged.answer_said)
    assert said[:2] == ["Чунин чоп шудааст.", "Так напечатано."]
    assert said[2]


def test_it_prints_an_answer_in_each_language_of_the_edition(people, printed) -> None:
    from hamroh.evidence.presenting.manifest import manifest
    from hamroh.evidence.presenting.presenter import present

    seen = next(each for each in answers.examined(printed).blocking if each.blocks)
    reasons = {"en": "So printed.", "tg": "Чунин чоп шудааст."}
    actions.answer_finding(actor=people.nigina, edition=printed, fingerprint=seen.fingerprint, reasons=reasons)
    made = manifest(printed)
    for lang, reason in reasons.items():
        marks = [mark for part in present(made, lang).sections for block in part.blocks for mark in block.marks]
        assert reason in [mark.reason for mark in marks]
