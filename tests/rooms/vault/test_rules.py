"""Rules of blind indexes: one number, however it was typed; nothing where too little was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.vault import rules
from hamroh.vault.rules import document_exact, phone_tail

SCRIPTS = [range(0x30, 0x3A), range(0x660, 0x66A), range(0x6F0, 0x6FA), range(0x966, 0x970), range(0xFF10, 0xFF1A)]


@given(st.text("0123456789", min_size=9, max_size=9), st.sampled_from(SCRIPTS), st.sampled_from(["", "+992", "00994 "]))
def test_it_finds_a_number_in_every_script_with_and_without_its_country(number, script, country) -> None:
    typed = country + "".join(chr(script[int(digit)]) for digit in number)
    assert phone_tail(typed) == number


@given(st.text("0123456789", min_size=9, max_size=9), st.text(" ()-.‎/", max_size=4))
def test_it_looks_past_signs_between_digits(number, between) -> None:
    assert phone_tail(between.join(number)) == number


@pytest.mark.parametrize("typed", ["", "112", "12345", "ask her sister", "²³½Ⅷ"])
def test_it_makes_no_index_of_too_few_digits(typed) -> None:
    assert phone_tail(typed) is None


@pytest.mark.parametrize(
    "typed", ["A 1234567", "a1234567", "А-123-45-67".replace("А", "A"), "Ａ１２３４５６７", "A۱۲۳۴۵۶۷"]
)
def test_it_reads_one_document_number(typed) -> None:
    assert document_exact(typed) == "a1234567"


def test_it_makes_no_index_of_a_scrap() -> None:
    assert document_exact("A-1") is None


@given(st.text())
def test_it_is_done_after_one_pass(typed) -> None:
    for rule in rules.RULES.values():
        once = rule(typed)
        assert once is None or rule(once) == once
