"""Requests as figures count them: when they were asked, from where, and what their families had been told by a day.

The installation reads, and nothing of one request is shown to anybody. What became of a request is read from the weekly word, which is
all that its family knows: what nobody was told is in no figure.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date, zone_of
from hamroh.kernel.linkage.places import read_place
from hamroh.tracing import naming
from hamroh.tracing.halves import Half
from hamroh.tracing.models import Request, Step, WeeklyWord
from hamroh.vault import journal, opening

PURPOSE = "figures"
#: what is opened of a request
FIELDS = ("home", "news")
#: what of the weekly word is news of him, and which ends stay inside
NEWS, INSIDE = ("alive", "letter", "contact"), ("declined", "deceased")


@dataclass(frozen=True)
class Counted:
    """One request, without a name. ``told`` has the first day on which each kind of news was told to its family, in time.

    ``inside`` are the states that nobody was told of.
    """

    asked: dt.date
    told: Mapping[str, dt.date]
    inside: frozenset[str]
    area: str
    home_units: frozenset[str]
    home_around: frozenset[str]
    news_countries: frozenset[str]


def counted(*, actor: Any, organisation: Organisation, halves: Sequence[Half], within: dt.date) -> Iterator[Counted]:
    """All requests that were asked in these half-years, with what was told before a day. Few queries, however many there are."""
    zone = zone_of(organisation)
    start, end = (dt.datetime.combine(day, dt.time(), zone) for day in (halves[0].start, halves[-1].end))
    asked = Request.objects.filter(organisation=organisation, made_at__gte=start, made_at__lt=end)
    rows = list(asked.select_related("case"))
    inside = _inside(asked, organisation, within)
    with opening.scoring(PURPOSE):
        words = _words(asked, within)
        found = [_counted(row, organisation, words.get(row.pk, {}), frozenset(inside.get(row.pk, ()))) for row in rows]
    _tell(actor, organisation, len(rows))
    return iter(found)


def _tell(actor: Any, organisation: Organisation, count: int) -> None:
    """One line for all: who had how many requests counted."""
    if count:
        journal.opened(
            actor_id=getattr(actor, "pk", None), verb="figures.see", record=("accounts.organisation", str(organisation.pk)),
            fields=(f"{count} counted",), purpose=PURPOSE, organisation_id=organisation.pk,
        )  # fmt: skip


def _counted(row: Request, organisation: Organisation, told: Mapping[str, dt.date], inside: frozenset[str]) -> Counted:
    opened = opening.open_to_score(row, FIELDS, decision=naming.by_upkeep(row))
    home = read_place(opened["home"] or "")
    news = read_place((opened["news"] or {}).get("place") or "")
    return Counted(
        asked=local_date(row.made_at, organisation), told=told, inside=inside, area=row.case.area if row.case else "",
        home_units=home.units if home else frozenset(), home_around=home.around if home else frozenset(),
        news_countries=frozenset(unit.partition("-")[0] for unit in news.units | news.around) if news else frozenset(),
    )  # fmt: skip


def _words(asked: Any, within: dt.date) -> dict[Any, dict[str, dt.date]]:
    """What was told to each family before a day, by kind, with the first day of each."""
    found: dict[Any, dict[str, dt.date]] = {}
    for row in WeeklyWord.objects.filter(request__in=asked):
        body = opening.open_to_score(row, ("body",), decision=naming.by_upkeep(row))["body"] or {}
        for each in body.get("told", ()):
            day = dt.date.fromisoformat(each["on"])
            if day < within and each["kind"] in NEWS:
                kinds = found.setdefault(row.request_id, {})
                kinds[each["kind"]] = min(day, kinds.get(each["kind"], day))
    return found


def _inside(asked: Any, organisation: Organisation, within: dt.date) -> dict[Any, set[str]]:
    """Who was found and wished no contact, or had died, by a day."""
    found: dict[Any, set[str]] = {}
    rows = Step.objects.filter(request__in=asked, after__in=INSIDE).values_list("request_id", "after", "made_at")
    for pk, after, made_at in rows:
        if local_date(made_at, organisation) < within:
            found.setdefault(pk, set()).add(after)
    return found
