"""Names and facts as numbers: the same however many are made at once, and no more of them kept than was said."""

import hashlib

import pytest

from hamroh.kernel.linkage.facts import Facts
from hamroh.kernel.linkage.keying import Keying, open_hash
from hamroh.kernel.linkage.people import names_of
from hamroh.kernel.names import read

RECORD = {"name": "Раҳмонов Ҷамшед Саидович", "year": 1984, "place": "Кӯлоб", "phone": "+992 90 123 45 67"}
NAMES = ("Раҳмонов Ҷамшед", "Qurbonova Zulayxo", "Həsənov Əli Məmməd oğlu", "رحمانوف جمشید", "Abdul Karimov")


def one_by_one(key: str) -> int:
    """A hash that knows nothing of many at once, as those with a secret."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest())


@pytest.mark.parametrize("name", NAMES)
def test_it_makes_the_same_of_a_name_by_a_hash_that_takes_keys_one_by_one(name: str) -> None:
    assert Keying(one_by_one).words(read(name)) == Keying(open_hash).words(read(name))


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_a_name_among_many_as_it_reads_it_alone(name: str) -> None:
    keying = Keying().for_many()
    several = [keying.names({"name": each}) for each in (*NAMES, name.upper(), *NAMES)]
    assert several[len(NAMES) + 1 :][NAMES.index(name)] == names_of({"name": name}) == [read(name)]


def test_it_makes_the_same_whether_it_keeps_everything_or_nearly_nothing() -> None:
    many, few = Keying().for_many(), Keying(most=1)
    for name in (*NAMES, *NAMES):
        assert many.words(read(name)) == few.words(read(name))
        assert many.facts(Facts.of({**RECORD, "place": name})) == few.facts(Facts.of({**RECORD, "place": name}))


def test_it_keeps_no_more_words_of_those_who_search_than_was_said() -> None:
    keying = Keying(most=3)
    for name in NAMES:
        keying.words(read(name))
    assert len(keying._words) <= 3


@pytest.mark.parametrize("father", ["", " ", "\u3000\t", None])
def test_it_takes_a_fathers_name_without_a_letter_for_none(father: str | None) -> None:
    assert names_of({**RECORD, "name": "Раҳмонов Ҷамшед", "father": father}) == [read("Раҳмонов Ҷамшед")]
