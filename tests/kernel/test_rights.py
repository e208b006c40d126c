"""What the pages for everybody say: every claim on rules that somebody has seen, in four languages, without a number of its own."""

import copy
import datetime as dt
import doctest
import re
from pathlib import Path

import pytest

from hamroh.kernel.datafiles import DataError, document, head
from hamroh.kernel.law import Audience, Certainty, load, shown
from hamroh.kernel.law.rules import LANGS
from hamroh.kernel.rights import CLAIMS, STATES, matters, read_matters

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rights.md"
WRITTEN = dt.date(2026, 11, 22)
SHARED = document("rights/shared.yml")
SHARES = {"rules": ["tj.fc.81.shares"], **dict.fromkeys(("en", "az", "ru", "tg"), "So much: {share_1}")}


def told(**parts: object) -> dict[str, object]:
    """A file of one matter with parts of its own in Tajikistan."""
    title = dict.fromkeys(("en", "az", "ru", "tg"), "It happened")
    return {"made": {"number": 1, "matter": "made", "need": 4127, "title": title, "TJ": parts, "AZ": {}}}


def faults(**parts: object) -> str:
    with pytest.raises(DataError) as refused:
        read_matters(told(**parts), SHARED, load())
    return str(refused.value)


def test_it_has_a_page_for_each_kind_of_matter() -> None:
    assert [each.code for each in matters().values()] == [
        "alimony", "paternity", "divorce", "missing", "dead", "residence", "division", "debt", "protection",
        "support", "documents", "early_marriage",
    ]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_it_claims_nothing_that_nobody_saw(state: str) -> None:
    doubtful = [
        f"{matter.code} {rule.id}"
        for matter in matters().values()
        for saying in matter.guides[state].sayings
        for rule in saying.rules
        if rule.certainty is Certainty.C or not shown(rule, Audience.PUBLIC, WRITTEN).allowed
    ]
    assert doubtful == []


@pytest.mark.parametrize("state", STATES)
def test_it_cites_the_law_of_the_state_or_a_treaty(state: str) -> None:
    packs = {rule.pack for each in matters().values() for saying in each.guides[state].sayings for rule in saying.rules}
    assert packs <= {state.lower(), "treaty"}


@pytest.mark.parametrize("state", STATES)
def test_it_says_what_to_do_in_every_matter(state: str) -> None:
    guides = [matter.guides[state] for matter in matters().values()]
    assert all(guide.steps and guide.papers and guide.ask for guide in guides)


def test_it_tells_sums_and_times_from_the_rule() -> None:
    duty = matters()[3].guides["TJ"].limits[0]
    assert ("1,050 somoni" in duty.said("en"), "1\N{NO-BREAK SPACE}050 сомонӣ" in duty.said("tg")) == (True, True)
    assert "1\N{NO-BREAK SPACE}102,9 manat" in matters()[1].guides["AZ"].owed["wage"].said("az")
    assert "1/4" in matters()[1].guides["AZ"].law[1].said("az")


def test_it_leaves_out_what_is_no_longer_in_force() -> None:
    guide = matters()[1].guides["AZ"]
    assert "floor" in guide.on(WRITTEN).owed
    assert "floor" not in guide.on(dt.date(2027, 1, 1)).owed


@pytest.mark.parametrize("part", CLAIMS)
def test_it_refuses_a_claim_without_a_rule(part: str) -> None:
    row = dict.fromkeys(("en", "az", "ru", "tg"), "He must pay")
    assert f"made TJ {part} 1: it names no rule" in faults(**{part: [row]})


def test_it_names_a_planted_claim_that_nobody_saw() -> None:
    row = {**dict.fromkeys(("en", "az", "ru", "tg"), "From the day of filing"), "rules": ["tj.fc.alimony.from_filing"]}
    planted = read_matters(told(law=[row]), SHARED, load())[1].guides["TJ"]
    assert not planted.law[0].holds(WRITTEN)
    assert planted.on(WRITTEN).law == ()


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tg"])
def test_it_refuses_a_missing_language(lang: str) -> None:
    assert f"made TJ law 1: nothing in {lang}" in faults(law=[{**SHARES, lang: " "}])


def test_it_refuses_a_number_that_is_no_rule_of_the_law() -> None:
    assert "ru writes a number" in faults(law=[{**SHARES, "ru": "{share_1} за 3 года"}])


def test_it_refuses_a_gap_that_its_rules_do_not_fill() -> None:
    given = {**SHARES, **dict.fromkeys(("en", "az", "ru", "tg"), "{until_age}")}
    assert "no rule of it gives until_age" in faults(law=[given])


def test_it_refuses_other_numbers_in_another_language() -> None:
    assert "tg has other numbers than English" in faults(law=[{**SHARES, "tg": "{share_2}"}])


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"law": [{**SHARES, "rules": ["tj.none"]}]}, "no rule is called tj.none"),
        ({"papers": ["no such paper"]}, "nothing shared is called no such paper"),
        ({"laws": []}, "no part is called laws"),
        ({"law": [{**SHARES, "uz": "x"}]}, "uz is no language"),
    ],
    ids=["rule", "shared", "part", "language"],
)
def test_it_refuses_what_it_does_not_know(parts: dict[str, object], said: str) -> None:
    assert said in faults(**parts)


def test_it_refuses_a_gap_in_the_numbers_of_addresses() -> None:
    files = copy.deepcopy(told(law=[SHARES]))
    files["made"]["number"] = 2  # type: ignore[index]
    with pytest.raises(DataError, match="numbered from 1"):
        read_matters(files, SHARED, load())


def test_it_says_when_its_texts_were_written() -> None:
    assert {head(f"rights/{each.code}.yml")["date"] for each in matters().values()} == {f"{WRITTEN}"}


def test_it_is_as_its_page_in_the_docs_shows() -> None:
    assert doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8").failed == 0


def test_it_says_in_four_languages_what_every_rule_says_that_pages_or_sheets_show():
    book = load()
    shown_to_all = {
        rule
        for each in matters().values()
        for guide in each.guides.values()
        for saying in guide.sayings
        for rule in saying.rules
    }
    in_sheets = {rule for rules in book.roles.values() for rule in rules if rule.certainty is not Certainty.C}
    silent = [(rule.id, lang) for rule in shown_to_all | in_sheets for lang in LANGS if not rule.told(lang)]
    assert silent == []


def test_it_says_the_same_numbers_in_every_language():
    def numbers(text: str) -> list[str]:
        return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[,.\s\N{NO-BREAK SPACE}](?=\d)", "", text)))

    rules = [rule for rule in load().rules.values() if rule.meanings]
    other = [
        (rule.id, lang)
        for rule in rules
        for lang in ("tg", "az", "ru")
        if numbers(rule.told(lang)) != numbers(rule.says)
    ]
    assert other == []
