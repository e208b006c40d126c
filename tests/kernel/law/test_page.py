"""The page about the law tells the truth: its examples run, and its tables are those of the packs."""

import doctest
import re

import pytest

from hamroh.kernel.datafiles import DATA
from hamroh.kernel.law import dates, load, money, switches
from hamroh.kernel.law.rules import Limit

PAGE = DATA.parents[2] / "docs" / "reference" / "law.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_it_has_examples_that_run():
    assert doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8").failed == 0


@pytest.mark.parametrize("module", [dates, money])
def test_it_has_true_examples_in_the_code(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("pack", "name"), [("tj", "Tajikistan"), ("az", "Azerbaijan"), ("ru", "Russia"), ("treaty", "treaties")]
)
def test_it_counts_the_rules_of_each_pack(pack, name):
    found = re.search(rf"^\| {name} \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", TEXT, re.MULTILINE)
    assert found
    rules = load().pack(pack)
    counts = [sum(rule.certainty == certainty for rule in rules) for certainty in "ABC"]
    assert list(map(int, found.groups())) == [*counts, len(rules)]


def test_it_names_every_column_limit_and_choice():
    head = next(
        line for line in (DATA / "law/tj.csv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    )
    values = [value for row in switches().values() for value in row]
    said = {word for code in re.findall(r"`([^`\n]+)`", TEXT) for word in code.split()}
    assert [each for each in (*head.split(","), *Limit, *switches(), *values) if each not in said] == []
