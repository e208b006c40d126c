"""Letters are put together from facts; gaps are told, and no law is printed that nobody saw."""

import datetime as dt

import pytest

from hamroh.kernel import law, letters
from hamroh.kernel.law import Audience, shown

ON = dt.date(2026, 11, 22)
FACTS = {
    "court": "Суди шаҳри Кӯлоб", "client.name": "Гулнора Раҳмонова", "client.born": "1992", "client.place": "Кӯлоб",
    "husband.name": "Зафар Қурбонов", "husband.born": "1988", "husband.place": "Маскав", "share": "1/3",
    "children.names": "Сомон, Нозанин",
}  # fmt: skip
CHILDREN = [{"child.name": "Сомон", "child.born": "2015"}, {"child.name": "Нозанин", "child.born": "2018"}]


def written(code: str = "alimony_claim", country: str = "TJ", lang: str = "tg", **facts: str) -> letters.Written:
    return letters.write(
        letters.letters()[code], country=country, lang=lang, facts=FACTS | facts, lists={"children": CHILDREN},
        book=law.load(), on=ON,
    )  # fmt: skip


def text_of(letter: letters.Written) -> str:
    return "\n".join([letter.title, *(f"{term} {value}" for term, value in letter.head), *letter.body, *letter.asks])


def test_it_tells_what_is_missing_and_leaves_room_for_it() -> None:
    letter = written(court="")
    assert letter.missing == ("court",)
    assert letter.head[0] == ("Суд", letters.GAP)


def test_it_names_every_child() -> None:
    assert [line for line in written().body if line.startswith("–")] == [
        "– Сомон, санаи таваллуд 2015",
        "– Нозанин, санаи таваллуд 2018",
    ]


def test_it_leaves_out_what_hangs_on_a_fact_that_is_not_known() -> None:
    assert "маблағ намедиҳад" not in text_of(written())
    assert "Аз феврали 2026 ҷавобгар" in text_of(written(stopped="феврали 2026"))


@pytest.mark.parametrize(("country", "lang", "cited"), [("TJ", "tg", "Тоҷикистон, 81"), ("AZ", "az", "76.1")])
def test_it_prints_the_article_beside_what_the_law_says(country: str, lang: str, cited: str) -> None:
    assert cited in text_of(written(country=country, lang=lang))


def every_letter() -> list[tuple[str, str, str]]:
    return [
        (code, country, lang)
        for code, letter in letters.letters().items()
        for country, langs in letter.languages.items()
        for lang in langs
    ]


@pytest.mark.parametrize(("code", "country", "lang"), every_letter())
def test_it_prints_only_rules_that_somebody_saw(code: str, country: str, lang: str) -> None:
    letter = written(code, country, lang)
    said = text_of(letter)
    assert all(rule.cited(lang) not in said for rule in letter.unseen)


@pytest.mark.parametrize(("code", "country", "lang"), every_letter())
def test_it_writes_every_letter_in_its_languages(code: str, country: str, lang: str) -> None:
    letter = written(code, country, lang)
    assert "{" not in text_of(letter)
    assert letter.title


def test_it_cites_rules_that_there_are() -> None:
    cited = {code for each in letters.letters().values() for part in (*each.body, *each.asks) for code in part.rules}
    assert cited <= set(law.load().rules)


def test_it_has_no_sentence_of_law_that_may_never_be_printed() -> None:
    book = law.load()
    cited = {code for each in letters.letters().values() for part in (*each.body, *each.asks) for code in part.rules}
    assert [code for code in sorted(cited) if not shown(book.rules[code], Audience.DOCUMENT, ON).allowed] == []


@pytest.mark.parametrize(("count", "share"), [(0, ""), (1, "1/4"), (2, "1/3"), (3, "1/2"), (7, "1/2")])
def test_it_takes_the_share_from_the_pack(count: int, share: str) -> None:
    assert letters.share_of(count, law.load().rules["tj.fc.81.shares"]) == share


def test_it_knows_no_share_without_a_rule() -> None:
    assert letters.share_of(2, None) == ""


def test_it_refuses_a_language_that_the_country_does_not_write() -> None:
    with pytest.raises(ValueError, match="az"):
        written(lang="az")


def test_it_takes_braces_in_names_as_they_are() -> None:
    assert "{court}" in text_of(written(**{"husband.name": "{court}"}))
