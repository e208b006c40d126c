"""Danger scored with reasons; the words that are asked and read out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel import consents, risk
from hamroh.kernel.risk import Level, Said

TOOL = risk.tool()
CODES = [question.code for question in TOOL.questions]
answers = st.dictionaries(st.sampled_from(CODES), st.sampled_from(Said))
RANK = list(Level)


def test_it_knows_nothing_where_nothing_was_asked():
    assert risk.screen(TOOL, {}).level is Level.UNKNOWN


def test_it_is_low_where_every_answer_is_no():
    found = risk.screen(TOOL, dict.fromkeys(CODES, "no"))
    assert (found.level, found.open_, found.days) == (Level.LOW, (), 90)


@pytest.mark.parametrize("code", [question.code for question in TOOL.questions if question.alone])
def test_it_is_high_for_one_grave_answer(code):
    assert risk.screen(TOOL, {code: "yes"}).level is Level.HIGH


def test_it_adds_up_what_is_not_grave_alone():
    assert risk.screen(TOOL, dict.fromkeys(("hit", "threat", "in_laws"), "yes")).level is Level.HIGH


def test_it_calls_a_supervisor_and_opens_a_plan_for_thoughts_of_self_harm():
    found = risk.screen(TOOL, {"self_harm": "yes"})
    assert (found.is_urgent, found.needs_plan) == (True, True)


def test_it_asks_again_sooner_where_questions_stayed_open():
    assert risk.screen(TOOL, dict.fromkeys(CODES[1:], "no")).days == 14


def test_it_refuses_a_question_that_it_does_not_have():
    with pytest.raises(ValueError, match="no such questions"):
        risk.screen(TOOL, {"colour": "yes"})


@given(answers, st.sampled_from(CODES))
def test_it_never_falls_by_a_further_yes(said, code):
    before = risk.screen(TOOL, {**said, code: Said.NO})
    after = risk.screen(TOOL, {**said, code: Said.YES})
    assert RANK.index(after.level) >= RANK.index(before.level)


@given(answers)
def test_it_gives_each_yes_as_a_reason(said):
    assert set(risk.screen(TOOL, said).reasons) == {code for code, answer in said.items() if answer is Said.YES}


#: what was read out to somebody is never changed: a new wording is a new version, with a digest of its own
DIGESTS = {
    "service-1/tg": "fe8dd9cf4b83f5b9",
    "service-1/az": "277f135db65754e4",
    "service-1/ru": "23766608ecf0b415",
    "service-1/en": "e633475ce86a8a4b",
    "share-1/tg": "ac9bca6773739d68",
    "share-1/az": "c45fba4abd8cd647",
    "share-1/ru": "281cde594a6bf391",
    "share-1/en": "c9b36b4bf4457b55",
    "official-1/tg": "ba01adf07175aa08",
    "official-1/az": "bc50fdfd55e49ff3",
    "official-1/ru": "8e4513d6182ef716",
    "official-1/en": "9f18bf7db557cc23",
    "tracing-1/tg": "4eab894dffea9356",
    "tracing-1/az": "2c8dc08a4a03d446",
    "tracing-1/ru": "ee10d4ca9c82d08a",
    "tracing-1/en": "0aa11bdd099a14db",
    "statistics-1/tg": "9dd1b3dde4ac3464",
    "statistics-1/az": "fc26887aa0880dd4",
    "statistics-1/ru": "292528b4eb5310af",
    "statistics-1/en": "3698604634dae5be",
    "story-1/tg": "3906640a6341a173",
    "story-1/az": "6da88d8c282de4f1",
    "story-1/ru": "78bdeb1d179bba3d",
    "story-1/en": "d86b4882cbed3a27",
    "photo-1/tg": "2bcaf9bcadc348fd",
    "photo-1/az": "d8e34898ee26a8d7",
    "photo-1/ru": "c8278101bad2c54a",
    "photo-1/en": "cc209b7d3ea813fc",
    "child-1/tg": "bdb427497f20fec1",
    "child-1/az": "0b873d309f724e30",
    "child-1/ru": "9cbff7af2752cdaa",
    "child-1/en": "27927591d7998859",
    "transfer-1/tg": "aa92de6536da9904",
    "transfer-1/az": "aae11b8d8370e51e",
    "transfer-1/ru": "5c03829fb8c1aa63",
    "transfer-1/en": "836c61cda6319d58",
    "police-1/tg": "35200d3a07aa3448",
    "police-1/az": "226b636885ad30db",
    "police-1/ru": "a83774a6eb337ec1",
    "police-1/en": "6b61583d9777ac83",
    "mahalla-1/tg": "3d0306b036c32131",
    "mahalla-1/az": "544eb5f0bb4c7a26",
    "mahalla-1/ru": "7614794d9e545e64",
    "mahalla-1/en": "0fc27ede0881d863",
    "religious-1/tg": "51af816a328b3871",
    "religious-1/az": "af654a5b9aace56e",
    "religious-1/ru": "182dab1b368089b6",
    "religious-1/en": "405d3e3fb7b9f978",
    "found-1/tg": "71eea7d129984d6f",
    "found-1/az": "1d5f59daefa77235",
    "found-1/ru": "fb19372b7b9d2df1",
    "found-1/en": "00c43cffcaaa8fe9",
    "found-alive-1/tg": "168b9e94e45da602",
    "found-alive-1/az": "ba6ecabeca2e436c",
    "found-alive-1/ru": "78378a3909cbaeb1",
    "found-alive-1/en": "326a0908964f8b78",
    "found-message-1/tg": "72ddce1e01ec160f",
    "found-message-1/az": "8340c9e4154dc333",
    "found-message-1/ru": "f97c75d46487bf39",
    "found-message-1/en": "2afd7332013afa9d",
    "found-contact-1/tg": "2f0251d7a59308d2",
    "found-contact-1/az": "c9dadeef5e1bea0e",
    "found-contact-1/ru": "880958592e0d3fe2",
    "found-contact-1/en": "285d1c86bb048ad6",
    "found-address-1/tg": "2028739e5c2a0311",
    "found-address-1/az": "211cb790689a6522",
    "found-address-1/ru": "98eb2ef668a6fcf2",
    "found-address-1/en": "be4d2e58218705f7",
}


def test_it_changes_no_text_that_was_read_out():
    assert {
        f"{text.version}/{lang}": text.digest(lang)[:16]
        for versions in consents.texts().values()
        for text in versions
        for lang in consents.LANGS
    } == DIGESTS


def test_it_finds_the_text_of_an_answer():
    assert consents.of_version("share", "share-1/tg") is consents.current("share")


@pytest.mark.parametrize(
    ("age", "asked"),
    [(3, "guardian"), (6, "guardian_and_child"), (14, "guardian_and_child"), (None, "guardian_and_child"),
     (15, "child_and_guardian_told")],
)  # fmt: skip
def test_it_keeps_safety_rule_14_by_age(age, asked):
    assert consents.asked_of(age) == asked
