import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamroh.kernel.text import exact, fold


@pytest.mark.parametrize("lang", [None, "az", "tg", "ru", "en"])
@settings(max_examples=20, deadline=None)
@given(st.text(max_size=40) | st.text(alphabet="aəiİIı’'ғӣқӯҳҷёЁъһҹѓњљбoeс\u0304\u0307ß", max_size=20))
def test_it_folds_what_is_folded_to_itself(lang, text):
    once = fold(text, lang)
    assert fold(once, lang) == once


@pytest.mark.parametrize(
    ("lang", "written", "typed"),
    [
        ("az", "QADIN", "qadın"),
        ("az", "İNSAN", "insan"),
        ("az", "əmək müqaviləsi", "emek muqavilesi"),
        ("az", "uşağın", "usagin"),
        ("az", "Bağışlanması çətin", "BAGISLANMASI CETIN"),
        ("tg", "никоҳ", "никох"),
        ("tg", "муҳоҷир", "мухочир"),
        ("tg", "кӯмаки ҳуқуқӣ", "Кумаки хукуки"),
        ("tg", "ғамхорӣ", "гамхори"),
        ("tg", "таъмин", "та'мин"),
        ("tg", "таъмин", "тамин"),
        ("ru", "ребёнок", "РЕБЕНОК"),
        ("ru", "объявление", "об’явление"),
        ("en", "women’s", "womens"),
        ("en", "café", "cafe"),
    ],
)
def test_it_folds_what_is_written_and_what_is_typed_alike(lang, written, typed):
    assert fold(written, lang) == fold(typed, lang)


def test_it_keeps_words_apart_that_differ_by_more_than_marks():
    assert len({fold(word, "az") for word in ("qadın", "qadan", "qədim", "qalın")}) == 4


def test_it_makes_i_dotless_only_in_azerbaijani():
    assert exact("QADIN", "az") == ["qadın"]
    assert exact("IRAN", "en") == ["iran"]
    assert exact("İnsan", "en") == ["insan"]


@pytest.mark.parametrize(
    ("lang", "broken", "right"),
    [
        ("tg", "һуқуқ", "ҳуқуқ"),
        ("tg", "тоҹик", "тоҷик"),
        ("tg", "њуќуќї", "ҳуқуқӣ"),
        ("tg", "љумњурї", "ҷумҳурӣ"),
        ("tg", "кўмак", "кӯмак"),
        ("tg", "зaн", "зан"),
        ("ru", "cемья", "семья"),
        ("ru", "помoщь", "помощь"),
        ("az", "әмәk", "əmək"),
        ("az", "qаdın", "qadın"),
        ("az", "ǝmǝk", "əmək"),
    ],
)
def test_it_repairs_letters_of_another_alphabet(lang, broken, right):
    assert exact(broken, lang) == [right]


def test_it_leaves_words_of_another_alphabet_alone():
    assert exact("Skype кард", "tg") == ["skype", "кард"]
    assert exact("сор", "ru") == ["сор"]
