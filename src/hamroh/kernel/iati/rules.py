"""The rule language of the standard: what each kind of rule asks of a part of a file, and which parts break it.

A rule set is the standard's own JSON, or ours. Parts are read through XPath, which the tree that is given must answer.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

#: what stands in a rule for the day of the check
_NOW = ("NOW", "TODAY")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?![\d])", re.ASCII)
#: paths of what must each carry the attribute that the whole does not
_MONEY = ("value", "forecast", "loan-status")
_EACH = {
    "lang": ("descendant::narrative", "@xml:lang"),
    "currency": (" | ".join(f"descendant::{name}" for name in _MONEY), "@currency"),
    "sector": ("transaction", "sector"),
    "recipient-country|recipient-region": ("transaction", "recipient-country | recipient-region"),
}


class Node(Protocol):
    """An element that answers XPath 1.0."""

    def xpath(self, expression: str, /) -> Any: ...


@dataclass(frozen=True)
class Known:
    """What a check knows beside the file: the moment, the registers that number organisations, organisations that report."""

    now: dt.datetime
    prefixes: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """One case of a rule: where it holds, what it asks, what it is called and how grave a breach is."""

    context: str
    kind: str
    case: Mapping[str, Any]
    id: str = ""
    severity: str = "error"
    words: str = ""


@dataclass(frozen=True)
class Breach:
    """A rule that a part of the file breaks; ``node`` is that part."""

    rule: Rule
    node: Node = field(compare=False)
    words: str = ""


class Unruly(ValueError):
    """A rule set that cannot be read: it is no rule set, or asks what nobody knows."""


def rules_of(ruleset: Any) -> list[Rule]:
    """The rules of a rule set in the form of the standard; raises Unruly."""
    if not isinstance(ruleset, Mapping):
        raise Unruly("a rule set is a mapping of paths to rules")
    try:
        return [
            _rule(context, kind, case)
            for context, kinds in ruleset.items()
            for kind, held in kinds.items()
            for case in held["cases"]
        ]
    except (AttributeError, KeyError, TypeError) as fault:
        raise Unruly(f"this is not the form of a rule set: {fault}") from None


def _rule(context: str, kind: str, case: Mapping[str, Any]) -> Rule:
    if kind != "loop" and kind not in _KINDS:
        raise Unruly(f"nobody knows rules of the kind {kind}")
    info = case.get("ruleInfo") or {}
    return Rule(context, kind, case, info.get("id", ""), info.get("severity", "error"), info.get("message", ""))


def breaches(rules: Sequence[Rule], tree: Node, known: Known) -> Iterator[Breach]:
    """Every part of the tree that breaks a rule, rule after rule."""
    for rule in rules:
        for node in tree.xpath(rule.context):
            for each in _unrolled(rule, node):
                if verdict(each, node, known) is False:
                    yield Breach(each, node, each.words)


def _unrolled(rule: Rule, node: Node) -> Iterator[Rule]:
    """A loop becomes its rules, one for each value that it goes over."""
    if rule.kind != "loop":
        yield rule
        return
    for value in dict.fromkeys(_text(each) for each in node.xpath(rule.case["foreach"])):
        if "'" in value or '"' in value:
            continue  # no code holds one, and it would leave the text of the path
        for kind, held in rule.case["do"].items():
            for case in held["cases"]:
                named = {name: _put(case[name], value) for name in rule.case["subs"] if name in case}
                yield _rule(rule.context, kind, {**case, **named})


def _put(template: Any, value: str) -> Any:
    return [_put(each, value) for each in template] if isinstance(template, list) else template.replace("$1", value)


def verdict(rule: Rule, node: Node, known: Known) -> bool | None:
    """Whether a part keeps a rule; None where the rule does not apply to it."""
    case = rule.case
    if "condition" in case and not _true(node, case["condition"]):
        return None
    if "idCondition" in case and not _unlisted(case, node, known):
        return None
    return _KINDS[rule.kind](case, node, known)


def _unlisted(case: Mapping[str, Any], node: Node, known: Known) -> bool:
    """Whether no identifier is one of an organisation that reports already, which keeps the form it was given."""
    texts = _texts(case, node)
    if case["idCondition"] == "NOT_EXISTING_ORG_ID_PREFIX":
        return not any(text.startswith(f"{each}-") for text in texts for each in known.organisations)
    return not any(text in known.organisations for text in texts)


def _true(node: Node, expression: str) -> bool:
    return bool(node.xpath(f"boolean({expression})"))


def _text(found: Any) -> str:
    """The text of an attribute, or all that is written within an element."""
    return str(found) if isinstance(found, str) else "".join(found.itertext())


def _found(case: Mapping[str, Any], node: Node) -> list[Any]:
    return [each for path in case["paths"] for each in node.xpath(path)]


def _texts(case: Mapping[str, Any], node: Node) -> list[str]:
    return [_text(each) for each in _found(case, node)]


def _number(text: str) -> Decimal | None:
    """A finite number; None for anything else, which is no number whatever it compares to."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _day(text: str) -> dt.date | None:
    found = _DAY.match(text.strip())
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _days(path: str, node: Node, known: Known) -> list[dt.date]:
    if path in _NOW:
        return [known.now.date()]
    return [day for each in node.xpath(path) if (day := _day(_text(each)))]


# -- the kinds, by the names that rule sets give them ---------------------------------------------------------------------


def _no_more_than_one(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    return len(_found(case, node)) <= 1


def _atleast_one(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    return bool(_found(case, node))


def _only_one_of(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    """None beside what excludes them, exactly one otherwise."""
    excluded = any(node.xpath(path) for path in case["excluded"])
    return len(_found(case, node)) == (0 if excluded else 1)


def _one_or_all(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    if node.xpath(case["one"]):
        return True
    held, mark = _EACH[case["all"]]
    return all(each.xpath(mark) for each in node.xpath(held))


def _dependent(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    there = [bool(node.xpath(path)) for path in case["paths"]]
    return all(there) or not any(there)


def _unique(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    texts = _texts(case, node)
    return len(texts) == len(set(texts))


def _strict_sum(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    numbers = [_number(text) for text in _texts(case, node)]
    if any(number is None for number in numbers):
        return False
    return round(sum(filter(None, numbers), Decimal(0)), 4) == Decimal(str(case["sum"]))


def _sum(case: Mapping[str, Any], node: Node, known: Known) -> bool:
    return not _found(case, node) or _strict_sum(case, node, known)


def _range(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    for text in _texts(case, node):
        number = _number(text)
        if number is None or not (
            Decimal(str(case.get("min", number))) <= number <= Decimal(str(case.get("max", number)))
        ):
            return False
    return True


def _date_order(case: Mapping[str, Any], node: Node, known: Known) -> bool | None:
    less, more = _days(case["less"], node, known), _days(case["more"], node, known)
    return max(less) <= min(more) if less and more else None


def _date_now(case: Mapping[str, Any], node: Node, known: Known) -> bool | None:
    moments = [moment for each in node.xpath(case["date"]) if (moment := _moment(_text(each)))]
    return max(moments) <= known.now if moments else None


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _time_limit(case: Mapping[str, Any], node: Node, known: Known) -> bool | None:
    """At most a year: to the same day of the next one."""
    starts, ends = _days(case["start"], node, known), _days(case["end"], node, known)
    if not starts or not ends:
        return None
    return all(end <= _a_year_after(start) for start, end in zip(starts, ends, strict=False))


def _a_year_after(day: dt.date) -> dt.date:
    if day.year >= dt.MAXYEAR:
        return dt.date.max
    leap = (day.month, day.day) == (2, 29)
    return dt.date(day.year + 1, 3, 1) if leap else day.replace(year=day.year + 1)


def _between_dates(case: Mapping[str, Any], node: Node, known: Known) -> bool | None:
    days, starts, ends = (_days(case[name], node, known) for name in ("date", "start", "end"))
    return all(starts[0] <= day <= ends[0] for day in days) if days and starts and ends else None


def _regex(case: Mapping[str, Any], node: Node, *, wanted: bool) -> bool:
    pattern = re.compile(case["regex"])
    return all((pattern.search(text) is not None) == wanted for text in _texts(case, node) if text)


def _regex_matches(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    return _regex(case, node, wanted=True)


def _regex_no_matches(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    return _regex(case, node, wanted=False)


def _startswith(case: Mapping[str, Any], node: Node, known: Known) -> bool | None:
    paths = case.get("prefix") or [case["start"]]
    texts = _texts(case, node)
    if "ORG-ID-PREFIX" in paths:
        return all("-".join(text.split("-")[:2]) in known.prefixes for text in texts) if known.prefixes else None
    starts = [_text(each) + case.get("separator", "") for path in paths for each in node.xpath(path)]
    return all(text.startswith(tuple(starts)) for text in texts)


def _if_then(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    return not _true(node, case["if"]) or _true(node, case["then"])


def _evaluates_to_true(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    return _true(node, case["eval"])


def _no_percent(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    return not any("%" in text for text in _texts(case, node))


def _positive_decimal(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    return all((number := _number(text)) is not None and number > 0 for text in _texts(case, node))


def _no_spaces(case: Mapping[str, Any], node: Node, _known: Known) -> bool:
    return all(text == text.strip() for text in _texts(case, node))


Kind = Callable[[Mapping[str, Any], Node, Known], bool | None]
_KINDS: dict[str, Kind] = {
    "no_more_than_one": _no_more_than_one, "atleast_one": _atleast_one, "only_one_of": _only_one_of, "one_or_all": _one_or_all,
    "dependent": _dependent, "unique": _unique, "sum": _sum, "strict_sum": _strict_sum, "range": _range, "date_order": _date_order,
    "date_now": _date_now, "time_limit": _time_limit, "between_dates": _between_dates, "regex_matches": _regex_matches,
    "regex_no_matches": _regex_no_matches, "startswith": _startswith, "if_then": _if_then, "evaluates_to_true": _evaluates_to_true,
    "no_percent": _no_percent, "positive_decimal": _positive_decimal, "no_spaces": _no_spaces,
}  # fmt: skip
#: every kind of rule that is understood
KINDS = frozenset(_KINDS) | {"loop"}
