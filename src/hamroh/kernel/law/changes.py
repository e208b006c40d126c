"""Changes of rules beside the packs: what two people released becomes a text of its rule, from a day on or as a whole.

Pure: packs and changes go in, a book comes out. A change names the text that it was written against, so that two of them never mix.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hamroh.kernel.law.announced import Announced, clash
from hamroh.kernel.law.dates import DAY, PartialDate
from hamroh.kernel.law.packs import Book
from hamroh.kernel.law.parameters import UNKNOWN, Value, kinds, read_parameters
from hamroh.kernel.law.rules import LANGS, Certainty, Limit, Rule, Source
from hamroh.kernel.law.tables import check

#: what a change may say: columns of the pack, the source as text, and what the rule says in each language
COLUMNS = (
    "article", "from", "to", "text_as_of", "review", "certainty", "verified_by", "verified_on", "source_title",
    "source_address", "limits", "parameters", "says", *(f"says_{lang}" for lang in LANGS if lang != "en"), "quote", "doubt",
)  # fmt: skip
#: kinds of parameters that a change may set; codes are read by the engine and change with it
NUMBERS = frozenset({"share", "percent", "amount", "number", "range", "date", "partial", "dates", "flag"})
#: nobody wrote longer words about one rule
LONGEST = 2000


class Unfit(ValueError):
    """A change that cannot be one; ``code`` says why in one word, for whoever puts it into a language."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(f"{code}: {detail}" if detail else code)


@dataclass(frozen=True)
class Change:
    """A change of one rule: the columns that differ, as a pack writes them.

    ``base`` is the edition of the text it was written against. With ``since`` the law itself changed: the text before it ends on
    the day before. Without it, the text was read anew and is replaced as a whole.
    """

    code: str
    rule: str
    values: Mapping[str, str]
    base: str = ""
    since: dt.date | None = None


def changed(book: Book, changes: Iterable[Change], announced: Iterable[Announced], on: dt.date) -> Book:
    """The book with these changes, each after those it was written against, as it reads on a day; Unfit where one cannot stand."""
    versions: dict[str, tuple[Rule, ...]] = {}
    edition, told = book.edition, book.announced
    for decision in announced:
        if found := clash(told, decision):
            raise Unfit("announced_already", found)
        told = (*told, decision)
    for change in changes:
        texts = versions.get(change.rule) or texts_of(book, change.rule)
        versions[change.rule] = _with(texts, change)
        edition = change.code
    whole = replace(book, versions={**book.versions, **versions}, announced=told, edition=edition)
    rules = {**book.rules, **{rule: whole.on(rule, on) for rule in versions}}
    roles = {key: _once(versions, found) for key, found in book.roles.items()}
    return replace(whole, rules=rules, roles=roles)


def _once(versions: Mapping[str, tuple[Rule, ...]], rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules of a role with all their texts, each once."""
    return tuple(dict.fromkeys(text for rule in rules for text in versions.get(rule.id, (rule,))))


def texts_of(book: Book, rule: str) -> tuple[Rule, ...]:
    """The texts of a rule; Unfit where there is no such rule."""
    if rule not in book.rules:
        raise Unfit("no_rule", rule)
    return book.texts(rule)


def _with(texts: tuple[Rule, ...], change: Change) -> tuple[Rule, ...]:
    """The texts of a rule with one change."""
    place = next((place for place, text in enumerate(texts) if text.edition == change.base), None)
    if place is None:
        raise Unfit("written_against_another_text", change.base)
    if change.since and place != len(texts) - 1:
        raise Unfit("a_later_text_is_there", change.base)
    new = text_of(texts[place], change)
    if change.since:
        return (*texts[:place], ended(texts[place], change.since), new)
    _keep_order(texts, place, new)
    return (*texts[:place], new, *texts[place + 1 :])


def _keep_order(texts: tuple[Rule, ...], place: int, new: Rule) -> None:
    """A corrected text stays between its neighbours; Unfit where it would hold for the same days as one of them."""
    before, after = texts[:place], texts[place + 1 :]
    if before and new.since != texts[place].since:
        raise Unfit("same_days", str(before[-1].until))
    if after and (new.until is None or new.until.last >= _begins(after[0])):
        raise Unfit("same_days", str(after[0].since))


def _begins(text: Rule) -> dt.date:
    return text.since.first if text.since else dt.date.min


def ended(rule: Rule, since: dt.date) -> Rule:
    """A text that another one follows from a day on; Unfit where it begins on that day or later."""
    if rule.since and rule.since.last >= since:
        raise Unfit("begins_before_it", str(rule.since))
    if rule.until and rule.until.last < since:
        return rule
    return replace(rule, until=PartialDate.of((since - DAY).isoformat()))


def text_of(rule: Rule, change: Change) -> Rule:
    """The text of a rule after a change; Unfit says what is wrong with it."""
    if unknown := change.values.keys() - set(COLUMNS):
        raise Unfit("no_column", ", ".join(sorted(unknown)))
    if wide := [name for name, value in change.values.items() if len(value) > LONGEST]:
        raise Unfit("too_long", wide[0])
    row = {**as_row(rule), **change.values}
    if change.since:
        row["from"] = change.since.isoformat()
    if row == as_row(rule):
        raise Unfit("nothing_differs")
    try:
        new = _read(rule, row, change.code)
        check(new)
    except ValueError as fault:
        raise Unfit("unreadable", str(fault)) from fault
    _numbers(rule, new)
    _raised(rule, new)
    return new


def as_row(rule: Rule) -> dict[str, str]:
    """A rule as the columns that a change may say."""
    return {
        "article": rule.article, "from": str(rule.since or ""), "to": str(rule.until or ""),
        "text_as_of": str(rule.text_as_of or ""), "review": rule.review.isoformat(), "certainty": str(rule.certainty),
        "verified_by": rule.verified_by, "verified_on": rule.verified_on.isoformat() if rule.verified_on else "",
        "source_title": rule.source.title if rule.source else "",
        "source_address": rule.source.address if rule.source else "",
        "limits": " ".join(sorted(rule.limits)), "parameters": cell_of(rule.parameters), "says": rule.says,
        **{f"says_{lang}": rule.meanings.get(lang, "") for lang in LANGS if lang != "en"},
        "quote": rule.quote, "doubt": rule.doubt,
    }  # fmt: skip


def cell_of(parameters: Mapping[str, Value]) -> str:
    """Parameters as a pack writes them: ``share_1=1/4; share_2=?``."""
    return "; ".join(f"{name}={value_text(value)}" for name, value in parameters.items())


def value_text(value: Value) -> str:
    """One value as a pack writes it."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return " ".join(f"{state}:{day}" for state, day in value.items())
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _read(rule: Rule, row: Mapping[str, str], edition: str) -> Rule:
    return replace(
        rule, article=row["article"], since=_partial(row["from"]), until=_partial(row["to"]),
        text_as_of=_partial(row["text_as_of"]), review=dt.date.fromisoformat(row["review"]),
        certainty=Certainty(row["certainty"]), verified_by=row["verified_by"],
        verified_on=dt.date.fromisoformat(row["verified_on"]) if row["verified_on"] else None,
        source=_source(rule, row), limits=frozenset(map(Limit, row["limits"].split())),
        parameters=read_parameters(row["parameters"]), says=row["says"],
        meanings={lang: row[f"says_{lang}"] for lang in LANGS if lang != "en" and row[f"says_{lang}"]},
        quote=row["quote"], doubt=row["doubt"], edition=edition,
    )  # fmt: skip


def _source(rule: Rule, row: Mapping[str, str]) -> Source | None:
    title, address = row["source_title"], row["source_address"]
    if not title:
        if address:
            raise ValueError("an address without a title is no source")
        return None
    if rule.source and (title, address) == (rule.source.title, rule.source.address):
        return rule.source
    return Source("", title, address)


def _partial(text: str) -> PartialDate | None:
    return PartialDate.of(text) if text else None


def _numbers(rule: Rule, new: Rule) -> None:
    """A change sets numbers of the rule; it takes none away, adds none and changes no code."""
    if new.parameters.keys() != rule.parameters.keys():
        raise Unfit("other_parameters", ", ".join(sorted(new.parameters.keys() ^ rule.parameters.keys())))
    for name, value in new.parameters.items():
        if value != rule.parameters[name] and kinds()[name].type not in NUMBERS:
            raise Unfit("a_code", name)


def _raised(rule: Rule, new: Rule) -> None:
    """What is said more firmly than before, or otherwise, needs a source and the lawyer who compared it with that."""
    needed = is_firmer(rule, new) or (new.certainty is not Certainty.C and says_otherwise(rule, new))
    if needed and not (new.source and new.verified_by and new.verified_on):
        raise Unfit("needs_a_name")


def is_firmer(rule: Rule, new: Rule) -> bool:
    """Whether a text is more certain than the one before it, or less limited."""
    return new.certainty < rule.certainty or bool(rule.limits - new.limits)


def says_otherwise(rule: Rule, new: Rule) -> bool:
    """Whether a text gives other numbers than the one before it, other days or another article."""
    return any(
        getattr(rule, name) != getattr(new, name) for name in ("parameters", "since", "until", "article", "quote")
    )
