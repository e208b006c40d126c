import pytest

from hamroh.kernel.text import analyse


def meet(one, other, lang):
    return bool(set(analyse(one, lang)) & set(analyse(other, lang)))


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("ребёнок", "ребенка дети детей ребёнку РЕБЕНКОМ"),
        ("алименты", "алиментов алиментам алиментами"),
        ("идти", "шёл шла иду шедший"),
        ("помощь", "помощи помощью"),
        ("женщина", "женщин женщинами женщиной"),
        ("Рахмонова", "Рахмоновой Рахмонову"),
    ],
)
def test_it_brings_russian_forms_together(lemma, forms):
    assert [form for form in forms.split() if not meet(lemma, form, "ru")] == []


def test_it_keeps_russian_words_apart():
    assert not meet("работа", "работник", "ru")
    assert not meet("дети", "деть", "ru")


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("woman", "women women's WOMAN"),
        ("child", "children children’s"),
        ("pay", "paid pays paying"),
        ("wife", "wives"),
        ("marry", "married marries"),
        ("abandon", "abandoned abandoning"),
    ],
)
def test_it_brings_english_forms_together(lemma, forms):
    assert [form for form in forms.split() if not meet(lemma, form, "en")] == []
