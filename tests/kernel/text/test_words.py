import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamroh.kernel.text import Token, analyse, exact, fold, folded, tokens

LANGUAGES = ("az", "tg", "ru", "en")
any_text = st.text(max_size=60)
own_letters = st.text(alphabet="aəığşçöüİIQkqy 'бғӣқӯҳҷёъЁҲи\u0304\u0306\u00ad\u0307’-1", max_size=40)


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=20, deadline=None)
@given(any_text | own_letters)
def test_it_never_raises_and_its_offsets_cut_words_out_of_the_text(lang, text):
    for token in tokens(text, lang):
        assert exact(text[token.start : token.end], lang) == [token.exact]


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=20, deadline=None)
@given(any_text | own_letters)
def test_it_gives_the_same_words_by_every_door(lang, text):
    found = tokens(text, lang)
    assert exact(text, lang) == [token.exact for token in found]
    assert folded(text, lang) == [token.folded for token in found]
    assert analyse(text, lang) == [stem for token in found for stem in token.stems]


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=20, deadline=None)
@given(own_letters)
def test_it_gives_every_word_a_stem(lang, text):
    assert all(token.stems and all(token.stems) for token in tokens(text, lang))


def test_it_keeps_places_in_text_with_combining_marks():
    text = unicodedata.normalize("NFD", "Кӯмаки ҳуқуқӣ ба занон")
    found = tokens(text, "tg")
    assert [text[token.start : token.end] for token in found] == text.split()
    assert found[0].exact == "кӯмаки"


def test_it_keeps_places_in_text_with_soft_hyphens():
    text = "«ха\u00adри\u00adдо\u00adрон»"
    assert tokens(text, "tg") == [Token(1, len(text) - 1, "харидорон", ("харидор",), "харидорон")]


def test_it_keeps_places_where_small_letters_are_longer_than_capital_ones():
    text = "İNSAN HÜQUQLARI"
    assert [(token.start, token.end, token.exact) for token in tokens(text, "az")] == [
        (0, 5, "insan"),
        (6, 15, "hüquqları"),
    ]


def test_it_splits_at_hyphens_and_punctuation():
    assert exact("ad-san, 2008-ci il (bax: s.5)", "az") == ["ad", "san", "2008", "ci", "il", "bax", "s", "5"]


def test_it_holds_a_word_with_an_apostrophe_together():
    assert exact("ма’лумот, ма'лумот", "tg") == ["ма'лумот", "ма'лумот"]
    assert set(analyse("ма’лумот", "tg")) == set(analyse("маълумот", "tg"))


def test_it_does_not_stem_runs_of_letters_that_are_no_words():
    run = "а" * 500
    assert analyse(run, "tg") == [run]


def test_it_knows_four_languages_only():
    with pytest.raises(KeyError):
        analyse("Wort", "de")


def test_it_folds_words_as_fold_folds_text():
    text = "Şəhərdə yaşayan QADINLAR"
    assert folded(text, "az") == fold(text, "az").split()
