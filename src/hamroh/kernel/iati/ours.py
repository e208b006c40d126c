"""Our choice of the standard's rules: each in words of four languages, with the part of a project where it is put right."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from hamroh.kernel.datafiles import document
from hamroh.kernel.iati.rules import Known, Node, Rule, breaches

FILE = "iati/rules.yml"
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Told:
    """A rule as an editor meets it; ``says`` and ``do`` are ``{lang: text}``."""

    id: str
    clause: str
    severity: Severity
    part: str
    field: str
    says: Mapping[str, str]
    do: Mapping[str, str]


@functools.cache
def told_rules() -> Mapping[str, Told]:
    """Our rules by their id."""
    names = ("id", "clause", "severity", "part", "field", "says", "do")
    return {each["id"]: Told(**{name: each[name] for name in names}) for each in document(FILE)["rules"]}


@functools.cache
def our_rules() -> tuple[Rule, ...]:
    """The same rules as the evaluator takes them."""
    return tuple(
        Rule(each["at"], each["kind"], each["case"], each["id"], each["severity"], each["says"]["en"])
        for each in document(FILE)["rules"]
    )


def broken(tree: Node, known: Known) -> Iterator[tuple[Told, Node]]:
    """Which of our rules a file breaks, and with which part."""
    rules = told_rules()
    for breach in breaches(our_rules(), tree, known):
        yield rules[breach.rule.id], breach.node
