"""Countries as statistics write them, and their names."""

import pytest

from hamroh.evidence.areas import area_name, countries, find_area, regions_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("643.0", "RUS"),
        ("031", "AZE"),
        ("31", "AZE"),
        ("tj", "TJK"),
        ("Mauritius*", "MUS"),
        ("Azerbaijan [1]", "AZE"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Iran, Islamic Rep.", "IRN"),
        ("Тоҷикистон", "TJK"),
        ("2003.0", "XXX"),
        ("TJ-SU", "TJ-SU"),
        ("World", "WLD"),
    ],
)
def test_it_knows_a_country_however_it_is_written(text: str, code: str) -> None:
    found = find_area(text)
    assert found is not None
    assert found.code == code


def test_it_knows_groups_from_countries() -> None:
    assert [find_area(text).is_group for text in ("World", "EUU", "903", "Sub-Saharan Africa", "Georgia")] == [
        True
    ] * 4 + [False]


def test_it_guesses_no_country() -> None:
    assert find_area("Ruritania") is None
    assert find_area("12345.0") is None


def test_it_names_every_country_in_four_languages() -> None:
    assert not [
        each.code
        for each in countries()
        for lang in ("en", "az", "ru", "tg")
        if area_name(each.code, lang) == each.code
    ]
    assert area_name("TJK", "az") == "Tacikistan"
    assert area_name("SUN", "tg") == "Иттиҳоди Шӯравӣ"


def test_it_names_regions() -> None:
    assert {area_name(each.code, "tg") for each in regions_of("TJK")} >= {"Вилояти Суғд"}
