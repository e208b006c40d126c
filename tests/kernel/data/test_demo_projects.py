"""Projects of the demonstration: each that can stand in a file of aid says what it is for."""

from hamroh.kernel.datafiles import document
from hamroh.kernel.terms import LANGS

FILE = "demo/projects.yml"


def test_it_says_the_purpose_of_every_project_whose_days_are_known() -> None:
    told = document(FILE)
    dated = [each for each in (*told["projects"], told["running"]) if each.get("starts") or "begins" in each]
    assert [each["ref"] for each in dated if each.get("sector") not in told["sectors"]] == []


def test_it_has_words_for_every_purpose_in_four_languages() -> None:
    assert [code for code, names in document(FILE)["sectors"].items() if sorted(names) != sorted(LANGS)] == []
