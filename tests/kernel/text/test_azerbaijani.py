import pytest

from hamroh.kernel.text import analyse


def meet(one, other):
    return bool(set(analyse(one, "az")) & set(analyse(other, "az")))


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("qadın", "qadınlar qadınlarımızdan qadının qadına qadınlarla qadındır qadınsız qadınların"),
        ("uşaq", "uşağı uşağa uşağımız uşaqlarından uşağınız"),
        ("çörək", "çörəyi çörəyin çörəyə çörəkdən"),
        ("ev", "evdə evdən evimizdə evləri evinizdədir evdəki evdəkilər"),
        ("ailə", "ailəsi ailənin ailəsində ailələrimizə ailəyə ailəylə"),
        ("su", "suyu suyun sular suya"),
        ("ağız", "ağzı ağzında ağızlar"),
        ("şəkil", "şəkli şəkillər şəklində"),
        ("hüquq", "hüququ hüquqları hüquqlarının hüququmuz"),
        ("mənim", "mənə məndən"),
        ("hamilə", "hamiləyəm hamilədir hamiləsən"),
        ("xəstəlik", "xəstəliyi xəstəliklərin xəstəliyə"),
        ("planlaşdırma", "planlaşdırmanı planlaşdırmaq"),
    ],
)
def test_it_brings_the_forms_of_a_noun_together(lemma, forms):
    assert [form for form in forms.split() if not meet(lemma, form)] == []


@pytest.mark.parametrize(
    ("infinitive", "forms"),
    [
        (
            "yazmaq",
            "yazdı yazmadım yazıram yazmırsan yazacağıq yazmayacaq yazmış yazıb yazan yazdığı yazılmış yazsa yazmalıdır",
        ),
        ("getmək", "gedir gedəcəyəm getmədi gedən getməyə gedək gedirdilər gedəndə gedərək"),
        ("işləmək", "işləyir işləmədiyi işləyən işlədi işləməyib işləyəcəyik"),
        ("olmaq", "oldu olmayan olunmasını olmuşdur olmamasına olsaydı olmadığından"),
        ("ödəmək", "ödəyir ödənilmiş ödənilməsi ödəməli ödəmədiyi"),
        ("axtarmaq", "axtarılır axtardığımız axtarışda axtarmışdılar"),
        ("yaşamaq", "yaşayır yaşamışam yaşadığı yaşayırdı"),
    ],
)
def test_it_brings_the_forms_of_a_verb_together(infinitive, forms):
    assert [form for form in forms.split() if not meet(infinitive, form)] == []


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("marjinal", "marjinalın marjinallar marjinallarından"),
        ("kredo", "kredosu kredonun kredolar kredomuzu"),
        ("bloqer", "bloqerlərə bloqerin bloqerlərimiz"),
        ("qrafitçi", "qrafitçilər qrafitçinin qrafitçiyə"),
        ("tramplik", "trampliyi tramplikdə trampliyin"),
    ],
)
def test_it_brings_the_forms_of_unknown_words_together(lemma, forms):
    assert [form for form in forms.split() if not meet(lemma, form)] == []


@pytest.mark.parametrize(
    ("stem", "forms"),
    [
        ("vıxla", "vıxlama vıxlamaq vıxlaması vıxlayış vıxlasın vıxladığı vıxlanan vıxlamaz vıxlasanız vıxlayın"),
        ("torpuş", "torpuşma torpuşan torpuşar torpuşmur torpuşsa torpuşdular torpuşmadan torpuşması"),
    ],
)
def test_it_brings_the_forms_of_unknown_verbs_together(stem, forms):
    assert [form for form in forms.split() if not meet(stem, form)] == []


@pytest.mark.parametrize(
    ("noun", "forms"),
    [("almar", "almarı almarda almarlar"), ("kəsivə", "kəsivəni kəsivənin kəsivədə kəsivələr kəsivəyə")],
)
def test_it_brings_the_forms_of_unknown_nouns_together_that_begin_like_a_verb(noun, forms):
    assert [form for form in forms.split() if not meet(noun, form)] == []


def test_it_brings_a_derived_verb_and_its_passive_together():
    assert meet("nisbətlənmiş", "nisbətləmə")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("qadinlarin", "qadın"),
        ("emeyin", "əmək"),
        ("usaga", "uşaq"),
        ("gelir", "gəlmək"),
        ("гадынларын", "qadın"),
        ("мәктәб", "məktəb"),
    ],
)
def test_it_understands_ascii_and_cyrillic(typed, meant):
    assert meet(typed, meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("qadın", "qədim"),
        ("qanun", "qan"),
        ("yardım", "yarmaq"),
        ("pensiya", "penis"),
        ("yaşlı", "yaşıl"),
        ("daşqın", "daş"),
        ("qadınlar", "qatmaq"),
        ("ada", "adam"),
        ("bağ", "bağırmaq"),
        ("uşaqlıq", "uşaq"),
    ],
)
def test_it_keeps_other_words_apart(one, other):
    assert not meet(one, other)
