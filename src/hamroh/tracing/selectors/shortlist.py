"""The ten who may be the person missed, with reasons, what is missing to say more, and whom to ask."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.tracing import naming
from hamroh.tracing.likeness import BANDS, STATES, Said, Weighing, banded, in_words, said
from hamroh.tracing.models import Candidate, PoolRecord, Request, Verdict
from hamroh.tracing.selectors.judging import weights
from hamroh.tracing.selectors.pools import FIELDS
from hamroh.tracing.selectors.requests import details, faced
from hamroh.tracing.verdicts import Weight
from hamroh.vault import opening
from hamroh.vault import pools as names

if TYPE_CHECKING:
    from hamroh.kernel.linkage import Candidate as Likely

SHOWN, PURPOSE = 10, "search"
SEEKER = _("Ask whoever misses him.")
KEEPER = _("Ask whoever keeps the list.")
FACTS = {
    "father": _("Father’s name"), "year": _("Year of birth"), "place": _("Home place"), "phone": _("Telephone"),
}  # fmt: skip
JUDGED = {
    Weight.NOTHING: None, Weight.HALF: pgettext_lazy("pair", "One person says the same"),
    Weight.SAME: pgettext_lazy("pair", "Two people say the same"),
    Weight.DIFFERENT: pgettext_lazy("pair", "Somebody says not the same"),
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One candidate of a shortlist: a record of a pool, or another request (then ``record`` is None)."""

    record: PoolRecord | None
    other: Request | None
    name: str
    band: str
    reasons: tuple[str, ...]
    judged: Weight = Weight.NOTHING

    @property
    def word(self) -> Any:
        return BANDS[self.band]

    @property
    def state(self) -> str:
        return STATES[self.band]

    @property
    def said(self) -> Any:
        return JUDGED[self.judged]


def shortlist(*, actor: Any, request: Request, decision: Decision) -> list[Found]:
    """The likeliest records of our pools and other requests, at most ten, the likeliest first."""
    query = naming.told_of(request, decision, PURPOSE)
    house = request.organisation_id
    found = [
        *_searched(naming.RECORDS, house, query, naming.records_for(actor)),
        *_searched(naming.REQUESTS, house, query, _requests(actor, request)),
    ]
    likeliest = sorted(found, key=lambda each: (-each[0].bits, each[0].id))[:SHOWN]
    return list(_with_rows(request, likeliest))


def _requests(actor: Any, request: Request) -> naming.Requests:
    rows = faced(actor, "tracing.search")
    return naming.Requests(rows, lambda row: policy.allowed(actor, "tracing.search", row), but=request.pk)


def _searched(kind: str, house: Any, query: Mapping[str, Any], opener: Any) -> "list[tuple[Likely, str]]":
    if not query.get("name"):
        return []
    return banded(names.search(kind, house, query, opener=opener, limit=SHOWN), kind, house)


def _with_rows(request: Request, likeliest: "Iterable[tuple[Likely, str]]") -> Iterator[Found]:
    found = list(likeliest)
    ids = [each.id for each, _band in found]
    records = {str(row.pk): row for row in PoolRecord.objects.filter(pk__in=ids).select_related("pool")}
    others = {str(row.pk): row for row in Request.objects.filter(pk__in=ids)}
    about = Verdict.objects.filter(request=request) | Verdict.objects.filter(other=request)
    judged = weights(about.order_by("made_at", "pk"))
    for each, band in found:
        record, other = records.get(each.id), others.get(each.id)
        node = ("record", record.pk) if record else ("request", other.pk) if other else None
        if node:
            weight = judged.get(frozenset({("request", request.pk), node}), Weight.NOTHING)
            yield Found(record, other, str(each.record["name"]), band, said(each), weight)


# -- side by side --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missing:
    """A fact that would say more, and who could tell it."""

    fact: Any
    whom: Any


@dataclass(frozen=True)
class Beside:
    """A request beside a record or another request: both as they were written, how alike, and what is missing."""

    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]
    said: Said
    reasons: tuple[str, ...]
    missing: tuple[Missing, ...]


def beside(
    *, actor: Any, request: Request, decision: Decision, record: PoolRecord | None = None, other: Request | None = None
) -> Beside:  # fmt: skip
    """Both originals, opened for the actor; Refused where the other one does not open."""
    query = naming.told_of(request, decision, PURPOSE)
    ours = details(request=request, decision=decision, purpose=PURPOSE)
    if record is not None:
        theirs = opening.open_each(record, FIELDS, decision=policy.require(actor, "pool.read", record), purpose=PURPOSE)
        kind, told = naming.RECORDS, naming.record_of(record, _plain(theirs))
    else:
        assert other is not None
        theirs = details(request=other, decision=policy.require(actor, "tracing.search", other), purpose=PURPOSE)
        known = _plain(theirs)
        kind, told = (
            naming.REQUESTS,
            naming.as_record(other.pk, known, [each for each in known["phones"] if isinstance(each, str)]),
        )
    found, band = Weighing(kind, request.organisation_id).alike(query, told) if _has_names(query, told) else (None, "")
    reasons = in_words(found) if found else ()
    lacking = missing(ours, theirs, is_record=record is not None)
    return Beside(ours, theirs, Said.of(band, _chance(request, record)), reasons, lacking)


def _has_names(*people: Mapping[str, Any]) -> bool:
    return all(each.get("name") for each in people)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if isinstance(value, opening.Unshown) else value for name, value in values.items()}


def _chance(request: Request, record: PoolRecord | None) -> int | None:
    """What the linkage of a whole list said of the two, where it did."""
    rows = Candidate.objects.filter(request=request, record=record, other=None)
    found: int | None = rows.values_list("chance", flat=True).first() if record else None
    return found


def missing(ours: Mapping[str, Any], theirs: Mapping[str, Any], *, is_record: bool) -> tuple[Missing, ...]:
    """What either side does not know, and who could tell."""
    left, right = known(ours), known(theirs)
    asked = [Missing(FACTS[each], SEEKER) for each in FACTS if each not in left]
    return (*asked, *(Missing(FACTS[each], KEEPER if is_record else SEEKER) for each in FACTS if each not in right))


def known(values: Mapping[str, Any]) -> set[str]:
    """Which of the facts that tell people apart are known."""
    names_ = values.get("names") or ()
    has = {
        "father": any(each.get("kind") == "father" for each in names_ if isinstance(each, dict)),
        "year": values.get("born"), "place": values.get("place") or values.get("home"),
        "phone": values.get("phone") or values.get("phones"),
    }  # fmt: skip
    return {name for name, value in has.items() if value}
