"""Cases: whether somebody is known already, among sealed people in other scripts, and the first page of a long list.

People are the made-up ones of the bench of names. Each case has four; a supervisor searches, who may read them all.
"""

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hamroh.site.benches.figures import Figure, percentile, spent
from hamroh.site.benches.names.sets import Query, Set

_PEOPLE, _FULL_PEOPLE, _CASES, _FULL_CASES = 5_000, 200_000, 2_000, 50_000
_SEARCHES, _PAGES, _BATCH, _IN_A_CASE = 200, 60, 500, 4


def figures(*, full: bool) -> Iterator[Figure]:
    """5,000 people and 2,000 cases, with ``full`` 200,000 and 50,000; ids are the same, the count stands beside."""
    from hamroh.site.benches.names.sets import made, pool

    people, cases = (_FULL_PEOPLE, _FULL_CASES) if full else (_PEOPLE, _CASES)
    office = _office()
    pairs = _in_other_scripts(made())[:_SEARCHES]
    one = Set("cases", tuple(query for query, _found in pairs), tuple(found for _query, found in pairs), ())
    rows = _entered(office, pool(one, people - len(pairs)))
    yield from _duplicates(office, pairs, rows, people)
    yield from _list(office, cases)


@dataclass(frozen=True)
class _Office:
    organisation: Any
    lawyer: Any
    supervisor: Any


def _office() -> _Office:
    from hamroh.accounts.models import Membership, Organisation, Role, User

    organisation = Organisation.objects.create(code="bench", names={}, country="tj")
    people = [User.objects.create_user(f"bench-{role}", display_name=role) for role in ("lawyer", "supervisor")]
    for user, role in zip(people, (Role.LAWYER, Role.SUPERVISOR), strict=True):
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return _Office(organisation, *people)


def _in_other_scripts(found: Set) -> list[tuple[Query, dict[str, Any]]]:
    """Pairs of one person whose names are asked and entered in different scripts."""
    pairs = ((query, dict(record)) for query, record in zip(found.queries, found.sought, strict=True))
    return [(query, record) for query, record in pairs if _script(query.name) != _script(record["name"])]


def _script(name: str) -> str:
    """Of the first letter: CYRILLIC, LATIN, ARABIC."""
    return unicodedata.name(next(filter(str.isalpha, name))).split()[0]


def _entered(office: _Office, records: Iterable[Any]) -> dict[str, str]:
    """People of cases, in tables and pool; the row's id by the id that the bench of names gave."""
    from hamroh.cases import naming
    from hamroh.cases.models import Case, Person
    from hamroh.vault import pools

    ids: dict[str, str] = {}
    for some in _batches(records):
        cases = [_case(office) for _ in range(-(-len(some) // _IN_A_CASE))]
        Case.objects.bulk_create(cases)
        told = [_told(record) for record in some]
        rows = [
            Person(organisation=office.organisation, case=cases[at // _IN_A_CASE], part="relative", side="hers", **each)
            for at, each in enumerate(told)
        ]
        Person.objects.bulk_create(rows)
        ids |= {str(record["id"]): str(row.pk) for record, row in zip(some, rows, strict=True)}
        shown = (dict.fromkeys(naming.COMPARED) | each for each in told)
        named = [naming.record_of(row.pk, each) for row, each in zip(rows, shown, strict=True)]
        pools.put(naming.KIND, office.organisation.pk, named)
    return ids


def _batches(records: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    rest = iter(records)
    while some := tuple(itertools.islice(rest, _BATCH)):
        yield some


def _told(record: Any) -> dict[str, Any]:
    """A made-up person in the shapes of a case's."""
    kinds = (("maiden", record.get("maiden")), ("father", record.get("father")))
    names = [{"kind": kind, "value": value} for kind, value in kinds if value]
    year, place = record.get("year"), record.get("place")
    return {
        "name": record["name"], "names": names or None, "born": {"year": year} if isinstance(year, int) else None,
        "places": [{"kind": "home", "key": "", "words": place}] if place else None,
    }  # fmt: skip


def _case(office: _Office, **facts: Any) -> Any:
    from hamroh.cases.models import Case

    told = {
        "owner": office.lawyer,
        "country": "TJ",
        "channel": "visit",
        "opened_week": "2026-01-05",
        "status": "active",
    }
    return Case(organisation=office.organisation, **told | facts)


# -- is she known? -------------------------------------------------------------------------------------------------


def _duplicates(
    office: _Office, pairs: Sequence[tuple[Query, dict[str, Any]]], rows: dict[str, str], people: int
) -> Iterator[Figure]:
    """The search of an intake: name, year and place, with its openings and their lines in the journal."""
    from hamroh.cases import naming
    from hamroh.vault import poolfiles
    from hamroh.vault.models import NamePool
    from hamroh.web import statistics

    poolfiles.renewed(NamePool.objects.get(kind=naming.KIND))
    statistics.renew()  # as the worker does every day
    found: list[list[str]] = []

    def ask(query: Query) -> Callable[[], None]:
        return lambda: found.append(_asked(office, query))

    ask(pairs[0][0])()  # the first search of a process maps the files
    found.clear()
    times, cpu = spent([ask(query) for query, _record in pairs])
    hits = [rows[str(record["id"])] in ids for (_query, record), ids in zip(pairs, found, strict=True)]
    yield Figure("cases.duplicates.p50", percentile(times, 0.5), "ms", None, "people", people)
    yield Figure("cases.duplicates.p95", percentile(times, 0.95), "ms", "<= 150", "people", people)
    yield Figure("cases.duplicates.p95_cpu", percentile(cpu, 0.95), "ms", None, "people", people)
    yield Figure(
        "cases.duplicates.found_in_10", round(sum(hits) / len(hits), 3), "share", ">= 0.95", "searches", len(hits)
    )


def _asked(office: _Office, query: Query) -> list[str]:
    from hamroh.accounts import policy
    from hamroh.cases.actions import Told
    from hamroh.cases.selectors.duplicates import duplicates
    from hamroh.vault import journal

    told = Told(**_told({"name": query.name, "year": query.year, "place": query.place}))
    with journal.openings("command"), policy.remembered():  # as a request of the desk is asked
        found = duplicates(actor=office.supervisor, organisation=office.organisation, told=told)
    return [str(each.person.pk) for each in found]


# -- the list ------------------------------------------------------------------------------------------------------


def _list(office: _Office, count: int) -> Iterator[Figure]:
    """The first page of the desk's list of cases with the clients' names, by the lawyer whose cases they all are."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from hamroh.cases.models import Case, Part, Person

    call_command("collectstatic", verbosity=0, interactive=False)
    settings.IS_DEMO = True  # one factor is enough there: what is measured begins behind the door
    for some in _batches(range(count)):
        cases = [_case(office) for _ in some]
        Case.objects.bulk_create(cases)
        Person.objects.bulk_create([
            Person(organisation=office.organisation, case=case, part=Part.CLIENT, side="hers", name="Гулнора Ҳакимова")
            for case in cases
        ])  # fmt: skip
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(office.lawyer)

    def read() -> None:
        answer = client.get("/desk/cases/")
        assert answer.status_code == 200, answer.status_code

    read()
    asked: list[str] = []

    def count_query(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count_query):
        read()
    times, cpu = spent([read] * _PAGES)
    yield Figure("cases.list.p50", percentile(times, 0.5), "ms", None, "cases", count)
    yield Figure("cases.list.p95", percentile(times, 0.95), "ms", "<= 150", "cases", count)
    yield Figure("cases.list.p95_cpu", percentile(cpu, 0.95), "ms", None, "cases", count)
    yield Figure("cases.list.queries", len(asked), "queries", None, "cases", count)
