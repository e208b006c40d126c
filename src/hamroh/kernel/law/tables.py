"""Reading the tables of law line by line: what is wrong in a line is kept with its number, so that a pack is mended in one go."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from hamroh.kernel.law.dates import PartialDate
from hamroh.kernel.law.parameters import read_parameters
from hamroh.kernel.law.rules import LANGS, Act, Certainty, Limit, Rule, Source

T = TypeVar("T")
Row = dict[str, str]


@dataclass
class Faults:
    """What is wrong in the tables, as ``az line 7: ...``."""

    found: list[str] = field(default_factory=list)

    def add(self, table: str, line: int, what: str) -> None:
        self.found.append(f"{table} line {line}: {what}" if line else f"{table}: {what}")


def lines(text: str) -> Iterator[tuple[int, Row]]:
    """The rows of a table with the numbers of their lines; what is no whole row comes without cells."""
    numbered = [(number, line) for number, line in enumerate(text.splitlines(), 1) if not line.startswith("#")]
    reader = csv.DictReader((line for _number, line in numbered), strict=True)
    try:
        for row in reader:
            whole = None not in row and None not in row.values()
            yield numbered[reader.line_num - 1][0], {key: value.strip() for key, value in row.items()} if whole else {}
    except csv.Error:  # a quotation mark that is not closed takes the rest of the table with it
        yield numbered[reader.line_num - 1][0], {}


def keyed(table: str, text: str, read: Callable[[Row], T], faults: Faults) -> dict[str, T]:
    """The rows of a table as read, by their first cell; what cannot be read is a fault."""
    found: dict[str, T] = {}
    for number, row in lines(text):
        key = next(iter(row.values()), "")
        try:
            read_row = read(row) if row else None
        except KeyError as fault:
            faults.add(table, number, f"the column {fault} is not there")
            continue
        except ValueError as fault:
            faults.add(table, number, str(fault))
            continue
        if read_row is None:
            faults.add(table, number, "no whole row: too few or too many cells, or a quotation mark that is not closed")
        elif key in found:
            faults.add(table, number, f"{key} stands twice")
        else:
            found[key] = read_row
    return found


def read_titles(row: Row) -> dict[str, str]:
    """A text in each language of the house; ValueError where one is empty."""
    if empty := [lang for lang in LANGS if not row[lang]]:
        raise ValueError(f"no text in {', '.join(empty)}")
    return {lang: row[lang] for lang in LANGS}


def read_meanings(row: Row) -> dict[str, str]:
    """What a rule says in the languages besides English, as far as somebody wrote it."""
    return {lang: row[lang] for lang in LANGS if lang != "en" and row[lang]}


def read_act(row: Row) -> Act:
    return Act(row["code"], row["number"], _partial(row, "date"), read_titles(row))


def read_source(row: Row) -> Source:
    if not row["title"]:
        raise ValueError("a source needs a title")
    return Source(row["code"], row["title"], row["address"])


@dataclass(frozen=True)
class Shelf:
    """What a rule refers to."""

    acts: Mapping[str, Act]
    sources: Mapping[str, Source]
    names: Mapping[str, Mapping[str, str]]
    meanings: Mapping[str, Mapping[str, str]]
    matters: Mapping[str, Mapping[str, str]]

    def rule(self, pack: str, row: Row) -> Rule:
        """A rule from a row of its pack; ValueError says what is wrong."""
        if not row["id"].startswith(f"{pack}."):
            raise ValueError(f"the id {row['id']!r} does not begin with {pack}.")
        if row["matter"] not in self.matters:
            raise ValueError(f"the matter {row['matter']!r} is not in matters.csv")
        rule = Rule(
            id=row["id"],
            pack=pack,
            matter=row["matter"],
            act=_there(self.acts, row["act"], "acts.csv"),
            article=row["article"],
            since=_partial(row, "from"),
            until=_partial(row, "to"),
            text_as_of=_partial(row, "text_as_of"),
            review=_day(row, "review"),
            certainty=Certainty(row["certainty"]),
            verified_by=row["verified_by"],
            verified_on=_day(row, "verified_on") if row["verified_on"] else None,
            source=_there(self.sources, row["source"], "sources.csv") if row["source"] else None,
            limits=frozenset(map(Limit, row["limits"].split())),
            parameters=read_parameters(row["parameters"]),
            says=row["says"],
            words=_words(row["words"]),
            quote=row["quote"],
            doubt=row["doubt"],
            names=_there(self.names, row["id"], "names.csv"),
            meanings=self.meanings.get(row["id"], {}),
        )
        check(rule)
        return rule


def check(rule: Rule) -> None:
    """What no rule may be; ValueError says which."""
    if rule.since and rule.until and rule.until.last < rule.since.first:
        raise ValueError(f"it ends on {rule.until}, before it begins on {rule.since}")
    if rule.certainty is not Certainty.C and rule.source is None:
        raise ValueError(f"certainty {rule.certainty} needs a source: what nobody saw is C")
    if bool(rule.verified_by) != bool(rule.verified_on):
        raise ValueError("who verified it and the day stand together or not at all")
    if rule.quote and rule.certainty is not Certainty.A:
        raise ValueError("the words of an act stand only where its text was seen (A)")
    if Limit.OURS in rule.limits and rule.certainty is not Certainty.C:
        raise ValueError("what no act says is C")
    if not rule.says:
        raise ValueError("it says nothing")


def _there(shelf: Mapping[str, T], code: str, table: str) -> T:
    if code not in shelf:
        raise ValueError(f"{code!r} is not in {table}")
    return shelf[code]


def _partial(row: Row, column: str) -> PartialDate | None:
    return PartialDate.of(row[column]) if row[column] else None


def _day(row: Row, column: str) -> dt.date:
    try:
        return dt.date.fromisoformat(row[column])
    except ValueError as fault:
        raise ValueError(f"{column}: {row[column]!r} is no day such as 2026-03-20") from fault


def _words(cell: str) -> dict[str, str]:
    """The act's own terms: ``az: nikah; ru: брак``."""
    pairs = (part.partition(":") for part in filter(None, cell.split(";")))
    return {lang.strip(): words.strip() for lang, _colon, words in pairs}
