"""The tables of places and what the gazetteer makes of them."""

import datetime as dt
import hashlib
import itertools
from collections import Counter

import pytest

from hamroh.kernel import emergency, gazetteer
from hamroh.kernel.datafiles import DataError, head, rows

LANGS = {"en", "az", "ru", "tg"}
FILES = ("places/units.csv", "places/unit_names.csv", "places/emergency.yml")
#: the first rows of units.csv and the hash of their ids and codes: addresses carry the codes, so neither may change
FROZEN_ROWS, FROZEN_HASH = 725, "ce933d0e32749be62a9bb17d50d66abdfc524949c8d44de8ab337994113a6b0e"


@pytest.fixture(scope="module")
def places():
    return gazetteer.load()


def year(number):
    return dt.date(number, 6, 1)


def first(found):
    return found[0].unit_id if found else None


@pytest.mark.parametrize("name", FILES)
def test_it_names_source_licence_and_date_in_each_file(name):
    said = head(name)
    assert all(said.get(key) for key in ("source", "licence", "date"))


def test_it_keeps_the_codes_that_were_given_once():
    units = [*rows("places/units.csv")][:FROZEN_ROWS]
    digest = hashlib.sha256("\n".join(f"{unit['id']} {unit['code']}" for unit in units).encode()).hexdigest()
    assert digest == FROZEN_HASH


def test_it_gives_codes_that_say_nothing_about_the_order_of_units(places):
    codes = [unit.code for unit in places.units.values()]
    neighbours = sum(abs(one - other) < 20 for one, other in itertools.pairwise(codes))
    assert len(set(codes)) == len(codes)
    assert neighbours < len(codes) * 0.02


def test_it_has_one_preferred_name_per_unit_and_language(places):
    for unit_id, names in places.names.items():
        assert sorted(name.lang for name in names if name.kind == "preferred") == sorted(LANGS), unit_id


def test_it_has_every_country_and_the_83_undisputed_federal_subjects(places):
    countries = [unit for unit in places.units.values() if unit.level == "country"]
    subjects = [unit for unit in places.units.values() if unit.iso.startswith("RU-")]
    assert len(countries) == 249
    assert len(subjects) == 83


def test_it_has_the_districts_and_cities_of_the_home_countries(places):
    levels = Counter((places.ancestors(unit.id)[-1], unit.level) for unit in places.units.values() if unit.parent)
    assert (levels["tj", "district"], levels["tj", "city_district"]) == (47, 4)
    assert (levels["az", "district"], levels["az", "city_district"]) == (67, 14)


def test_it_writes_names_in_the_script_of_their_language(places):
    for names in places.names.values():
        for name in names:
            letters = [letter for letter in name.text if letter.isalpha()]
            cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
            assert cyrillic == (len(letters) if name.lang in {"ru", "tg"} else 0), name


def test_it_writes_azerbaijani_and_tajik_with_their_own_letters_only(places):
    foreign = {"az": set("wёыъьжшщ"), "tg": set("щыьЩЫЬ")}
    for names in places.names.values():
        for name in names:
            if name.kind in {"preferred", "short"} and name.lang in foreign:
                assert not foreign[name.lang] & set(name.text), name


def test_it_keeps_years_in_order(places):
    for names in places.names.values():
        for name in names:
            assert (name.from_year or 0) <= (name.to_year or 9999), name


def test_it_puts_points_on_the_earth_near_their_parent(places):
    for unit in places.units.values():
        if unit.point and unit.parent and {"tj", "az"} & set(places.ancestors(unit.id)):
            assert places.distance_km(unit.id, unit.parent) < 600, unit.id


@pytest.mark.parametrize(
    ("typed", "on", "meant"),
    [
        ("Bokhtar", 2016, "tj-kt-kushoniyon"),
        ("Bokhtar", None, "tj-kt-bokhtar"),
        ("Бохтар", 2016, "tj-kt-kushoniyon"),
        ("Бохтар", 2020, "tj-kt-bokhtar"),
        ("Бохтарский район", None, "tj-kt-kushoniyon"),
        ("Qurghonteppa", 2010, "tj-kt-bokhtar"),
        ("Курган-Тюбе", None, "tj-kt-bokhtar"),
        ("Kurqan-Tübe", 2010, "tj-kt-bokhtar"),
        ("Sarband", 2017, "tj-kt-levakant"),
        ("Леваканд", None, "tj-kt-levakant"),
        ("Рӯшон", None, "tj-gb-rushon"),
        ("Kirovabad", 1980, "az-ganja"),
        ("Кировобод", 1980, "az-ganja"),
        ("Jdanov", 1980, "az-beylagan"),
        ("Жданов", None, "az-beylagan"),
        ("Pushkin", 1980, "az-bilasuvar"),
        ("Əli Bayramlı", None, "az-shirvan"),
        ("Xanlar", 2000, "az-goygol"),
        ("Mardakert", 1985, "az-aghdara"),
        ("Dəvəçi", None, "az-shabran"),
        ("Джиргаталь", None, "tj-ra-lakhsh"),
        ("Ленинский район", 1995, "tj-ra-rudaki"),
        ("Ура-Тюбе", 1990, "tj-su-istaravshan"),
        ("Горький", 1985, "ru-niz-nizhny-novgorod"),
        ("Горький", None, "ru-niz-nizhny-novgorod"),
    ],
)
def test_it_reads_names_by_their_date(places, typed, on, meant):
    assert first(places.find(typed, on=year(on) if on else None)) == meant


def test_it_gives_every_place_that_an_ambiguous_name_may_mean_with_the_reason(places):
    found = {each.unit_id: each.reason for each in places.find("Bokhtar")}
    assert found["tj-kt-bokhtar"] == "called so since 2018"
    assert found["tj-kt-kushoniyon"] == "called so until 2018"


def test_it_gives_both_places_in_the_year_of_the_change(places):
    found = {each.unit_id for each in places.find("Бохтар", on=year(2018)) if each.in_use}
    assert found >= {"tj-kt-bokhtar", "tj-kt-kushoniyon"}


def test_it_finds_the_city_and_the_region_that_were_both_called_leninobod(places):
    found = [each.unit_id for each in places.find("Ленинобод", on=year(1985))]
    assert set(found[:2]) == {"tj-su", "tj-su-khujand"}


def test_it_keeps_namesakes_apart(places):
    assert {"az-ba-nizami", "az-gd-nizami"} <= {each.unit_id for each in places.find("Nizami")}
    assert {"tj-kt-dusti", "tj-kt-jayhun-t-dusti"} <= {each.unit_id for each in places.find("Дӯстӣ")}
    assert first(places.find("Mastchoh")) == "tj-su-mastchoh"


@pytest.mark.parametrize(
    ("typed", "meant", "match"),
    [
        ("Хуҷанд", "tj-su-khujand", "exact"),
        ("хучанд", "tj-su-khujand", "folded"),
        ("xujand", "tj-su-khujand", "folded"),
        ("Khudjand", "tj-su-khujand", "fuzzy"),
        ("Кулоб", "tj-kt-kulob", "folded"),
        ("Кулябе", "tj-kt-kulob", "prefix"),
        ("Kulobda", "tj-kt-kulob", "prefix"),
        ("Gence", "az-ganja", "folded"),
        ("Gəncədən", "az-ganja", "prefix"),
        ("SUMQAYIT", "az-sumgayit", "exact"),
        ("lenkeran", "az-lankaran", "folded"),
        ("Ленкорани", "az-lankaran", "prefix"),
        ("Масква", "ru-mow", "fuzzy"),
        ("маскав", "ru-mow", "exact"),
        ("Кшвари Краснодар", "ru-kda", "exact"),
        ("moskwa", "ru-mow", "folded"),
        ("екатеренбург", "ru-sve-yekaterinburg", "folded"),
        ("Санк-Петербург", "ru-spe", "fuzzy"),
        ("питер", "ru-spe", "exact"),
        ("Душ", "tj-du", "prefix"),
        ("Rusiya", "ru", "exact"),
        ("Россия", "ru", "exact"),
        ("Туркия", "tr", "exact"),
        ("turkiye", "tr", "folded"),
        ("қазоқистон", "kz", "exact"),
        ("казокистон", "kz", "folded"),
        ("Qurghon-Teppa", "tj-kt-bokhtar", "folded"),
        ("Челны", "ru-ta-naberezhnye-chelny", "exact"),
        ("Расулов", "tj-su-jabbor-rasulov", "prefix"),
        ("Новгород", "ru-ngr", "exact"),
        ("Куба", "az-guba", "exact"),
        ("Гар", "az-ba-garadagh", "prefix"),
        ("шаарт", "tj-kt-shahritus", "prefix"),
        ("истамбул", "tr-istanbul", "fuzzy"),
    ],
)
def test_it_reads_what_people_type(places, typed, meant, match):
    found = places.find(typed)
    assert (first(found), found[0].match) == (meant, match)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Бустон, Мастчоҳ", "tj-su-mastchoh-t-buston"),
        ("Низами, Гянджа", "az-gd-nizami"),
        ("Vahdat, Lakhsh", "tj-ra-lakhsh-t-vahdat"),
        ("г. Куляб", "tj-kt-kulob"),
        ("ноҳияи Восеъ", "tj-kt-vose"),
        ("Nizami rayonu, Bakı", "az-ba-nizami"),
        ("Московская область", "ru-mos"),
        ("Moskva vilayəti", "ru-mos"),
        ("Москва", "ru-mow"),
        ("вилояти Хатлон", "tj-kt"),
    ],
)
def test_it_uses_what_a_name_lies_in_and_its_kind(places, typed, meant):
    assert first(places.find(typed)) == meant


def test_it_finds_each_place_by_each_of_its_names(places):
    missed = [
        name.text
        for unit_id, names in places.names.items()
        for name in names
        if unit_id not in {found.unit_id for found in places.find(name.text, limit=4)}
    ]
    assert missed == []


def test_it_finds_nothing_for_what_is_no_name(places):
    assert places.find("") == []
    assert places.find(" ,.; ") == []
    assert places.find("qqqqqqqq") == []
    assert places.find("," * 100_000) == []
    assert places.find("а" * 100_000) == []


def test_it_looks_only_within_a_unit_when_asked(places):
    found = places.find("Vahdat", within="tj-ra-lakhsh")
    assert [each.unit_id for each in found] == ["tj-ra-lakhsh-t-vahdat"]


def test_it_gives_one_row_a_unit_and_no_more_than_the_limit(places):
    found = places.find("Bo", limit=5)
    assert len(found) == 5
    assert len({each.unit_id for each in found}) == 5


def test_it_says_what_a_unit_was_called_at_a_date(places):
    assert places.name("tj-kt-kushoniyon", "tg", year(2016)) == "Ноҳияи Бохтар"
    assert places.name("tj-kt-kushoniyon", "tg") == "Ноҳияи Кӯшониён"
    assert places.name("az-ganja", "ru", year(1970)) == "Кировабад"
    assert places.name("tj-su-khujand", "az", year(1970)) == "Leninabad"


def test_it_falls_back_to_english_for_a_language_it_lacks(places):
    assert places.name("tj-kt-kulob", "uz") == "Kulob"


def test_it_walks_from_a_unit_to_its_country_and_back(places):
    assert places.ancestors("tj-kt-vose-t-hulbuk") == ("tj-kt-vose", "tj-kt", "tj")
    assert "tj-kt-vose" in places.children("tj-kt")
    assert places.breadcrumb("tj-kt-vose", "az") == ("Vose rayonu", "Xatlon vilayəti", "Tacikistan")


def test_it_finds_a_unit_by_the_code_of_its_page(places):
    kulob = places.units["tj-kt-kulob"]
    assert places.unit(kulob.code) is kulob
    assert places.unit(1) is None


def test_it_measures_distances_and_borrows_the_point_of_an_ancestor(places):
    assert places.distance_km("tj-kt-kulob", "tj-du") == pytest.approx(112, abs=3)
    assert places.distance_km("az-ba-nasimi", "az-ba-city") == 0
    assert places.distance_km("aq", "tj") is None


def test_it_refuses_tables_with_broken_references():
    units = [gazetteer.Unit("x", 1, "country", "nowhere", None, "", "", "", "A", "")]
    names = [gazetteer.Name("y", "en", "Y", "preferred", None, None, "")]
    with pytest.raises(DataError, match=r"unknown parent nowhere.*unknown unit y"):
        gazetteer.checked(units, names)


def test_it_brings_emergency_routes_that_nobody_has_verified(places):
    routes = emergency.load()
    assert {(route.country, route.kind): route.number for route in routes}["tj", "police"] == "102"
    assert all(route.country in places.units for route in routes)
    assert all(route.names.keys() == LANGS and route.source and route.certainty in {"A", "B"} for route in routes)
    assert len({route.key for route in routes}) == len(routes)
