"""What may be asked of the state where the breadwinner is gone: only what a rule of the packs says, with the office that decides.

Read from ``data/matters/supports.csv``. A support whose rules nobody has seen is a fault of the file: it would promise what no
source says.
"""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hamroh.kernel.datafiles import DataError, rows
from hamroh.kernel.law import Audience, Book, Certainty, Rule, load, shown
from hamroh.kernel.law.rules import LANGS
from hamroh.kernel.matters import Term, papers, terms

FILE = "matters/supports.csv"


@dataclass(frozen=True, eq=False)
class Support:
    """One support. ``answer`` is the term of the office's answer, None where no rule sets one; ``says`` and ``office`` by language."""

    code: str
    state: str
    rules: tuple[Rule, ...]
    papers: tuple[str, ...]
    answer: Term | None
    says: Mapping[str, str]
    office: Mapping[str, str]

    def holds(self, on: dt.date) -> bool:
        """Whether all its rules may be relied on before others on a day."""
        return all(shown(rule, Audience.DOCUMENT, on).allowed for rule in self.rules)

    def by(self, book: Book) -> "Support":
        """The same on the rules of another book."""
        answer = terms(book)[self.answer.code] if self.answer else None
        return replace(self, rules=tuple(book.rules[rule.id] for rule in self.rules), answer=answer)


def supports(book: Book | None = None) -> Mapping[str, Support]:
    """All supports by code on the rules of a book, without one on the packs alone; DataError lists each fault."""
    return _supports() if book is None else {code: support.by(book) for code, support in _supports().items()}


@functools.cache
def _supports() -> Mapping[str, Support]:
    return read_supports(rows(FILE))


def of(state: str, on: dt.date, book: Book | None = None) -> list[Support]:
    """What may be asked of a state on a day."""
    return [each for each in supports(book).values() if each.state == state and each.holds(on)]


def read_supports(lines: Iterable[Mapping[str, str]]) -> Mapping[str, Support]:
    """Supports from the rows of their table; DataError lists each fault by code."""
    found: dict[str, Support] = {}
    faults: list[str] = []
    for row in lines:
        if row["code"] in found:
            faults.append(f"{row['code']}: stands twice")
        try:
            found[row["code"]] = _support(row)
        except KeyError as fault:
            faults.append(f"{row['code']}: {fault} is not there")
        except ValueError as fault:
            faults.append(f"{row['code']}: {fault}")
    if faults:
        raise DataError("\n".join(faults))
    return found


def _support(row: Mapping[str, str]) -> Support:
    law = tuple(load().rules[rule] for rule in row["rules"].split())
    if not law or any(rule.certainty is Certainty.C or rule.pack != row["state"].lower() for rule in law):
        raise ValueError(f"no rule of {row['state']} that somebody has seen stands behind it")
    wanted = tuple(row["papers"].split())
    if lacking := [paper for paper in wanted if paper not in papers()]:
        raise ValueError(f"no paper {', '.join(lacking)}")
    answer = terms()[row["answer"]] if row["answer"] else None
    return Support(row["code"], row["state"], law, wanted, answer, _said(row, ""), _said(row, "office_"))


def _said(row: Mapping[str, str], of_what: str) -> Mapping[str, str]:
    if empty := [lang for lang in LANGS if not row[of_what + lang]]:
        raise ValueError(f"no text in {', '.join(empty)}")
    return {lang: row[of_what + lang] for lang in LANGS}
