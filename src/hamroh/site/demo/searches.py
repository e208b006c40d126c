"""Searches of the demonstration: lists of people who were met, requests at every step, and a half-year in which six were found."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.cases.models import Case, Part, Person
from hamroh.kernel import datafiles
from hamroh.site.demo.found import load_half_year, spoken_with
from hamroh.site.demo.missed import Desk, aged, asked, judged, listed
from hamroh.tracing import actions
from hamroh.tracing.actions import matching
from hamroh.tracing.models import Pool, Request
from hamroh.vault import journal, opening

FILE = "demo/searches.yml"
#: how many say that two are one, by the step at which a request stands
VERDICTS = {"half": 1, "verified": 2, "asked": 2}
#: cases whose husband is looked for
UNDER_WAY = ("planned", "active")


def load_searches(tick: Callable[[], None]) -> None:
    """Ask, list, judge and answer through the room's own actions; a house that has requests already is left alone."""
    with journal.openings("command"):
        for desk in _desks():
            if not Request.objects.filter(organisation=desk.organisation).exists():
                with policy.remembered(), transaction.atomic():
                    _load(desk, tick)


def count() -> int:
    houses = datafiles.document(FILE)["houses"].values()
    return sum(len(each[part]) for each in houses for part in ("half_year", "now", "cases"))


def _desks() -> Iterator[Desk]:
    for code, told in datafiles.document(FILE)["houses"].items():
        organisation = Organisation.objects.get(code=code)
        staff = {user.username: user for user in User.objects.filter(memberships__organisation=organisation)}
        yield Desk(organisation, staff, told)


def _load(desk: Desk, tick: Callable[[], None]) -> None:
    pools = {name: _pool(desk, each) for name, each in desk.told["lists"].items()}
    load_half_year(desk, pools, tick)
    for number, one in enumerate(desk.told["now"]):
        _now(desk, pools, one, number)
        tick()
    for number, (one, case) in enumerate(zip(desk.told["cases"], _under_way(desk), strict=False)):
        _now(desk, pools, {**one, **_husband(desk, case), "days": 15 + 9 * number}, number, case)
        tick()


def _pool(desk: Desk, each: Mapping[str, Any]) -> Pool:
    facts = {"from": each["from"], "contact": each["contact"]}
    kept = {key: each[key] for key in ("name", "origin", "basis", "is_lent", "days")}
    return actions.make_pool(
        actor=desk.officers[0], organisation=desk.organisation, of_a_shelter=False, facts=facts, **kept
    )


def _now(desk: Desk, pools: Mapping[str, Pool], one: Mapping[str, Any], number: int, case: Case | None = None) -> None:
    """A request of these weeks, as far as it is."""
    row = asked(desk, one, number, case)
    aged(row, desk.noon(desk.today) - dt.timedelta(days=one["days"]))
    if "shown_to" in one:
        partner = Organisation.objects.get(code=one["shown_to"])
        facts = {"given": "given", "way": "signature", "lang": desk.told["lang"]}
        actions.answer(actor=row.owner, request=row, to_organisation=partner, **facts)
    if "list" not in one:
        return
    record = listed(desk, pools, one, number)
    step = one["step"]
    if step == "waits":
        matching.match_records([record.pk])
    elif step == "unsure":
        actions.judge(actor=desk.officers[0], request=row, record=record, answer="unsure", words=desk.told["unsure"])
    else:
        judged(desk, row, record, VERDICTS[step])
    if step == "asked":
        spoken_with(desk, row, record, desk.today)


def _under_way(desk: Desk) -> Iterator[Case]:
    rows = Case.objects.filter(organisation=desk.organisation, status__in=UNDER_WAY).select_related(
        "owner", "organisation"
    )
    yield from rows.order_by("opened_week", "code")


def _husband(desk: Desk, case: Case) -> dict[str, Any]:
    """His name and year as her case has them, and how a clerk elsewhere writes him down."""
    him = Person.objects.select_related("case").get(case=case, part=Part.HUSBAND)
    decision = policy.require(case.owner, "case.read", him)
    told = opening.open_each(him, ("name", "born"), decision=decision, purpose="demonstration")
    year, spelt = told["born"]["year"], desk.told["spelt"]
    met = " ".join(spelt.get(word, word) for word in reversed(told["name"].split()))
    return {"name": told["name"], "born": [year, year], "met": met, "year": year, "from": "Кулоб", "home": "Кӯлоб"}
