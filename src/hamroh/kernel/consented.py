"""What of a recording or a paper may be seen, heard, quoted or taught with: computed from what its narrators allow, and from nothing else.

Facts come in, an answer with its reason comes out; pages, index, feeds, manifests, harvests and files all ask here. Times are in
milliseconds from the beginning of a recording.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Scope(StrEnum):
    """What somebody may allow, the narrowest first."""

    CATALOGUE = "catalogue"
    ON_SITE = "on_site"
    ONLINE = "online"
    QUOTE = "quote"
    TEACH = "teach"


class Why(StrEnum):
    """The reason of an answer; ``ALLOWED`` is the only one of a yes."""

    ALLOWED = "allowed"
    ERASED = "erased"
    DRAFT = "draft"
    ABOVE = "above"
    NOBODY_ASKED = "nobody_asked"
    NOT_YET = "not_yet"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    NOT_ALLOWED = "not_allowed"
    ON_SITE_ONLY = "on_site_only"
    NOT_CUT = "not_cut"


class Basis(StrEnum):
    """Why a thing may be public at all: narrators who agree, the permission of who holds the rights, or its age."""

    CONSENT = "consent"
    PERMISSION = "permission"
    FREE = "free"


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """From one moment of a recording to another; ``end`` does not belong to it."""

    start: int
    end: int

    def touches(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a recording that is shut for some scopes. Shut in the catalogue, it is shut everywhere."""

    span: Span
    scopes: frozenset[Scope]

    def shuts(self, scope: Scope) -> bool:
        return scope in self.scopes or Scope.CATALOGUE in self.scopes


@dataclass(frozen=True, slots=True)
class Consent:
    """What one person allowed in one conversation; ``until`` is its last day, ``withdrawn`` says that she took it back."""

    given: dt.date
    scopes: frozenset[Scope]
    until: dt.date | None = None
    withdrawn: bool = False
    cuts: Sequence[Cut] = ()
    names_her: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """The facts about one thing of an archive. ``voices`` has each narrator's consents in the order in which they were recorded.

    ``taken_out`` are the parts that its public copy lacks; it is None where no public copy of the recording could be made.
    """

    published: bool
    above_published: bool = True
    erased: bool = False
    basis: Basis = Basis.CONSENT
    voices: Sequence[Sequence[Consent]] = ()
    taken_out: Sequence[Span] | None = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why."""

    yes: bool
    why: Why

    def __bool__(self) -> bool:
        return self.yes


@dataclass(frozen=True, slots=True)
class Public:
    """Every answer about one thing on one day. ``until`` is the last day on which they hold; ``named`` says which narrators are called by their names."""

    answers: Mapping[Scope, Answer]
    shut: Mapping[Scope, Sequence[Span]] = field(default_factory=dict)
    named: Sequence[bool] = ()
    until: dt.date | None = None

    def may(self, scope: Scope) -> bool:
        return bool(self.answers[scope])

    def why(self, scope: Scope) -> Why:
        return self.answers[scope].why

    def shows(self, scope: Scope, span: Span) -> bool:
        """Whether this part of the recording may be used so."""
        return self.may(scope) and not any(each.touches(span) for each in self.shut.get(scope, ()))


_YES = Answer(yes=True, why=Why.ALLOWED)


def public(held: Held, today: dt.date) -> Public:
    """What of a thing is public today."""
    reason = _shut_whole(held)
    if reason is None and held.basis != Basis.CONSENT:
        return Public(dict.fromkeys(Scope, _YES), named=[True] * len(held.voices))
    current = [_current(each, today) for each in held.voices]
    if reason is None and not current:
        reason = Why.NOBODY_ASKED
    if reason is None:
        reason = next((each for each in current if isinstance(each, Why)), None)
    if reason is not None:
        return Public(dict.fromkeys(Scope, Answer(yes=False, why=reason)), named=[False] * len(held.voices))
    consents = [each for each in current if isinstance(each, Consent)]
    shut = {scope: _shut_parts(consents, scope) for scope in Scope}
    return Public(
        {scope: _answer(consents, scope, shut[scope], held.taken_out) for scope in Scope}, shut,
        named=[each.names_her for each in consents], until=min((each.until for each in consents if each.until), default=None),
    )  # fmt: skip


def missing_cuts(shut: Iterable[Span], taken_out: Iterable[Span] | None) -> list[Span]:
    """Shut parts that a copy of a recording still holds."""
    gone = list(taken_out or ())
    return [] if taken_out is None else [each for each in shut if not any(other.covers(each) for other in gone)]


def joined(spans: Iterable[Span]) -> list[Span]:
    """Parts in order, with those that meet made one."""
    found: list[Span] = []
    for each in sorted(spans):
        if found and each.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, each.end))
        else:
            found.append(each)
    return found


def _shut_whole(held: Held) -> Why | None:
    if held.erased:
        return Why.ERASED
    if not held.published:
        return Why.DRAFT
    return None if held.above_published else Why.ABOVE


def _current(consents: Sequence[Consent], today: dt.date) -> Consent | Why:
    """The consent of one narrator that holds today: the newest, whatever an older one allowed; else why none does."""
    if not consents:
        return Why.NOBODY_ASKED
    newest = consents[-1]
    if newest.withdrawn:
        return Why.WITHDRAWN
    if newest.given > today:
        return Why.NOT_YET
    return Why.ENDED if newest.until and newest.until < today else newest


def _answer(
    consents: Sequence[Consent], scope: Scope, shut: Sequence[Span], taken_out: Sequence[Span] | None
) -> Answer:
    """One scope, which every narrator has to allow; nothing is allowed that may not be in the catalogue."""
    if not all({scope, Scope.CATALOGUE} <= each.scopes for each in consents):
        heard = scope == Scope.ONLINE and all({Scope.ON_SITE, Scope.CATALOGUE} <= each.scopes for each in consents)
        return Answer(yes=False, why=Why.ON_SITE_ONLY if heard else Why.NOT_ALLOWED)
    if scope == Scope.ONLINE and (taken_out is None or missing_cuts(shut, taken_out)):
        return Answer(yes=False, why=Why.NOT_CUT)
    return _YES


def _shut_parts(consents: Iterable[Consent], scope: Scope) -> list[Span]:
    return joined(cut.span for each in consents for cut in each.cuts if cut.shuts(scope))
