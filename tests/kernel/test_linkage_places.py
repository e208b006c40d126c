"""Home places in two records: read in any script and spelling, met with a reason, the same in an index of many."""

import doctest

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hamroh.kernel.datafiles import head, rows
from hamroh.kernel.linkage import placenames, places
from hamroh.kernel.linkage.places import Place, PlaceIndex, PlaceLevel, meet_places, read_place

#: one place as registers, passports and letters write it
SPELLINGS = {
    "tj-kt-kulob": ("Kulob", "Kulyab", "Куляб", "Кӯлоб", "کولاب", "г. Куляб", "шаҳри Кӯлоб", "Kulob shahri", "KULYAB CITY", "из Куляба",
                    "Kulob, Tajikistan", "Кӯлоб, вилояти Хатлон", "г. Куляб, ул. Ленина 5"),
    "tj-kt-bokhtar": ("Qurghonteppa", "Курган-Тюбе", "Kurgan Tyube", "Қӯрғонтеппа", "Бохтар", "Bokhtar", "قرغان‌تپه"),
    "tj-kt-kushoniyon": ("Кӯшониён", "Kushoniyon", "Bokhtar district", "ноҳияи Бохтар"),
    "tj-kt-vose-t-hulbuk": ("Ҳулбук", "Hulbuk", "шаҳраки Восеъ"),
    "tj-ra-lakhsh": ("Лахш", "Lakhsh", "Джиргаталь", "Jirgatol"),
    "az-ganja": ("Gəncə", "Гянджа", "Kirovabad", "Ҝәнҹә", "گنجه", "Gəncə şəhəri", "Ganja"),
    "az-ba-city": ("Bakı", "Баку", "Бакы", "Baku", "باکو", "Bakıda"),
    "az-shaki": ("Şəki", "Шеки", "Шәки", "Sheki", "Şəki rayonu", "شکی", "Seki"),
    "uz-samarkand": ("Samarqand", "Самарканд", "Самарқанд", "سمرقند", "Samarqand shahri"),
    "ru-spe": ("Санкт-Петербург", "Saint Petersburg", "Ленинград"),
    "kg-bishkek": ("Бишкек", "Bishkek", "Фрунзе"),
}  # fmt: skip
TEXTS = [
    *sum(SPELLINGS.values(), ()), "Buston", "Чкаловск", "Vahdat, Lakhsh", "Ваҳдат", "Хатлон", "Kushoniyon", "Таджикистан", "Azerbaijan",
    "Dashtijum", "Даштиҷум", "Навобод, Восеъ", "Zarbdor, Kulob", "Sughd", "Guliston", "Kirov", "Москва", "Rudaki", "Sino, Dushanbe",
    "Даштиҷум, Хатлон", "Dushanbe",
]  # fmt: skip
texts = st.sampled_from(TEXTS) | st.text(max_size=40) | st.lists(st.sampled_from(TEXTS), max_size=3).map(", ".join)


def place(text: str) -> Place:
    found = read_place(text)
    assert found
    return found


def level(a: str, b: str) -> PlaceLevel:
    return meet_places(place(a), place(b)).level


def said(a: str, b: str, lang: str = "en") -> str:
    return meet_places(place(a), place(b)).said(lang)


@pytest.mark.parametrize("unit", SPELLINGS)
def test_it_reads_every_spelling_as_the_place_meant(unit: str) -> None:
    assert [text for text in SPELLINGS[unit] if unit not in place(text).units] == []


@pytest.mark.parametrize("unit", SPELLINGS)
def test_it_takes_two_spellings_for_one_place(unit: str) -> None:
    first, *others = SPELLINGS[unit]
    assert [text for text in others if level(first, text) > PlaceLevel.NAMED] == []


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Qurghonteppa", "Bokhtar", "SAME"), ("Kulob", "Ganja", "ELSEWHERE"), ("Vose", "Khatlon", "WITHIN"),
        ("Хатлонская область", "Khatlon", "WITHIN"), ("Sughd", "Khatlon", "ELSEWHERE"), ("Kulob", "Sughd", "ELSEWHERE"),
        ("Dushanbe", "Рудаки", "WITHIN"), ("Sino, Dushanbe", "Firdavsi, Dushanbe", "WITHIN"),
        ("Зарбдор, Кулоб", "Kulob", "WITHIN"), ("Зарбдор, Кулоб", "Чорбоғ, Кулоб", "WITHIN"),
        ("Зарбдор, Кулоб", "Zarbdor, Kulyab", "SAME"), ("Зарбдор, Кулоб", "Zarbdor", "UNKNOWN"), ("Даштиҷум, Восеъ", "Dashtijum", "SAME"),
        ("Зарбдор, Кулоб", "Zarbdor, Vose", "ELSEWHERE"), ("Даштиҷум, Хатлон", "Kulob", "UNKNOWN"),
        ("Dashtijum", "Даштиҷум", "SAME"), ("Ходжаобигарм", "Хоҷаи Обигарм", "SAME"), ("Dashtijum", "Chorbogh-1", "UNKNOWN"), ("Таджикистан", "Kulob", "UNKNOWN"),
        ("Таджикистан", "Tajikistan", "UNKNOWN"), ("Таджикистан", "Ganja", "ELSEWHERE"),
        ("Navobod, Rasht", "Navobod, Rudaki", "ELSEWHERE"), ("Kulob", "Коканд", "ELSEWHERE"), ("Darband", "Комсомолобод", "NAMED"),
    ],
)  # fmt: skip
def test_it_says_how_two_places_meet(a: str, b: str, expected: str) -> None:
    assert (level(a, b).name, level(b, a).name) == (expected, expected)


@pytest.mark.parametrize(
    ("address", "unit"),
    [
        ("Таджикистан, Хатлон, Куляб", "tj-kt-kulob"), ("Kulob\nKhatlon", "tj-kt-kulob"), ("Рушан ГБАО", "tj-gb-rushon"),
        ("Бакы шәһәри, Хәтаи рајону", "az-ba-khatai"), ("Bakı, Xətai r.", "az-ba-khatai"), ("Куляб 5", "tj-kt-kulob"),
        ("Хатлонская область Вахшский район", "tj-kt-vakhsh"), ("viloiati Sughd, shahri Isfara", "tj-su-isfara"),
        ("КР Ошская обл. Узген", "gn-1527513"), ("ولایت سغد شهر خجند", "tj-su-khujand"), ("26 Bakı Komissarı", "az-ba-sabail"),
        ("Московская обл., г. Подольск", "ru-mos-podolsk"), ("Vorukh, Isfara", "gn-1220164"),
    ],
)  # fmt: skip
def test_it_reads_an_address_as_its_smallest_known_place(address: str, unit: str) -> None:
    assert place(address).units == {unit}


@pytest.mark.parametrize("text", ["не знаю", "нет", "unknown", "N/A", "н/д", "naməlum", "номаълум", "12/5"])
def test_it_reads_no_place_where_none_is_named(text: str) -> None:
    assert read_place(text) is None


def test_it_reads_the_village_of_an_address_where_a_city_elsewhere_has_its_name() -> None:
    found = place("деҳаи Гулистон, ноҳияи Восеъ")
    assert (found.units, "tj-kt-vose" in found.around) == (frozenset(), True)


@pytest.mark.parametrize(
    ("a", "b", "lang", "sentence"),
    [
        ("Qurghonteppa", "Bokhtar", "en", "Qurghonteppa = Bokhtar, renamed 2018"),
        ("Лахш", "Джиргаталь", "ru", "Лахш = Джиргаталь, переименовано в 2016 году"),
        ("Şirvan", "Əli Bayramlı", "az", "Şirvan = Əli Bayramlı, adı dəyişib (2008)"),
        ("Кӯлоб", "Куляб", "tg", "Кӯлоб = Куляб: ду номи як ҷой, Кӯлоб"),
        ("Kulob", "Кулоб", "en", "Kulob = Кулоб: the same place"),
        ("Khatlon", "Vose", "en", "Vose lies in Khatlon"),
        ("Dushanbe", "Rudaki", "en", "Dushanbe and Rudaki lie side by side"),
        ("Sino, Dushanbe", "Firdavsi, Dushanbe", "en", "Sino, Dushanbe and Firdavsi, Dushanbe: both in Dushanbe"),
        ("Kulob", "Ganja", "en", "two places: Kulob, Ganja"),
        ("Dashtijum", "Даштиҷум", "en", "Dashtijum = Даштиҷум: sounds the same; in no table of places"),
        ("Таджикистан", "Kulob", "en", "Таджикистан, Kulob: too little is known of the places"),
    ],
)  # fmt: skip
def test_it_gives_the_reason_in_words(a: str, b: str, lang: str, sentence: str) -> None:
    assert said(a, b, lang) == sentence


@pytest.mark.parametrize(
    ("then", "now", "year"),
    [
        ("Бохтарский район", "Кӯшониён", 2018), ("Vose", "Ҳулбук", 2018), ("Сарбанд", "Levakant", 2018), ("Ҷиликӯл", "Dusti", 2016),
        ("Кайраккум", "Гулистон", 2016), ("Chkalovsk", "Бӯстон", 2016), ("Ғончӣ", "Деваштич", 2016), ("Jirgatol", "Лахш", 2016),
        ("Тавильдара", "Sangvor", 2016), ("Ура-Тюбе", "Истаравшан", 2000), ("Leninabad", "Хуҷанд", 1991), ("Кировабад", "Gəncə", 1989),
        ("Frunze", "Бишкек", 1991), ("Ленинград", "Санкт-Петербург", 1991), ("Красноводск", "Türkmenbaşy", 1993),
    ],
)  # fmt: skip
def test_it_knows_when_a_place_was_renamed(then: str, now: str, year: int) -> None:
    assert said(then, now) == f"{then} = {now}, renamed {year}"


@pytest.mark.parametrize(
    "text", ["", " ", "12345", "№ 5", "\u200c\u200e", "🏠", "---", "г.", "ул. 5", "𐤀", "a" * 10_000, "ч" * 10_000, "\ud800 Kulob", "Kulob " * 2_000, ",;/" * 4_000]
)  # fmt: skip
def test_it_reads_nothing_or_something_of_any_text_and_never_breaks(text: str) -> None:
    found = read_place(text)
    assert found is None or meet_places(found, found).level <= PlaceLevel.UNKNOWN


@given(texts, texts)
@example("Kulob", "Ganja")
@settings(max_examples=40)
def test_it_meets_either_way_alike_and_always_has_a_reason(a: str, b: str) -> None:
    one, other = read_place(a), read_place(b)
    if one and other:
        meeting = meet_places(one, other)
        assert meeting.level == meet_places(other, one).level
        assert all(meeting.said(lang) for lang in ("en", "tg", "az", "ru"))


def blinded(found: Place | None) -> frozenset[str]:
    return frozenset(f"{key[:2]}{hash(key[2:])}" for key in found.keys) if found else frozenset()


@given(st.lists(texts, max_size=12), texts)
@settings(max_examples=40)
def test_it_gives_an_index_the_levels_of_single_meetings_whether_or_not_keys_are_blinded(
    pool: list[str], query: str
) -> None:
    found = [read_place(text) for text in pool]
    asked = read_place(query) or place("Kulob")
    expected = [meet_places(asked, each).level if each else PlaceLevel.UNKNOWN for each in found]
    behind_their_kind = PlaceIndex.from_keys([blinded(each) for each in found])
    assert PlaceIndex(found).levels(asked).tolist() == expected
    assert behind_their_kind.levels_of(blinded(asked)).tolist() == expected


def test_it_ties_every_row_of_its_tables_to_a_unit() -> None:
    known = placenames.table()
    units = {row["id"] for file in placenames.ELSEWHERE for row in rows(file)} | {
        row["unit"] for row in rows(placenames.RENAMES)
    }
    assert units <= set(known.spots)


@pytest.mark.parametrize("file", [*placenames.ELSEWHERE, placenames.RENAMES, placenames.WORDS, places.REASONS])
def test_it_names_source_licence_and_date_of_its_data(file: str) -> None:
    assert head(file).keys() >= {"licence", "date"}


def test_it_keeps_what_its_documents_show() -> None:
    assert doctest.testmod(places).failed + doctest.testmod(placenames).failed == 0
