"""Records as rows of plain columns, for linking whole lists."""

import pytest

from hamroh.kernel.linkage.beside import beside
from hamroh.kernel.linkage.registers import rows_of


def rows(**record):
    return list(rows_of({"id": "1", **record}))


def roles(**record):
    return [(row.given.roman, row.surname.roman, row.father.roman) for row in rows(**record)]


def test_it_tells_the_surname_by_its_ending_in_any_order():
    assert roles(name="Қурбонов Зафар") == roles(name="Zafar Qurbonov") == [("zafar", "kurbon", None)]


def test_it_gives_both_orders_where_no_ending_tells():
    assert roles(name="Зафар Саид") == [("zafar", "said", None), ("said", "zafar", None)]


def test_it_takes_a_patronymic_for_the_father():
    assert roles(name="Зафар Раҳимович Қурбонов") == [("zafar", "kurbon", "rahim")]


def test_it_takes_a_third_word_for_the_father():
    assert roles(name="Zafar Qurbonov Rahim") == [("zafar", "kurbon", "rahim")]


def test_it_has_a_row_for_each_name():
    found = rows(name="Зебо Қурбонова", maiden="Саидова")
    assert [row.surname.roman for row in found] == ["kurbon", "said"]


def test_it_has_no_row_for_a_name_without_letters():
    assert rows(name="123") == []


def test_it_names_a_place_by_what_it_is_today_and_was():
    (old,), (new,) = rows(name="Зафар", place="Qurghonteppa"), rows(name="Зафар", place="Бохтар")
    assert set(old.units) & set(new.units)


def test_it_keeps_a_range_of_years():
    (row,) = rows(name="Зафар", year=(1986, 1989))
    assert (row.columns()["first"], row.columns()["last"]) == (1986, 1989)


def test_it_says_what_it_cannot_read():
    with pytest.raises(ValueError, match="year"):
        rows(name="Зафар", year="sometime")


def test_it_says_why_two_may_be_one_without_an_index():
    found = beside({"name": "Zafar Kurbonov", "year": 1988}, {"name": "Зафар Қурбонов", "year": 1989})
    assert found.bits == pytest.approx(sum(reason.bits for reason in found.reasons))
    assert "zafar = зафар: the same name" in [reason.said() for reason in found.reasons]


def test_it_weighs_a_rare_name_more_in_these_lists():
    pair = {"name": "Zafar"}, {"name": "Зафар"}
    assert beside(*pair, lambda _skeleton: 0.0001).bits > beside(*pair, lambda _skeleton: 0.1).bits
