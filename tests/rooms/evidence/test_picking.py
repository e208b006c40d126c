"""Figures are looked for by what their concepts, places and sources are called, spelt with or without marks."""

import pytest

from hamroh.evidence.models import Concept
from hamroh.evidence.selectors.picking import Looked, concepts_named, figures_found, indicator_named


def keys(words: str) -> set[str]:
    return set(Concept.objects.filter(pk__in=concepts_named(words)).values_list("key", flat=True))


@pytest.mark.parametrize(("lang", "key"), [("en", "idps"), ("az", "idps"), ("ru", "idps"), ("tg", "refugees")])
def test_it_finds_what_is_counted_by_its_name_in_any_language(printed, lang: str, key: str) -> None:
    assert key in keys(Concept.objects.get(key=key).names[lang])


@pytest.mark.parametrize(
    ("key", "lang", "marks"),
    [("idps", "az", "əıöüğşçƏİ"), ("refugees", "az", "əıöüğşçƏİ"), ("refugees", "tg", "ӣӯқғҳҷ")],
)
def test_it_finds_it_without_the_marks_of_its_letters(printed, key: str, lang: str, marks: str) -> None:
    name = Concept.objects.get(key=key).names[lang]
    plain = name.translate(str.maketrans("əıöüğşçӣӯқғҳҷ", "eiougscиукгхч"))
    assert plain != name or not any(each in name for each in marks)
    assert key in keys(plain)


def test_it_takes_a_whole_name_for_that_concept_alone(printed) -> None:
    assert keys(Concept.objects.get(key="refugees").names["en"]) == {"refugees"}


def test_it_knows_an_indicator_by_its_name(printed) -> None:
    found = indicator_named("idps")
    assert found is not None
    assert indicator_named(found.names["ru"]) == found


@pytest.mark.parametrize("place", ["Azerbaijan", "azərbaycan", "Azerbaycan", "Озарбойҷон", "озарбойч", "Азерб", "AZE"])
def test_it_finds_places_by_the_beginning_of_their_name(people, printed, place: str) -> None:
    assert figures_found(actor=people.nigina, look=Looked("idps", place))


@pytest.mark.parametrize("place", ["Nowhere", "x", "Tajikistan"])
def test_it_finds_nothing_elsewhere(people, printed, place: str) -> None:
    assert not figures_found(actor=people.nigina, look=Looked("idps", place))


def test_it_finds_sources_whatever_the_case_of_their_letters(people, printed) -> None:
    assert figures_found(actor=people.nigina, look=Looked("", "", "", "STATISTICAL yearbook"))
