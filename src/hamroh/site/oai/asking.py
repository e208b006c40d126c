"""What a harvester asks, or the errors by which the protocol tells it what is wrong."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: verb -> arguments that it must have, that it may have, whether a token stands alone for all of them
_VERBS: dict[str, tuple[frozenset[str], frozenset[str], bool]] = {
    "Identify": (frozenset(), frozenset(), False),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"}), False),
    "ListSets": (frozenset(), frozenset(), True),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset(), False),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), True),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), True),
}
TOKEN = "resumptionToken"  # noqa: S105 - the name of an argument
LONGEST = 2000
_DAY, _SECOND = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_PREFIX = re.compile(r"[\w\-.!~*'()]+", re.ASCII)
_SET = re.compile(r"[\w\-.!~*'()]+(:[\w\-.!~*'()]+)*", re.ASCII)


class Unanswerable(ValueError):
    """The question has no answer; ``code`` is the protocol's, the message is for a person."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Asked:
    """One question; ``given`` are its arguments as they came."""

    verb: str
    given: Mapping[str, str]
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    @property
    def prefix(self) -> str:
        return self.given.get("metadataPrefix", "")

    @property
    def only_set(self) -> str:
        return self.given.get("set", "")

    @property
    def identifier(self) -> str:
        return self.given.get("identifier", "")

    @property
    def token(self) -> str:
        return self.given.get(TOKEN, "")


def asked(arguments: Iterable[tuple[str, list[str]]]) -> Asked:
    """The question in the arguments of a request; raises Unanswerable."""
    every = dict(arguments)
    verbs = every.pop("verb", [])
    if len(verbs) != 1 or verbs[0] not in _VERBS:
        raise Unanswerable("badVerb", f"The argument verb is one of {', '.join(_VERBS)}, once.")
    given = _single(every)
    _refuse_unknown(verbs[0], given)
    since, until = _moment(given.get("from"), last=False), _moment(given.get("until"), last=True)
    _refuse_span(given, since, until)
    if "metadataPrefix" in given and not _PREFIX.fullmatch(given["metadataPrefix"]):
        raise Unanswerable("badArgument", "The argument metadataPrefix is no name of a form.")
    if "set" in given and not _SET.fullmatch(given["set"]):
        raise Unanswerable("badArgument", "The argument set is no name of a set.")
    return Asked(verbs[0], given, since, until)


def _single(every: Mapping[str, list[str]]) -> dict[str, str]:
    for name, values in every.items():
        if len(values) != 1:
            raise Unanswerable("badArgument", f"The argument {name[:40]!r} is given more than once.")
        if len(values[0]) > LONGEST:
            raise Unanswerable("badArgument", f"The argument {name[:40]!r} is too long.")
    return {name: values[0] for name, values in every.items()}


def _refuse_unknown(verb: str, given: Mapping[str, str]) -> None:
    must, may, resumes = _VERBS[verb]
    if resumes and TOKEN in given:
        if len(given) > 1:
            raise Unanswerable("badArgument", f"{TOKEN} stands alone beside the verb.")
        return
    if unknown := sorted(set(given) - must - may):
        raise Unanswerable("badArgument", f"{verb} knows no argument {unknown[0][:40]!r}.")
    if lacking := sorted(must - set(given)):
        raise Unanswerable("badArgument", f"{verb} needs {' and '.join(lacking)}.")


def _moment(text: str | None, *, last: bool) -> dt.datetime | None:
    """The first moment of a stamp, or with ``last`` its last one: a day of the protocol is a whole day, a second a whole second."""
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            start = dt.datetime.combine(dt.date.fromisoformat(text), dt.time(), dt.UTC)
            return start + dt.timedelta(days=1, microseconds=-1) if last else start
        if _SECOND.fullmatch(text):
            start = dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
            return start + dt.timedelta(seconds=1, microseconds=-1) if last else start
    except (ValueError, OverflowError):
        pass
    raise Unanswerable("badArgument", "Stamps are written 2026-03-08 or 2026-03-08T09:30:00Z.")


def _refuse_span(given: Mapping[str, str], since: dt.datetime | None, until: dt.datetime | None) -> None:
    if since is None or until is None:
        return
    if len(given["from"]) != len(given["until"]):
        raise Unanswerable("badArgument", "from and until are written alike: both days, or both seconds.")
    if since > until:
        raise Unanswerable("badArgument", "from is later than until.")
