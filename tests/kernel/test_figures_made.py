"""Made profiles with faults planted in them: every fault is found, and nothing that a careful analyst would call false."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from hamroh.kernel.figures import Finding, examine, read_profile

MADE = Path(__file__).parent / "data" / "made"
NAMES = [each.stem for each in sorted(MADE.glob("*.yml"))]


@cache
def made(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((MADE / f"{name}.yml").read_text(encoding="utf-8"))
    return content


@cache
def findings(name: str) -> tuple[Finding, ...]:
    return tuple(
        examine(read_profile({key: said for key, said in made(name).items() if key not in ("planted", "fair")}))
    )


def planted() -> list[tuple[str, str, str]]:
    return [(name, rule, where) for name in NAMES for rule, where in made(name)["planted"]]


@pytest.mark.parametrize(("name", "rule", "where"), planted())
def test_it_finds_what_was_planted(name: str, rule: str, where: str) -> None:
    assert [each for each in findings(name) if each.rule == rule and where in each.where]


@pytest.mark.parametrize("name", NAMES)
def test_it_finds_nothing_that_is_right(name: str) -> None:
    known = [tuple(each) for each in made(name)["planted"] + made(name)["fair"]]
    beside = [each for each in findings(name) if not any((each.rule, where) in known for where in each.where)]
    assert [(each.rule, each.where) for each in beside] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "az", "ru", "tg"])
def test_it_says_each_in_every_language(name: str, lang: str) -> None:
    assert all(each.said(lang) and "{" not in each.said(lang) for each in findings(name))
