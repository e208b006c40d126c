"""Addresses of the help finder carry codes and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from hamroh.directory.finder_codes import LANGUAGES, Choice, Filter, Step

choices = st.builds(
    Choice,
    needs=st.lists(st.integers(0, 9999), max_size=3, unique=True).map(tuple),
    kinds=st.lists(st.integers(0, 9999), max_size=3, unique=True).map(tuple),
    called=st.lists(st.text("23456789abcdefghjkmnpqrstuvwxyz", min_size=8, max_size=8), max_size=3, unique=True).map(
        tuple
    ),
    place=st.none() | st.integers(0, 9999),
    language=st.integers(0, len(LANGUAGES) - 1),
    filters=st.frozensets(st.sampled_from(Filter)),
    page=st.integers(1, 99),
)


@given(choices)
def test_it_reads_back_every_address_it_writes(choice):
    assert Choice.from_codes(dict(choice.pairs())) == choice


@given(st.dictionaries(st.sampled_from("akobcfp"), st.text(max_size=40)))
def test_it_takes_any_address_without_complaint(params):
    Choice.from_codes(params)


def test_it_never_carries_a_typed_word_on():
    choice = Choice.from_codes({"a": "алимент", "k": "zarina", "o": "Кӯлоб", "b": "x", "f": "9", "p": "-"})
    assert choice.query() == ""


def test_it_asks_for_the_need_then_for_the_place():
    assert Choice().step is Step.NEED
    assert Choice(needs=(17,)).step is Step.PLACE
    assert Choice(needs=(17,), place=0).step is None


def test_it_starts_on_the_first_page_after_a_change():
    assert Choice(needs=(17,), page=4).change(place=4021).page == 1
