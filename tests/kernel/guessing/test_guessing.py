"""What of a password must really be guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.guessing import few_signs, spellings, worth

EASY = [
    "qwertyuiopasdfg", "1qaz2wsx3edc4rfv", "йцукенгшщзхъфыва", "qüertyuiopöğasd", "йқукенгшҳзхъфҷ1", "1й2ц3у4к5е6н7г8ш",
    "zxcvbnm,./zxcvbn", "фываолджфываолдж", "парольпароль2024", "gfhjkmgfhjkm1234", "ghbdtnghbdtn2023", "parolparolparol7",
    "Тоҷикистон2024!!", "tojikiston123456", "Душанбе1991душанбе", "azərbaycan2024az", "Azerbaycan1990!!", "ҷонамҷонамҷонам1",
    "sevgilimsevgilim", "бисмиллоҳ1234567", "bismillah1234567", "мамамамамамамама", "p@ssw0rdp@ssw0rd", "hamrohhamroh2026", "абвгдеёжзийклмн1",
    "abcdefghijklmno1", "111111111111111111", "100019991999199919", "12345678901234567", "зфыыцщкв12345678",
]  # fmt: skip
GOOD = [
    "quiet donkeys 7", "four birds over a cold river", "чор парранда бар рӯди хунук", "сирень молчит за седьмым окном",
    "dörd quş soyuq çayın üstündə", "tJ8#vQ2m!xL5pW9z", "ба кӯҳи баланд се бор рафтам", "mavi qatar gecə oxuyur",
]  # fmt: skip


@pytest.mark.parametrize("password", EASY)
def test_it_finds_little_to_guess_in_what_everybody_types(password: str) -> None:
    assert worth(password, usual={"password", "letmein"}) < 8 or few_signs(password)


@pytest.mark.parametrize("password", GOOD)
def test_it_finds_enough_in_words_put_together(password: str) -> None:
    assert worth(password, usual={"quiet", "birds", "river"}) >= 8
    assert not few_signs(password)


@pytest.mark.parametrize(
    ("word", "spelling"),
    [
        ("пароль", "gfhjkm"), ("пароль", "parol"), ("ҷонам", "jonam"), ("ҷонам", "чонам"), ("тоҷикистон", "tojikiston"),
        ("хуҷанд", "khujand"), ("хуҷанд", "hujand"), ("şuşa", "susa"), ("həyat", "heyat"), ("həyat", "hayat"),
        ("password", "зфыыцщкв"),
    ],
)  # fmt: skip
def test_it_knows_a_word_in_other_letters(word: str, spelling: str) -> None:
    assert spelling in spellings(word)


@pytest.mark.parametrize("name", ["Гулнора", "gulnora", "ГУЛНОРА", "uekyjhf"])
def test_it_counts_nothing_for_names_around_the_person(name: str) -> None:
    assert worth(f"{name}{name}77", own=("Гулнора",)) <= 2


@given(st.text(max_size=60), st.text(alphabet="абвгдҷəşqw ", max_size=12))
def test_it_weighs_no_more_than_there_is(text: str, own: str) -> None:
    """NFKC may write one sign as several, and folding too."""
    assert 0 <= worth(text, own=(own,)) <= 18 * max(1, len(text))


@given(st.text(min_size=8, max_size=30))
def test_it_weighs_a_repetition_no_more_than_once(text: str) -> None:
    assert worth(text + text) <= worth(text)
