"""What a page for everybody says of her rights: sayings in four languages, each on rules that somebody has seen.

The texts stand in `data/rights`, one file a matter and `shared.yml` with what several matters say. A number is never written
into a text: it comes from the rule that the saying stands on.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from hamroh.kernel.datafiles import DATA, DataError, document
from hamroh.kernel.law import Audience, Book, Rule, load, shown
from hamroh.kernel.law.rules import LANGS

#: states whose law the pages tell
STATES = ("TJ", "AZ")
#: parts that say what the law says: nothing stands in them without a rule
CLAIMS = ("law", "limits")
_PARTS = (*CLAIMS, "steps", "papers", "ask", "owed")
_SHARED = ("steps", "papers", "ask")
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Saying:
    """A sentence by language and the rules that it stands on; advice that claims nothing has none."""

    texts: Mapping[str, str]
    rules: tuple[Rule, ...] = ()

    def said(self, lang: str) -> str:
        """The sentence with the numbers of its rules as the language writes them: ``1/4`` for a share, ``2,000–4,000`` for two bounds."""
        return _HOLE.sub(lambda hole: _said(_value(self.rules, hole[1]), lang), self.texts[lang])

    def holds(self, on: dt.date) -> bool:
        """Whether everything it stands on may be shown to everybody on a day, and gives every number that it says."""
        known = all(_value(self.rules, name) is not None for name in _HOLE.findall(self.texts["en"]))
        return known and all(shown(rule, Audience.PUBLIC, on).allowed for rule in self.rules)

    def by(self, book: Book) -> "Saying":
        """The same on the rules of another book."""
        return replace(self, rules=tuple(book.rules[rule.id] for rule in self.rules)) if self.rules else self


@dataclass(frozen=True)
class Guide:
    """What one state's law gives her in a matter: what it says, what to do, times and costs, papers, what only a lawyer can answer.

    ``owed`` are the sayings that stand beside a sum that was worked out, by what they are about.
    """

    law: tuple[Saying, ...] = ()
    steps: tuple[Saying, ...] = ()
    limits: tuple[Saying, ...] = ()
    papers: tuple[Saying, ...] = ()
    ask: tuple[Saying, ...] = ()
    owed: Mapping[str, Saying] = field(default_factory=dict)

    def on(self, day: dt.date) -> "Guide":
        """What of it may be said to everybody on a day: a rule that ended, or was doubted since, takes its saying along."""
        kept = {
            part: tuple(saying for saying in getattr(self, part) if saying.holds(day)) for part in (*CLAIMS, "steps")
        }
        return replace(self, **kept, owed={about: saying for about, saying in self.owed.items() if saying.holds(day)})

    def by(self, book: Book) -> "Guide":
        """The same on the rules of another book."""
        told = {part: tuple(saying.by(book) for saying in getattr(self, part)) for part in _PARTS if part != "owed"}
        return replace(self, **told, owed={about: saying.by(book) for about, saying in self.owed.items()})

    @property
    def sayings(self) -> Iterator[Saying]:
        yield from (*self.law, *self.steps, *self.limits, *self.papers, *self.ask, *self.owed.values())


@dataclass(frozen=True)
class Matter:
    """A matter: the number that addresses carry, its code, the need of the help finder, her own words for it, a guide a state."""

    number: int
    code: str
    need: int
    titles: Mapping[str, str]
    guides: Mapping[str, Guide]


def matters(book: Book | None = None) -> Mapping[int, Matter]:
    """The matters of the package by number, on the rules of a book, without one on the packs alone; DataError lists each fault."""
    return _matters() if book is None else _by(book)


@functools.lru_cache(maxsize=4)
def _by(book: Book) -> Mapping[int, Matter]:
    return {
        number: replace(matter, guides={state: guide.by(book) for state, guide in matter.guides.items()})
        for number, matter in _matters().items()
    }


@functools.cache
def _matters() -> Mapping[int, Matter]:
    names = sorted(path.stem for path in (DATA / "rights").glob("*.yml") if path.stem != "shared")
    return read_matters({name: document(f"rights/{name}.yml") for name in names}, document("rights/shared.yml"), load())


def read_matters(files: Mapping[str, Mapping[str, Any]], shared: Mapping[str, Any], book: Book) -> Mapping[int, Matter]:
    """The matters of files by their names; DataError lists each fault by file and part."""
    reader = _Reader(book)
    reader.shared = {
        part: {name: reader.saying(f"shared {part} {name}", row) for name, row in (shared.get(part) or {}).items()}
        for part in _SHARED
    }
    found = sorted((reader.matter(name, row) for name, row in files.items()), key=lambda each: each.number)
    if [each.number for each in found] != list(range(1, len(found) + 1)):
        reader.faults.append("the matters are not numbered from 1 without a gap")
    if reader.faults:
        raise DataError("\n".join(reader.faults))
    return {each.number: each for each in found}


class _Reader:
    """Reads files and keeps each fault with the place where it stands."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.faults: list[str] = []
        self.shared: Mapping[str, Mapping[str, Saying]] = {}

    def matter(self, name: str, row: Mapping[str, Any]) -> Matter:
        guides = {state: self.guide(f"{name} {state}", row.get(state) or {}) for state in STATES}
        if row.get("matter") != name:
            self.faults.append(f"{name}: the file is called otherwise than its matter, {row.get('matter')}")
        titles = self.saying(f"{name} title", row.get("title") or {}).texts
        return Matter(int(row.get("number", 0)), name, int(row.get("need", 0)), titles, guides)

    def guide(self, where: str, row: Mapping[str, Any]) -> Guide:
        if unknown := row.keys() - set(_PARTS):
            self.faults.append(f"{where}: no part is called {', '.join(sorted(unknown))}")
        lists = {part: tuple(self.listed(where, part, row.get(part) or ())) for part in _PARTS if part != "owed"}
        owed = {about: self.claim(f"{where} {about}", each) for about, each in (row.get("owed") or {}).items()}
        return Guide(**lists, owed=owed)

    def listed(self, where: str, part: str, rows: Iterable[Any]) -> Iterator[Saying]:
        """Sayings of a part: rows of their own, or names of what several matters say."""
        for number, row in enumerate(rows, 1):
            place = f"{where} {part} {number}"
            if part in CLAIMS:
                yield self.claim(place, row)
            elif isinstance(row, Mapping):
                yield self.saying(place, row)
            elif row in self.shared.get(part, {}):
                yield self.shared[part][row]
            else:
                self.faults.append(f"{place}: nothing shared is called {row}")

    def claim(self, where: str, row: Mapping[str, Any]) -> Saying:
        saying = self.saying(where, row)
        if not saying.rules:
            self.faults.append(f"{where}: it names no rule that it stands on")
        return saying

    def saying(self, where: str, row: Mapping[str, Any]) -> Saying:
        texts = {lang: str(row.get(lang) or "").strip() for lang in LANGS}
        rules = tuple(filter(None, (self.rule(where, each) for each in row.get("rules") or ())))
        self.faults += [f"{where}: {fault}" for fault in _faults(texts, rules)]
        if unknown := row.keys() - {*LANGS, "rules"}:
            self.faults.append(f"{where}: {', '.join(sorted(unknown))} is no language")
        return Saying(texts, rules)

    def rule(self, where: str, name: str) -> Rule | None:
        if name not in self.book.rules:
            self.faults.append(f"{where}: no rule is called {name}")
        return self.book.rules.get(name)


def _faults(texts: Mapping[str, str], rules: tuple[Rule, ...]) -> Iterator[str]:
    """What is wrong with a saying: a language without words, a number of its own, a hole that its rules do not fill."""
    holes = {lang: sorted(_HOLE.findall(text)) for lang, text in texts.items()}
    for lang, text in texts.items():
        if not text:
            yield f"nothing in {lang}"
        if re.search(r"\d", _HOLE.sub("", text)):
            yield f"{lang} writes a number; it must come from a rule"
        if holes[lang] != holes["en"]:
            yield f"{lang} has other numbers than English"
    yield from (f"no rule of it gives {name}" for name in dict.fromkeys(holes["en"]) if _value(rules, name) is None)


def _value(rules: Iterable[Rule], name: str) -> Any:
    return next((rule.parameters[name] for rule in rules if rule.knows(name)), None)


def _said(value: Any, lang: str) -> str:
    if isinstance(value, tuple):
        return "–".join(_said(each, lang) for each in value)
    if not isinstance(value, int | Decimal):
        return str(value)
    plain = f"{value:,}"
    return plain if lang == "en" else plain.translate({ord(","): "\N{NO-BREAK SPACE}", ord("."): ","})
