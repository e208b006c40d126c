"""Acts of violence that people told of, opened to be counted and shown to nobody: one line of the journal for all.

The house's own report counts acts. What leaves counts people: a woman who told of six acts would otherwise be six, and six is not few.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date, zone_of
from hamroh.cases.models import Consent, Incident, Purpose, Referral
from hamroh.kernel import incidents
from hamroh.kernel.incidents import UNKNOWN
from hamroh.statistics.quarters import Quarter
from hamroh.vault import journal, opening
from hamroh.vault.decisions import Upkeep

PURPOSE = "figures"
#: somebody is sent on at first contact until so long after she told
FIRST_CONTACT = dt.timedelta(days=1)


@dataclass(frozen=True)
class Act:
    """One act: whose file it stands in, about whom, when it was written down, its category by each dimension, and the days she waited.

    ``days`` is None where they are not known; ``is_silent`` where she does not want to be counted.
    """

    case: UUID
    person: UUID
    on: dt.date
    codes: Mapping[str, str]
    days: int | None = None
    is_silent: bool = False

    @property
    def gravity(self) -> int:
        """The lower, the graver: kinds stand in that order; what is not told comes last."""
        kinds = incidents.codes_of("kind")
        return kinds.index(self.codes["kind"])


def acts(*, actor: Any, organisation: Organisation, first: dt.date, last: dt.date) -> list[Act]:
    """All that were written down from a first to a last day, as they were told. Four queries, however many there are."""
    zone = zone_of(organisation)
    start = dt.datetime.combine(first, dt.time(), zone)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), zone)
    rows = list(
        Incident.objects.filter(
            organisation=organisation, finished_at__gte=start, finished_at__lt=end, set_aside_at=None
        ).order_by("finished_at", "pk")
    )
    cases = {row.case_id for row in rows}
    sent, silent = _sent(cases), silent_cases(cases)
    with opening.scoring(PURPOSE):
        found = [_act(row, organisation, sent.get(row.case_id, ()), row.case_id in silent) for row in rows]
    _tell(actor, organisation, len(rows))
    return found


def _tell(actor: Any, organisation: Organisation, count: int) -> None:
    if count:
        journal.opened(
            actor_id=getattr(actor, "pk", None), verb="statistics.see", record=("accounts.organisation", str(organisation.pk)),
            fields=(f"{count} counted",), purpose=PURPOSE, organisation_id=organisation.pk,
        )  # fmt: skip


def _act(row: Incident, organisation: Organisation, sent: Sequence[Referral], is_silent: bool) -> Act:
    told = opening.open_to_score(row, ("facts",), decision=Upkeep(row.sealed_under()))["facts"]
    facts = dict(told) if isinstance(told, Mapping) else {}
    told_on = dt.date.fromisoformat(facts["told_on"]) if facts.get("told_on") else None
    derived = {**(facts.get("derived") or {}), "referral": _referral(sent, told_on, organisation)}
    codes = {each: incidents.code_of(each, {**facts, "derived": derived}) for each in incidents.DIMENSIONS}
    assert row.finished_at is not None
    on = local_date(row.finished_at, organisation)
    return Act(row.case_id, row.person_id, on, codes, _days(facts.get("happened"), told_on), is_silent)


def _days(happened: Any, told_on: dt.date | None) -> int | None:
    span = incidents.span(happened)
    if told_on is None or span is None or span[0] != span[1] or span[0] > told_on:
        return None
    return (told_on - span[0]).days


def _referral(sent: Sequence[Referral], told_on: dt.date | None, organisation: Organisation) -> str:
    """To whom somebody was sent on when she told of it, the first one; ``none`` where to nobody."""
    if told_on is None:
        return UNKNOWN
    for row in sent:
        if row.sent_at and told_on <= local_date(row.sent_at, organisation) <= told_on + FIRST_CONTACT:
            return "ours" if row.to_organisation_id else "elsewhere" if row.to_service_id else "official"
    return "none"


def _sent(cases: Iterable[UUID]) -> dict[UUID, list[Referral]]:
    found: dict[UUID, list[Referral]] = {}
    rows = Referral.objects.filter(case__in=list(cases), sent_at__isnull=False).defer("facts", "answer")
    for row in rows.order_by("sent_at", "pk"):
        found.setdefault(row.case_id, []).append(row)
    return found


def silent_cases(cases: Iterable[UUID]) -> set[UUID]:
    """Whose last word was that she does not want to be counted: she stands in totals alone."""
    rows = Consent.objects.filter(case__in=list(cases), purpose=Purpose.STATISTICS, about=None).order_by("made_at")
    last: Mapping[UUID, str] = dict(rows.values_list("case_id", "answer"))
    return {case for case, answer in last.items() if answer != "given"}


# -- tables --------------------------------------------------------------------------------------------------------


def counts(found: Iterable[Act], *by: str) -> Counter[tuple[str, ...]]:
    """Acts by one or two dimensions; one of whom nobody may be told apart counts as not known."""
    return Counter(tuple(UNKNOWN if each.is_silent else each.codes[name] for name in by) for each in found)


def people(found: Iterable[Act], quarter: Quarter) -> list[Act]:
    """Whom a quarter counts: each who told for the first time in the year, by the gravest act of that quarter.

    ``found`` are the acts of the year until the quarter's end. So nobody is counted twice in a year, whatever is put together.
    """
    first: dict[UUID, Act] = {}
    before: set[UUID] = set()
    for each in found:
        if each.on < quarter.start:
            before.add(each.person)
        elif each.on < quarter.end:
            held = first.get(each.person)
            first[each.person] = each if held is None or each.gravity < held.gravity else held
    return [each for person, each in first.items() if person not in before]
