"""How somebody may be reached without harm: her own rule, and whether one attempt keeps within it. No clock: the caller says when.

Where nothing is known, nothing goes out. What is not known of a rule counts as its most careful answer: a phone of which nobody asked
who answers it is a shared one.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

EVERY_DAY = frozenset(range(7))
#: nobody is called outside these hours, whatever was agreed
EARLIEST, LATEST = dt.time(6), dt.time(22)


class Body(IntEnum):
    """What the words of a message give away, the more the higher."""

    NOTHING = 0
    NEUTRAL = 1
    REFERENCE = 2
    COURT = 3
    MONEY = 4
    SENDER = 5


class Shares(StrEnum):
    """Who else answers, reads or holds what she is reached by."""

    NOBODY = "nobody"
    HUSBAND = "husband"
    IN_LAWS = "in_laws"
    CHILDREN = "children"
    OTHERS = "others"
    UNKNOWN = "unknown"


#: who must never learn what it is about
WATCHING = frozenset({Shares.HUSBAND, Shares.IN_LAWS, Shares.OTHERS, Shares.UNKNOWN})


class Refusal(StrEnum):
    """Why an attempt is not allowed."""

    NO_RULE = "no_rule"
    NOT_SAFE = "not_safe"
    LAPSED = "lapsed"
    DAY = "day"
    HOUR = "hour"
    BODY = "body"
    SHARED = "shared"
    SENDER = "sender"
    MESSAGE = "message"


#: what passes by itself: the same attempt is allowed later
PASSING = frozenset({Refusal.DAY, Refusal.HOUR})


@dataclass(frozen=True)
class Rule:
    """How she may be reached in one way, by her own word; ``days`` counts Monday as 0, ``first`` is allowed and ``last`` no more.

    ``most`` is the most that a message may give away where she reads alone, ``until`` the last day on which the rule counts.
    """

    way: str
    until: dt.date
    is_safe: bool = True
    is_current: bool = True
    shares: frozenset[Shares] = frozenset({Shares.UNKNOWN})
    days: frozenset[int] = EVERY_DAY
    first: dt.time = EARLIEST
    last: dt.time = LATEST
    most: Body = Body.NOTHING
    may_leave_message: bool = False

    @property
    def is_watched(self) -> bool:
        return not self.shares or bool(self.shares & WATCHING)


@dataclass(frozen=True)
class Attempt:
    """One call, message or visit at a moment of the clock where she is."""

    way: str
    at: dt.datetime
    body: Body = Body.NOTHING
    leaves_message: bool = False


@dataclass(frozen=True)
class Verdict:
    """Whether an attempt may be made by one rule, with every reason against it."""

    reasons: tuple[Refusal, ...] = ()
    rule: Rule | None = None

    @property
    def allowed(self) -> bool:
        return not self.reasons

    @property
    def passes(self) -> bool:
        """Only the hour or the day is against it."""
        return bool(self.reasons) and set(self.reasons) <= PASSING


def judge(rules: Iterable[Rule], attempt: Attempt) -> Verdict:
    """The first of the rules that allows the attempt, else what the first that could have says against it.

    A line that says *not safe* shuts its way whatever else stands; without any line of the way, nothing leaves.
    """
    mine = [rule for rule in rules if rule.way == attempt.way and rule.is_current]
    if not mine:
        return Verdict((Refusal.NO_RULE,))
    if not all(rule.is_safe for rule in mine):
        return Verdict((Refusal.NOT_SAFE,), next(rule for rule in mine if not rule.is_safe))
    found = [Verdict(tuple(_against(rule, attempt)), rule) for rule in mine]
    return min(found, key=lambda verdict: len(verdict.reasons))


def _against(rule: Rule, attempt: Attempt) -> Iterable[Refusal]:
    clock = attempt.at.time()
    if attempt.at.date() > rule.until:
        yield Refusal.LAPSED
    if attempt.at.weekday() not in rule.days:
        yield Refusal.DAY
    if not max(rule.first, EARLIEST) <= clock < min(rule.last, LATEST):
        yield Refusal.HOUR
    if attempt.body is Body.SENDER:
        yield Refusal.SENDER
    if attempt.body > rule.most:
        yield Refusal.BODY
    if rule.is_watched and attempt.body > Body.NEUTRAL:
        yield Refusal.SHARED
    if attempt.leaves_message and not rule.may_leave_message:
        yield Refusal.MESSAGE


def next_time(rule: Rule, after: dt.datetime) -> dt.datetime | None:
    """The first moment from ``after`` on at which day and hour are allowed; None where the rule ends before."""
    first, last = max(rule.first, EARLIEST), min(rule.last, LATEST)
    for ahead in range(8):
        day = after.date() + dt.timedelta(days=ahead)
        begins = dt.datetime.combine(day, first, after.tzinfo)
        found = max(begins, after)
        if day > rule.until:
            return None
        if day.weekday() in rule.days and found < dt.datetime.combine(day, last, after.tzinfo):
            return found
    return None


# -- what words give away ------------------------------------------------------------------------------------------

_MONEY = re.compile(
    r"\$|€|₽|₼|\b(?:som\w*|сом[оӯ]\w*|rubl\w*|рубл\w*|manat\w*|манат\w*|tenge|тенге|usd|eur|tjs|azn|rub|alim\w*|алим\w*|pul|пул\w*"
    r"|деньг\w*|money|payment\w*|debt\w*|долг\w*|қарз\w*|borc\w*)\b",
    re.IGNORECASE,
)
_COURT = re.compile(
    r"\b(?:court\w*|lawyer\w*|judge\w*|claim\w*|police|суд\w*|юрист\w*|адвокат\w*|иск\w*|полици\w*|милици\w*|додгоҳ\w*|судя\w*"
    r"|ҳуқуқ\w*|милис\w*|даъво\w*|məhkəmə\w*|hakim\w*|vəkil\w*|hüquq\w*|iddia\w*|polis\w*|talaq\w*|талоқ\w*|развод\w*|divorce\w*|boşanma\w*)\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:case|reference|дел[оау]|парванда\w*|iş(?:in|iniz|inizin)? №|№)|№\s*\d+|[a-z]*\d[a-z\d/-]{2,}|\d{3,}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Known:
    """What a message must not carry: the case's code, and names by which the sender would be known."""

    code: str = ""
    names: frozenset[str] = field(default_factory=frozenset)


def _plain(words: str) -> str:
    """Words as they are compared: no case, one kind of apostrophe, nothing invisible between letters."""
    seen = "".join(letter for letter in unicodedata.normalize("NFKC", words) if unicodedata.category(letter) != "Cf")
    return " ".join(re.sub("[’ʼ‘`´]", "'", seen).casefold().split())


def reveals(words: str, known: Known) -> Body:
    """What the words of a message give away, at most; it suspects too much rather than too little."""
    plain = _plain(words)
    if not plain:
        return Body.NOTHING
    if any(name and _plain(name) in plain for name in known.names):
        return Body.SENDER
    if _MONEY.search(plain):
        return Body.MONEY
    if _COURT.search(plain):
        return Body.COURT
    if (known.code and known.code.casefold() in plain) or _CASE.search(plain):
        return Body.REFERENCE
    return Body.NEUTRAL
