"""The packs: whole, readable by line, dated, and no more certain than what was read."""

import csv
import datetime as dt
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from hamroh.kernel import law
from hamroh.kernel.datafiles import DATA, DataError, rows
from hamroh.kernel.law import Certainty, InForce, Limit, Role, load, read_book, switches
from hamroh.kernel.law.dates import PartialDate
from hamroh.kernel.law.parameters import kinds, read_parameters
from hamroh.kernel.law.reasons import phrase
from kernel.law.people import day

BOOK = load()
LANGS = ("en", "tg", "az", "ru")
COUNTS = {
    "tj": {"A": 19, "B": 17, "C": 24},
    "az": {"A": 101, "B": 24, "C": 5},
    "ru": {"A": 8, "B": 7, "C": 6},
    "treaty": {"A": 22, "B": 7, "C": 11},
}


def tables(**changed: str) -> dict[str, str]:
    """The texts of the tables with the pack of Tajikistan alone, some of them changed: read in a tenth of the time."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (DATA / "law").glob("*.csv")}
    for pack in ("az", "ru", "treaty"):
        texts[pack] = "\n".join(line for line in texts[pack].splitlines() if not line.startswith(f"{pack}."))
    for table in ("names", "meanings"):
        kept = (line for line in texts[table].splitlines() if not line.startswith(("az.", "ru.", "treaty.")))
        texts[table] = "\n".join(kept)
    texts["roles"] = "\n".join(
        line for line in texts["roles"].splitlines() if ",AZ," not in line and ",RU," not in line
    )
    return texts | changed


def broken(pack: str, old: str, new: str) -> list[str]:
    """What the loader says of a pack with one text put in the place of another."""
    texts = tables()
    assert old in texts[pack]
    texts[pack] = texts[pack].replace(old, new, 1)
    with pytest.raises(DataError) as refused:
        read_book(texts)
    return str(refused.value).splitlines()


def line_of(pack: str, begins: str) -> int:
    return next(number for number, line in enumerate(tables()[pack].splitlines(), 1) if line.startswith(begins))


@pytest.mark.parametrize("pack", COUNTS)
def test_it_holds_each_pack_with_its_certainties(pack):
    assert Counter(rule.certainty for rule in BOOK.pack(pack)) == COUNTS[pack]


def test_it_lets_no_rule_become_more_certain_than_what_was_read():
    with (Path(__file__).parent / "certainties.csv").open(encoding="utf-8") as file:
        read = {
            row["id"]: row["certainty"] for row in csv.DictReader(line for line in file if not line.startswith("#"))
        }
    assert {rule.id: rule.certainty for rule in BOOK.rules.values()} == read
    assert len(read) == 251


def test_it_keeps_numbers_dates_and_doubts():
    shares, penalty = BOOK.rules["az.fc.76_1.shares"], BOOK.rules["ru.sk.115_2.penalty_01"]
    assert [shares.parameters[name] for name in ("share_1", "share_2", "share_3plus")] == [
        Fraction(1, 4), Fraction(1, 3), Fraction(1, 2),
    ]  # fmt: skip
    assert (penalty.parameters["rate_per_day_percent"], penalty.since.first) == (Decimal("0.1"), day("2018-08-10"))
    assert "prints no number" in BOOK.rules["az.fc.108_2.penalty"].doubt
    assert BOOK.rules["az.fc.76_1.shares"].text_as_of.text == "2023-05-30"


def test_it_names_each_rule_in_four_languages():
    assert [rule.id for rule in BOOK.rules.values() if not all(rule.names[lang] for lang in LANGS)] == []


def test_it_cites_act_article_and_version_in_the_reader_s_language():
    rule = BOOK.rules["az.fc.76_1.shares"]
    assert rule.cited("az") == "Azərbaycan Respublikasının Ailə Məcəlləsi, 76.1 (2023-05-30)"
    assert rule.cited("ru") == "Семейный кодекс Азербайджанской Республики, 76.1 (2023-05-30)"


def test_it_has_no_number_in_the_name_of_a_rule_that_nobody_saw():
    """A name is shown where the rule is not: it must not tell what is not certain."""
    unseen = [rule for rule in BOOK.rules.values() if rule.certainty is Certainty.C and rule.pack != "treaty"]
    assert [rule.id for rule in unseen if any(letter.isdigit() for letter in rule.names["en"])] == []


def test_it_quotes_only_what_was_seen():
    assert all(rule.certainty is Certainty.A for rule in BOOK.rules.values() if rule.quote)


def test_it_verified_nothing_yet():
    assert [rule.id for rule in BOOK.rules.values() if rule.verified_by] == []


def test_it_uses_every_parameter_that_it_declares():
    used = {name for rule in BOOK.rules.values() for name in rule.parameters}
    assert set(kinds()) - used == set()


def test_it_has_words_for_every_role_and_choice():
    assert [role for role in Role if not phrase(f"role/{role}")["tg"]] == []
    assert [
        key for key, values in switches().items() for row in values.values() if not all(row[lang] for lang in LANGS)
    ] == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",alimony_amount,", ",alimony,", "the matter 'alimony' is not in matters.csv"),
        ("tj.fc.1_3.registered_only", "az.fc.1_3.registered_only", "the id 'az.fc.1_3.registered_only' does not begin with tj."),
        (",tj.fc,1(3),", ",tj.family,1(3),", "'tj.family' is not in acts.csv"),
        (",2027-03-31,A,,,tj-01,", ",March 2027,A,,,tj-01,", "review: 'March 2027' is no day such as 2026-03-20"),
        (",2027-03-31,A,,,tj-01,", ",2027-03-31,D,,,tj-01,", "'D' is not a valid Certainty"),
        (",2027-03-31,A,,,tj-01,", ",2027-03-31,A,,,,", "certainty A needs a source: what nobody saw is C"),
        (",2027-03-31,A,,,tj-01,", ",2027-03-31,A,N. N.,,tj-01,", "who verified it and the day stand together or not at all"),
        (",2027-03-31,A,,,tj-01,", ",2027-03-31,B,,,tj-01,", "the words of an act stand only where its text was seen (A)"),
        (",2011-03-25,,2015-06,", ",2011-03-25,2010,2015-06,", "it ends on 2010, before it begins on 2011-03-25"),
        ("min_age_years=18", "min_age_years=eighteen", "parameter min_age_years: 'eighteen' is no number"),
        ("min_age_years=18", "age=18", "parameter 'age=18' is none of law/parameters.csv"),
        ("share_1=1/4", "share_1=5/4", "parameter share_1: '5/4' is no share"),
        ("share_1=1/4", "share_1=1/4; share_1=1/4", "parameter share_1 stands twice"),
    ],
)  # fmt: skip
def test_it_refuses_a_broken_rule_by_line_and_reason(old, new, says):
    (line, *_rest) = broken("tj", old, new)
    at = next(number for number, text in enumerate(tables()["tj"].splitlines(), 1) if old in text)
    assert line == f"tj line {at}: {says}"


def test_it_refuses_a_row_with_a_cell_too_many():
    assert broken("tj", "tj.fc.1_3.registered_only,", "tj.fc.1_3.registered_only,,")[0] == (
        f"tj line {line_of('tj', 'tj.fc.1_3.')}: no whole row: too few or too many cells, or a quotation mark that is not closed"
    )


def test_it_refuses_a_quotation_mark_that_is_not_closed():
    texts = tables()
    texts["tj"] += 'tj.fc.new,"not closed\n'
    with pytest.raises(DataError, match="no whole row"):
        read_book(texts)


def test_it_refuses_a_shelf_that_lacks_a_table():
    texts = tables()
    del texts["roles"]
    with pytest.raises(DataError, match="no table roles"):
        read_book(texts)


def test_it_refuses_a_rule_that_stands_twice():
    assert broken("tj", "tj.fc.10.registration", "tj.fc.1_3.registered_only")[0] == (
        f"tj line {line_of('tj', 'tj.fc.10.')}: tj.fc.1_3.registered_only stands twice"
    )


def test_it_refuses_a_role_whose_rule_cannot_serve_it():
    assert broken("roles", "shares,TJ,tj.fc.81.shares", "shares,TJ,tj.fc.80.duty") == [
        f"roles line {line_of('roles', 'shares,TJ')}: tj.fc.80.duty lacks share_1, share_2, share_3plus"
    ]


def test_it_says_all_that_is_wrong_at_once():
    text = tables()["tj"].replace("min_age_years=18", "min_age_years=x", 1).replace("share_1=1/4", "share_1=x", 1)
    with pytest.raises(DataError) as refused:
        read_book(tables(tj=text))
    assert [line.split(":")[0] for line in str(refused.value).splitlines()[:2]] == [
        f"tj line {line_of('tj', 'tj.fc.13_1.')}",
        f"tj line {line_of('tj', 'tj.fc.81.')}",
    ]


SOURCE = "".join(path.read_text(encoding="utf-8") for path in Path(law.__file__).parent.glob("*.py"))


def test_it_has_a_sentence_for_every_reason_it_gives():
    given = set(re.findall(r"""Reason\(\s*"([a-z_/]+)\"""", SOURCE))
    assert len(given) >= 30
    assert [each for each in given if not all(phrase(each)[lang] for lang in LANGS)] == []


def test_it_gives_every_reason_it_has_a_sentence_for():
    codes = {row["code"] for row in rows("law/reasons.csv") if not row["code"].startswith(("role/", "state/"))}
    assert [code for code in codes if f'"{code.split("/")[0]}' not in SOURCE] == []


def test_it_fills_the_same_words_into_a_sentence_in_each_language():
    slots = [{lang: sorted(re.findall(r"\{(\w+)\}", row[lang])) for lang in LANGS} for row in rows("law/reasons.csv")]
    assert [each for each in slots if len(set(map(tuple, each.values()))) > 1] == []


@pytest.mark.parametrize(
    ("rule", "on", "in_force"),
    [
        ("ru.sk.115_2.penalty_01", "2018-08-09", InForce.NO),
        ("ru.sk.115_2.penalty_01", "2018-08-10", InForce.YES),
        ("ru.sk.115_2.penalty_05", "2018-08-09", InForce.YES),
        ("ru.sk.115_2.penalty_05", "2018-08-10", InForce.NO),
        ("ru.sk.115_2.penalty_05", "2008-07-01", InForce.NOT_KNOWN),  # only the year is known
        ("ru.sk.115_2.penalty_05", "2007-12-31", InForce.NO),
        ("tj.duty.divorce", "2025-10-05", InForce.NOT_KNOWN),  # only the month is known
        ("tj.duty.divorce", "2025-10-31", InForce.YES),
        ("az.fc.10_2.age_lowering", "2024-06-01", InForce.NOT_KNOWN),
        ("az.fc.76_1.shares", "2026-01-01", InForce.YES),  # no day is stated
    ],
)
def test_it_knows_when_a_rule_is_in_force(rule, on, in_force):
    assert BOOK.rules[rule].in_force(day(on)) is in_force


def test_it_is_stale_from_the_day_after_its_review():
    rule = BOOK.rules["az.fc.76_1.shares"]
    assert (rule.stale(rule.review), rule.stale(rule.review + dt.timedelta(days=1))) == (False, True)


def test_it_reads_a_value_that_nobody_saw_as_none():
    assert read_parameters("rate_per_day_percent=?; per=day") == {"rate_per_day_percent": None, "per": "day"}


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-02-30", "2026-1", "March"])
def test_it_refuses_what_is_no_date(text):
    with pytest.raises(ValueError):
        PartialDate.of(text)


def test_it_marks_what_says_less_than_it_seems_to():
    limited = {limit: {rule.id for rule in BOOK.rules.values() if limit in rule.limits} for limit in Limit}
    assert limited[Limit.CONTRADICTED] == {"az.dv.short_order.2024", "az.dv.short_order.2025"}
    assert limited[Limit.REPEALED] == {"az.fc.17_3.removed", "az.crim.176.repealed"}
    assert limited[Limit.OURS] == {"az.partial_month", "az.fx", "tj.partial_month", "tj.fx"}
    assert len(limited[Limit.HEADING]) == 7
    assert limited[Limit.PAIR] == {"treaty.hague2007.az", "treaty.hague2007.kz"}
