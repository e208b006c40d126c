"""Letters to courts and offices, put together from a template and facts: no clock, no network; every gap is told.

A template is a file of ``data/letters``. A paragraph that says what the law says stands only where a rule of the country's pack may be
printed, and then with act, article and the day of its text; where none may, it is left out and told as such.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from hamroh.kernel.datafiles import DATA, DataError, document
from hamroh.kernel.law import Audience, Book, Rule, shown

LANGS = ("tg", "az", "ru")
#: what stands where a fact is not known, to be filled in by hand
GAP = "_" * 16
_NAMED = re.compile(r"\{([a-z_.]+)\}")
#: what a letter calls the children together
CHILDREN = "children.names"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph by language. ``each`` names a list of which every entry has its own; ``when`` what must be known for it to stand;
    ``rules`` what it says of the law."""

    texts: Mapping[str, str]
    each: str = ""
    when: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True)
class Letter:
    """A template: for which matters it is meant (none: any), and in which languages it is written in each country."""

    code: str
    matters: tuple[str, ...]
    languages: Mapping[str, tuple[str, ...]]
    title: Mapping[str, str]
    head: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    asks: tuple[Paragraph, ...]

    def fits(self, matter: str, country: str) -> bool:
        return country in self.languages and (not self.matters or matter in self.matters)

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that it asks for, in the order of the text; those of a list's entries are left out."""
        texts = (text for each in (*self.head, *self.body, *self.asks) if not each.each for text in _texts(each))
        return tuple(dict.fromkeys(name for text in texts for name in _NAMED.findall(text)))


@dataclass(frozen=True)
class Written:
    """A letter in words. ``missing`` names the facts that stand as gaps, ``unseen`` the rules that may not be printed."""

    lang: str
    title: str
    head: Sequence[tuple[str, str]]
    body: Sequence[str]
    asks: Sequence[str]
    missing: tuple[str, ...]
    unseen: tuple[Rule, ...]


@dataclass
class _Filling:
    """Facts put into texts, and what was found missing on the way."""

    facts: Mapping[str, str]
    missing: dict[str, None] = field(default_factory=dict)

    def filled(self, text: str, more: Mapping[str, str] | None = None) -> str:
        return _NAMED.sub(lambda found: self._fact(found.group(1), more or {}), text)

    def _fact(self, name: str, more: Mapping[str, str]) -> str:
        value = more.get(name) or self.facts.get(name, "")
        if not value:
            self.missing[name] = None
        return value or GAP


def write(
    letter: Letter, *, country: str, lang: str, facts: Mapping[str, str], lists: Mapping[str, Sequence[Mapping[str, str]]],
    book: Book, on: dt.date,
) -> Written:  # fmt: skip
    """The letter in one of its languages; ValueError for another one.

    ``facts`` are texts by name, ``lists`` entries by list, each with facts of its own (``child.name``).
    """
    if lang not in letter.languages.get(country, ()):
        raise ValueError(f"{letter.code} is not written in {lang} for {country}")
    filling, unseen = _Filling(facts), dict[str, Rule]()

    def said(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
        for each in paragraphs:
            law, hidden = _law(each, country, book, on)
            unseen.update({rule.id: rule for rule in hidden})
            if all(facts.get(name) for name in each.when) and (law or not each.rules):
                yield from _one(each, lang, filling, lists, [rule.cited(lang) for rule in law])

    head = [(each.texts[lang], filling.filled(each.value)) for each in letter.head]
    body, asks = list(said(letter.body)), list(said(letter.asks))
    return Written(lang, letter.title[lang], head, body, asks, tuple(filling.missing), tuple(unseen.values()))


def _one(
    paragraph: Paragraph, lang: str, filling: _Filling, lists: Mapping[str, Sequence[Mapping[str, str]]], law: Sequence[str]
) -> Iterator[str]:  # fmt: skip
    text = paragraph.texts[lang]
    if paragraph.each:
        entries = lists.get(paragraph.each, ())
        if not entries:
            filling.missing[f"{paragraph.each}.names"] = None
        yield from (f"– {filling.filled(text, entry)}" for entry in entries)
        return
    cited = f" ({'; '.join(law)})" if law else ""
    yield filling.filled(text) + cited


def _law(paragraph: Paragraph, country: str, book: Book, on: dt.date) -> tuple[list[Rule], list[Rule]]:
    """The rules of the country's pack that may be printed, and those that may not."""
    rules = [book.rules[code] for code in paragraph.rules if code.startswith(f"{country.lower()}.")]
    allowed = [rule for rule in rules if shown(rule, Audience.DOCUMENT, on).allowed]
    return allowed, [rule for rule in rules if rule not in allowed]


def share_of(count: int, rule: Rule | None) -> str:
    """The share of his earnings that is due for so many children, as it is written: ``1/3``; empty where no rule says it."""
    if rule is None or count < 1:
        return ""
    value = rule.parameters.get(f"share_{count}" if count < 3 else "share_3plus")
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else ""


@functools.cache
def letters() -> Mapping[str, Letter]:
    """All templates by code; DataError says what one of them lacks."""
    return {path.stem: _letter(path.stem) for path in sorted((DATA / "letters").glob("*.yml"))}


def _letter(code: str) -> Letter:
    told = document(f"letters/{code}.yml")
    languages = {country: tuple(langs) for country, langs in told["languages"].items()}
    letter = Letter(
        code=code, matters=tuple(told["matters"]), languages=languages, title=told["title"],
        head=tuple(map(_paragraph, told["head"])), body=tuple(map(_paragraph, told["body"])),
        asks=tuple(map(_paragraph, told["asks"])),
    )  # fmt: skip
    spoken = {lang for langs in languages.values() for lang in langs}
    for each in (*letter.head, *letter.body, *letter.asks):
        if lacking := spoken - set(each.texts):
            raise DataError(f"letters/{code}.yml: {each.texts} lacks {', '.join(sorted(lacking))}")
    return letter


def _paragraph(told: Mapping[str, Any]) -> Paragraph:
    return Paragraph(
        texts={lang: str(told[lang]) for lang in LANGS if lang in told}, each=told.get("each", ""),
        when=tuple(told.get("when", ())), rules=tuple(told.get("rules", ())), value=told.get("value", ""),
    )  # fmt: skip


def _texts(paragraph: Paragraph) -> Iterator[str]:
    yield from paragraph.texts.values()
    yield paragraph.value
