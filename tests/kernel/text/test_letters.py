import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamroh.kernel.text import alphabet, guess_language, initial, sort_key

AZ = tuple("A B C Ç D E Ə F G Ğ H X I İ J K Q L M N O Ö P R S Ş T U Ü V Y Z".replace(" ", ""))
TG = tuple("А Б В Г Ғ Д Е Ё Ж З И Ӣ Й К Қ Л М Н О П Р С Т У Ӯ Ф Х Ҳ Ч Ҷ Ш Ъ Э Ю Я".replace(" ", ""))


def test_it_knows_the_alphabets_in_their_order():
    assert alphabet("az") == AZ
    assert alphabet("tg") == TG
    assert len(alphabet("ru")) == 33
    assert len(alphabet("en")) == 26


@pytest.mark.parametrize("lang", ["az", "tg", "ru", "en"])
def test_it_sorts_the_alphabet_as_it_stands(lang):
    letters = list(alphabet(lang))
    mixed = random.Random(7).sample(letters, len(letters))
    assert sorted(mixed, key=lambda letter: sort_key(letter, lang)) == letters


@pytest.mark.parametrize(
    ("lang", "ordered"),
    [
        (
            "az",
            ["ad", "ada", "Ağac", "alıcı", "cəza", "çay", "e", "ə", "xala", "ıldırım", "iş", "kənd", "qadın", "lal"],
        ),
        ("az", ["sığınacaq", "sülh", "şəhər", "tələb"]),
        ("tg", ["гап", "ғам", "дар", "ид", "ӣ", "йод", "кор", "қонун", "лаб", "хона", "ҳуқуқ", "чой", "ҷавоб", "шаб"]),
        ("tg", ["2 дафтар", "дафтар", "дафтари кор", "дафтарча"]),
        ("ru", ["ель", "ёж", "жена", "подъезд", "семья", "Семья и право"]),
        ("en", ["1995", "law", "law centre", "lawyer", "Léger", "women"]),
    ],
)
def test_it_sorts_words_as_readers_expect(lang, ordered):
    mixed = random.Random(3).sample(ordered, len(ordered))
    assert sorted(mixed, key=lambda text: sort_key(text, lang)) == ordered


def test_it_lets_case_and_accents_decide_only_at_the_end():
    assert sort_key("Zan", "en") < sort_key("zana", "en")
    assert sort_key("zan", "en") < sort_key("Zan", "en") < sort_key("ZAN", "en")
    assert sort_key("cafe noir", "en") < sort_key("café zoo", "en")


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=30), st.sampled_from(["az", "tg", "ru", "en"]))
def test_it_makes_keys_of_hexadecimal_digits(text, lang):
    assert re.fullmatch("[0-9a-f]*", sort_key(text, lang))


@pytest.mark.parametrize(
    ("lang", "text", "letter"),
    [
        ("az", "işıq", "İ"),
        ("az", "ildırım", "İ"),
        ("az", "IŞIQ", "I"),
        ("az", "«Əmək» fondu", "Ə"),
        ("tg", "ҳуқуқ", "Ҳ"),
        ("tg", "ӯзбек", "Ӯ"),
        ("ru", "ёлка", "Ё"),
        ("en", "élan", "E"),
        ("en", "2020", "#"),
        ("tg", "UNICEF", "#"),
        ("az", "", "#"),
    ],
)
def test_it_finds_the_letter_of_the_page(lang, text, letter):
    assert initial(text, lang) == letter


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("qadın hüquqları", "az"),
        ("ailə", "az"),
        ("әмәк һаггы", "az"),
        ("кӯмаки ҳуқуқӣ", "tg"),
        ("ҷавоб", "tg"),
        ("зан ва кор", "tg"),
        ("ребёнок", "ru"),
        ("помощь женщинам", "ru"),
        ("суд и право", "ru"),
        ("the law of the family", "en"),
        ("алимент", None),
        ("aliment", None),
        ("12345", None),
    ],
)
def test_it_guesses_the_language_by_letters_and_small_words(text, lang):
    assert guess_language(text) == lang
