"""Names in any spelling: read as sounds, cut into parts, compared with reasons."""

import doctest
from importlib import import_module

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hamroh.kernel.datafiles import DATA, head, rows
from hamroh.kernel.names import Level, compare, read
from hamroh.kernel.names.keys import keys
from hamroh.kernel.names.sounds import LONGEST, MOST, readings
from hamroh.kernel.names.weights import RELATIONS, level_code, shipped, table

FILES = sorted((DATA / "names").glob("*.csv"))
#: one name in the spellings of registers, passports, SIM cards and letters
SPELLINGS = {
    "Qurbonova Zulaykho": ("Қурбонова Зулайхо", "Курбанова Зулайхо", "Kurbanova Zulaiho", "QURBONOVA ZULAYXO", "قربانوا زلیخا"),
    "Rahmonov Jamshed": ("Раҳмонов Ҷамшед", "Рахмонов Джамшед", "Rakhmonov Dzhamshed", "Rahmonov Jamshed", "رحمانوف جمشید"),
    "Hüseynov Əliağa": ("Гусейнов Алиага", "Һүсејнов Әлиаға", "Huseynov Aliagha", "HUSEYNOV ELIAGA", "Husejnow Aliaga"),
    "Şərifova Gülnarə": ("Шарифова Гюльнара", "Шәрифова Ҝүлнарә", "Sharifova Gulnara", "Scharifowa Gülnara"),
    "Yoqubov Xurshed": ("Ёқубов Хуршед", "Якубов Хуршед", "Yakubov Khurshed", "Iakoubov Khourched", "Jakubow Churshed"),
}  # fmt: skip
#: names that only resemble them
OTHERS = (
    "Саидова Мавҷуда",
    "Карим Назаров",
    "Aliyev Rəşad",
    "Nazarova Gulchehra",
    "Мирзоева Сафаргул",
    "Tağıyev Elçin",
)
names = st.text(min_size=0, max_size=60) | st.lists(st.sampled_from(sum(SPELLINGS.values(), OTHERS)), max_size=3).map(
    " ".join
)


@pytest.mark.parametrize("name", SPELLINGS)
def test_it_holds_every_spelling_nearer_than_any_other_name(name: str) -> None:
    nearest_other = max(compare(name, other).bits for other in OTHERS)
    assert min(compare(name, spelling).bits for spelling in SPELLINGS[name]) > max(nearest_other, 5)


@pytest.mark.parametrize(
    ("written", "root", "ending"),
    [
        ("Саидович", "said", "patronymic"), ("Саидовна", "said", "patronymic"), ("Саидзода", "said", "child"),
        ("Saidoğlu", "said", "son"), ("Саидов", "said", "surname"), ("Saidova", "said", "surname"),
        ("Сергеев", "serge", "surname"), ("Сергей", "serge", ""), ("Bəhruzzadə", "bahruz", "child"), ("Саид", "said", ""),
    ],
)  # fmt: skip
def test_it_parts_a_name_from_its_ending(written: str, root: str, ending: str) -> None:
    (part,) = read(written).parts
    assert (part.root, part.ending) == (root, ending)


@pytest.mark.parametrize(
    ("slipped", "meant"), [("Бахромздоа", "Бахромзода"), ("Gulbahorvo", "Gulbahorov"), ("Каримоав", "Каримова")]
)
def test_it_reads_an_ending_with_a_slip(slipped: str, meant: str) -> None:
    assert read(slipped).parts[0].roots[0] == read(meant).parts[0].root


@pytest.mark.parametrize("given_name", ["Акиф", "Латиф", "Юсуф", "Ислом", "Камоли"])
def test_it_still_reads_a_given_name_that_ends_like_a_surname(given_name: str) -> None:
    assert read(given_name).parts[0].readings[0] in read(given_name).parts[0].roots


@pytest.mark.parametrize(
    "words", ["Саид оғлу", "Саид ўғли", "Said O'g'li", "Said oğlu", "Said ogly", "Саид гызы", "bin Said", "سعید وغلو"]
)
def test_it_takes_the_word_beside_a_fathers_name_as_his(words: str) -> None:
    (part,) = read(words).parts
    assert part.role == "patronymic"


@pytest.mark.parametrize(
    ("name", "other"), [("İsa Əli", "Isa Ali"), ("Сaид\u200c Али", "Саид Али"), ("رُقَيَّة", "رقية"), ("Dr. Said", "Said")],
)  # fmt: skip
def test_it_passes_over_what_nobody_pronounces(name: str, other: str) -> None:
    assert [part.root for part in read(name).parts] == [part.root for part in read(other).parts]


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("Саидова", "female"), ("Саидовна", "female"), ("Бакинская", "female"), ("Əli qızı", "female"), ("Саидов", "male"),
        ("Саидович", "male"), ("Said oğlu", "male"), ("Саидзода", ""), ("Саид", ""), ("Saidiyon", ""),
    ],
)  # fmt: skip
def test_it_tells_a_daughters_ending_from_a_sons(written: str, sex: str) -> None:
    assert read(written).parts[0].sex == sex


def test_it_gives_a_short_root_back_the_vowel_that_its_ending_may_have_taken() -> None:
    assert set(read("Алиев").parts[0].roots) & set(read("Али").parts[0].roots)


def test_it_reads_a_letter_with_a_loose_accent_as_the_letter() -> None:
    assert [part.root for part in read("Va\u030bLiev").parts] == [part.root for part in read("Valiev").parts]


@pytest.mark.parametrize(
    ("name", "roots"),
    [
        ("Abd al-Rahman Karimov", ["abdrahman", "karim"]), ("Абдул Каримов", ["abdul", "karim"]), ("عبد الرحمن", ["abdurhmn"]),
        ("Nur ud-Din", ["nurdin"]), ("حبیب الله", ["hbybala"]), ("bin Abdul Aziz", ["abdulaziz"]), ("رحمان اف", ["rhman"]), ("Пугачева Алла", ["pugač", "ala"]),
        ("Abdul", ["abdul"]), ("Din Muhammad", ["din", "muhamad"]),
    ],
)  # fmt: skip
def test_it_joins_the_words_that_are_one_name(name: str, roots: list[str]) -> None:
    assert [part.root for part in read(name).parts] == roots


@pytest.mark.parametrize(
    "words",
    [
        "Алиев Əliyev Alijew علييف Aliyevlər", "Исаев Isaiev Issajew", "Гусейнов Gusejnow Hüseynov", "Schalilow Жалилов Žalilov", "Asarow Азаров",
        "Oualid Уалид Valid", "Rauan Рауан Rawan", "Иванов Ivanoff Ivanova Ивановы", "Abdulloh Абдулло Abdullah", "Maxim Максим",
        "Yalçın Yalcin Ялчин", "Achmedow Ахмедов Akhmedov", "Fath'ali Fathali Фатҳалӣ", "ايجور Игорь", "فلاديمير Vladimir", "Қайратұлы Qairatuly",
        "Əliqızı Алиқызы Аликызы", "احمدزی Ahmadzai Аҳмадзай", "رحمانف Раҳмонов", "علی‌اف Алиев", "Андріївна Андрэеўна Andrijovytj Андреевич",
        "Бакыт Бакытуулу", "Mälikgulyýewiç Маликгулы", "Qarabağlı Карабаглы", "Сулаймониён Сулаймон", "عبدالحمید Абдуҳамид Abdulhamid", "عبدالرحمن Abdurahmon", "عبدالولی Абдувалӣ", "عبدالستار Абдусаттор", "Жолдошев Юлдашев", "Toʻti Тӯтӣ", "مهرالنسا Меҳринисо", "نصرالدین Насриддин Nasreddin", "Karzai کرزی Карзай", "Hosseinpour Ҳусейнпур", "Saidgʻulom Саидғулом", "Чурабой Ҷурабой", "Саидович Saidowicz Saidovych",
    ],
)  # fmt: skip
def test_it_reads_each_neighbours_spelling(words: str) -> None:
    one, *others = ({keys(root).skeleton for root in read(word).parts[0].roots} for word in words.split())
    assert all(one & other for other in others)


def test_it_finds_names_in_another_order() -> None:
    assert compare("Раҳмонов Ҷамшед", "Jamshed Rahmonov").bits == compare("Раҳмонов Ҷамшед", "Rahmonov Jamshed").bits


def test_it_counts_a_missing_fathers_name_for_less_than_a_contradicting_one() -> None:
    whole, without, other = "Раҳмонов Ҷамшед Саидович", "Rahmonov Jamshed", "Rahmonov Jamshed Karimovich"
    assert compare(whole, whole).bits > compare(whole, without).bits > compare(whole, other).bits


def test_it_counts_a_missing_given_name_as_against() -> None:
    (against,) = [
        meeting for meeting in compare("Раҳмонов Ҷамшед", "Раҳмонов Саид").meetings if meeting.level is Level.NONE
    ]
    assert (against.bits < -1, "contradict" in against.said()) == (True, True)


def test_it_weighs_a_rare_name_more_where_a_pool_says_how_rare_it_is() -> None:
    rare, common = (
        compare("Саид", "Said", frequency=lambda _skeleton, share=share: share).bits for share in (0.0001, 0.1)
    )
    assert rare > common


@pytest.mark.parametrize(
    ("nearer", "farther"), [("Halilova Yasin", "Khalilova Yassin"), ("Халилова Ясин", "Халилаў Ясин")]
)
def test_it_prefers_the_nearer_of_two_spellings_that_sound_alike(nearer: str, farther: str) -> None:
    assert compare("Halilova Yasin", nearer).bits > compare("Halilova Yasin", farther).bits


@pytest.mark.parametrize("lang", ["en", "tg", "az", "ru"])
def test_it_says_every_reason_in_words(lang: str) -> None:
    said = [meeting.said(lang) for meeting in compare("Гасанов Рашад Али оглы", "Həsənzadə Rəşid").meetings]
    assert all(said)
    assert ("{" in "".join(said), len(said)) == (False, 3)


def test_it_shows_what_it_did_with_each_word() -> None:
    assert read("Dr. Саидова").trace() == ["саидова: cyrillic, saidova -> said (surname)", "dr: left out"]


@settings(deadline=None)
@given(a=names, b=names)
@example(a="Гасанов", b="")
def test_it_does_not_mind_which_name_comes_first(a: str, b: str) -> None:
    assert compare(a, b).bits == pytest.approx(compare(b, a).bits)


@settings(deadline=None)
@given(a=names, b=names)
def test_it_finds_nothing_nearer_to_a_name_than_itself(a: str, b: str) -> None:
    assert compare(a, a).bits >= compare(a, b).bits - 1e-9


@settings(deadline=None)
@given(a=names, b=names)
def test_it_has_a_reason_for_every_bit(a: str, b: str) -> None:
    found = compare(a, b)
    assert found.bits == pytest.approx(sum(meeting.bits for meeting in found.meetings))
    assert all(meeting.said("tg") for meeting in found.meetings)


@settings(deadline=None)
@given(text=st.text(max_size=300))
@example(text="ж" * 10_000)
@example(text="ch" * 5_000)
@example(text="\u202eдиаС 👩‍👧 \x00")
def test_it_reads_whatever_was_written(text: str) -> None:
    assert all(part.root and len(part.roots) <= MOST and len(part.root) <= 3 * LONGEST for part in read(text).parts)


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_it_says_in_each_table_where_it_is_from(path) -> None:
    assert {"source", "licence", "date"} <= head(f"names/{path.name}").keys()


def test_it_reads_every_letter_of_its_own_table() -> None:
    table = list(rows("names/letters.csv"))
    placed = {row["written"] for row in table if row["where"]}
    letters = {row["written"]: row["spoken"].split("|")[0] for row in table if row["written"] not in placed}
    assert {written: readings(written)[0] for written in letters} == letters


def test_it_has_each_letter_once() -> None:
    keys = [(row["script"], row["written"], row["where"]) for row in rows("names/letters.csv")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("module", ["__init__", "sounds", "keys"])
def test_it_gives_true_examples(module: str) -> None:
    name = "hamroh.kernel.names" if module == "__init__" else f"hamroh.kernel.names.{module}"
    assert doctest.testmod(import_module(name)).failed == 0


def test_it_has_a_true_page_of_documentation() -> None:
    page = DATA.parents[2] / "docs" / "reference" / "names.md"
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


def test_it_gives_the_weights_of_the_code_on_its_page() -> None:
    page = (DATA.parents[2] / "docs" / "reference" / "names.md").read_text(encoding="utf-8")
    assert table() in page


def test_it_weighs_nothing_more_than_the_same_name_spelt_alike() -> None:
    bits = shipped().bits
    levels = [bits[level_code(level, relation)] for level in list(Level)[:-1] for relation in RELATIONS]
    unlike = [bits[f"unlike/{relation}"] for relation in RELATIONS]
    assert (max(levels), max(unlike) < 0) == (bits["same/same"], True)


def test_it_weighs_a_level_less_the_less_it_asks_for() -> None:
    bits = shipped().bits
    assert bits["same/same"] > bits["consonants/same"] > bits["near/same"]
