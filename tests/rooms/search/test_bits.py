"""Sets as numbers and numbers as planes, against plain Python."""

from hypothesis import given
from hypothesis import strategies as st

from hamroh.search import bits

numbers = st.lists(st.integers(0, 255), max_size=70)


@given(st.sets(st.integers(0, 5000)))
def test_it_reads_back_the_places_it_was_made_of(members):
    assert list(bits.places(bits.from_places(list(members)))) == sorted(members)


@given(numbers)
def test_it_reads_back_the_number_of_each_place(values):
    planes = bits.planes_of(bytearray(values))
    assert bits.values(range(len(values)), planes) == dict(enumerate(values))


@given(numbers, numbers)
def test_it_adds_place_by_place(one, other):
    total = bits.add(bits.planes_of(bytearray(one)), bits.planes_of(bytearray(other)))
    padded = [(one + [0] * 70)[place] + (other + [0] * 70)[place] for place in range(70)]
    assert bits.values(range(70), total) == dict(enumerate(padded))


@given(numbers, st.integers(0, 80))
def test_it_takes_the_highest_and_of_equal_ones_the_first(values, count):
    members = bits.from_places(list(range(len(values))))
    taken = bits.highest(members, bits.planes_of(bytearray(values)), count)
    best = sorted(range(len(values)), key=lambda place: (-values[place], place))[:count]
    assert sorted(bits.places(taken)) == sorted(best)
