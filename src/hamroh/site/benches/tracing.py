"""Searches: the ten who may be the person missed, among sealed records of lists, and a record that arrives among open requests.

People are the made-up ones of the bench of names. Where PostgreSQL is installed, both run there as the unprivileged role of an
installation, with guarded rows and a disk that is waited for; else in SQLite. A database is filled in a process of its own, for it is
chosen when a process starts.
"""

import datetime as dt
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hamroh.site.benches import postgres
from hamroh.site.benches.figures import Figure, percentile, spent
from hamroh.site.benches.names.sets import Query

_RECORDS, _FULL_RECORDS, _REQUESTS, _FULL_REQUESTS = 10_000, 1_000_000, 500, 20_000
_SEARCHES, _ARRIVALS, _IN_A_POOL, _BATCH, _ROWS = 200, 100, 50_000, 20_000, 500
_ROLE, _SEED = "hamroh_app", 5_121_994
_ON_POSTGRES = True
_DAY = dt.date(2036, 1, 1)


def figures(*, full: bool) -> Iterator[Figure]:
    """10,000 records and 500 requests, with ``full`` 1,000,000 and 20,000; ids are the same, the count stands beside."""
    records, requests = (_FULL_RECORDS, _FULL_REQUESTS) if full else (_RECORDS, _REQUESTS)
    if not _ON_POSTGRES or postgres.programs() is None:
        yield from measured(filled(records, requests))
        return
    with postgres.server(durable=True) as server, tempfile.TemporaryDirectory(prefix="hamroh-bench-") as home:
        settled = os.environ | {"HAMROH_HOME": home, "HAMROH_DATABASE": server.url(server.create())}
        command = [sys.executable, "-m", "hamroh.site.benches.tracing", str(records), str(requests)]
        done = subprocess.run(command, env=settled, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    yield from (Figure(**json.loads(line)) for line in done.stdout.splitlines())


def main() -> None:
    """Fill the database of this process, measure, and print a line of JSON for each figure."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    office = filled(*map(int, sys.argv[1:]))
    as_unprivileged()
    for figure in measured(office):
        told = {name: getattr(figure, name) for name in ("id", "value", "unit", "bar", "peer", "peer_value")}
        print(json.dumps(told), flush=True)


def as_unprivileged() -> None:
    """From now on this connection is an installation's web: it owns no table, and rows are guarded against it."""
    from django.db import connection

    from hamroh.accounts import rowsecurity

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {_ROLE} NOLOGIN")
        rowsecurity.grant_to(_ROLE)
        cursor.execute("ANALYZE")  # as the server does by itself, some time after so many rows came
        cursor.execute(f"SET ROLE {_ROLE}")


# -- the office ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Office:
    """Who searches what: an officer, a list of her own to write into, codes of requests whose person is in a list, and people who come."""

    organisation: Any
    officer: Any
    pool: Any
    sought: Sequence[tuple[str, str]]  #: code of a request, id of the record of its person
    coming: Sequence[tuple[dict[str, Any], Any]]  #: a record that arrives, id of the request of its person


def filled(records: int, requests: int) -> Office:
    """Lists and requests, sealed and in the name pools, whose files are made. Of some who are missed the record comes later."""
    from hamroh.site.benches.names.sets import crowd, made, pool

    one = made()
    coming = range(_SEARCHES, _SEARCHES + _ARRIVALS)
    office = _office()
    wanted = list(zip(one.queries, one.sought, strict=True))[: _SEARCHES + _ARRIVALS]
    there = one.without(coming)
    rows = _records(office, pool(there, records - len(there.sought)))
    strangers = itertools.islice(crowd(one.people, _SEED), requests - len(wanted))
    asked = _requests(office, [*(_asked(query) for query, _record in wanted), *strangers])
    _with_files()
    return Office(
        office["organisation"], office["officer"], office["pool"],
        [(asked[query.true].code, rows[record["id"]]) for query, record in wanted[:_SEARCHES]],
        [(record, asked[query.true].pk) for query, record in wanted[_SEARCHES:]],
    )  # fmt: skip


def _asked(query: Query) -> dict[str, Any]:
    return {"id": query.true, **query.asked(facts=True)}


def _office() -> dict[str, Any]:
    from hamroh.accounts.models import Membership, Organisation, Role, User

    organisation = Organisation.objects.create(code="bench", names={}, country="tj")
    roles = {"officer": Role.TRACING_OFFICER, "lawyer": Role.LAWYER}
    people = {name: User.objects.create_user(f"bench-{name}", display_name=name) for name in roles}
    for name, role in roles.items():
        Membership.objects.create(user=people[name], organisation=organisation, role=role)
    return {"organisation": organisation, **people, "pool": _pool(organisation, people["officer"])}


def _pool(organisation: Any, officer: Any) -> Any:
    from hamroh.tracing.models import Pool

    pool = Pool(
        organisation=organisation, name="Met", origin="diaspora", basis="consent", made_by=officer, until_date=_DAY
    )
    pool.save()
    return pool


def _records(office: dict[str, Any], people: Iterable[Any]) -> dict[str, str]:
    """Records of lists; the row's id by the id that the bench of names gave."""
    from hamroh.tracing import naming
    from hamroh.tracing.models import PoolRecord

    ids: dict[str, str] = {}
    organisation, lists = office["organisation"], itertools.count(1)
    for some in _batches(people):
        if next(lists) * _BATCH % _IN_A_POOL < _BATCH:
            office = office | {"pool": _pool(organisation, office["officer"])}
        told = [_met(each) for each in some]
        rows = [PoolRecord(organisation=organisation, pool=office["pool"], **each) for each in told]
        PoolRecord.objects.bulk_create(rows, batch_size=_ROWS)
        _put(naming.RECORDS, organisation, rows, told)
        ids |= {str(each["id"]): str(row.pk) for each, row in zip(some, rows, strict=True) if each["id"][0] == "m"}
    return ids


def _requests(office: dict[str, Any], people: Iterable[Any]) -> dict[str, Any]:
    """Requests that are searched for, asked for by a lawyer; by the id that the bench of names gave."""
    from hamroh.tracing import naming
    from hamroh.tracing.models import Request, Route

    made: dict[str, Any] = {}
    organisation = office["organisation"]
    for some in _batches(people):
        told = [_sought(each) for each in some]
        facts = {"route": Route.SEARCH, "state": "searching", "until_date": _DAY, "owner": office["lawyer"]}
        rows = [Request(organisation=organisation, **facts, **each) for each in told]
        Request.objects.bulk_create(rows, batch_size=_ROWS)
        _put(naming.REQUESTS, organisation, rows, told)
        made |= {str(each["id"]): row for each, row in zip(some, rows, strict=True)}
    return made


def _put(kind: str, organisation: Any, rows: Sequence[Any], told: Sequence[dict[str, Any]]) -> None:
    from hamroh.tracing import naming
    from hamroh.vault import pools

    pools.put(kind, organisation.pk, [naming.as_record(row.pk, each) for row, each in zip(rows, told, strict=True)])


def _met(person: Any) -> dict[str, Any]:
    """A made-up person in the shapes of a list's."""
    return {"name": person["name"], "born": _born(person), "place": person["place"], "consent": {"given": True}}


def _sought(person: Any) -> dict[str, Any]:
    return {"name": person["name"], "born": _born(person), "home": person["place"]}


def _born(person: Any) -> dict[str, int] | None:
    year = person["year"]
    return {"first": year, "last": year} if isinstance(year, int) else None


def _batches(records: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    rest = iter(records)
    while some := tuple(itertools.islice(rest, _BATCH)):
        yield some


def _with_files() -> None:
    from hamroh.vault import poolfiles
    from hamroh.vault.models import NamePool
    from hamroh.web import statistics

    for pool in NamePool.objects.all():
        poolfiles.renewed(pool)
    statistics.renew()


# -- what is measured ----------------------------------------------------------------------------------------------


def measured(office: Office) -> Iterator[Figure]:
    from hamroh.tracing.models import PoolRecord, Request

    records, requests = PoolRecord.objects.count(), Request.objects.count()
    yield from _shortlists(office, records)
    yield from _pages(office, records)
    yield from _arrivals(office, requests)


def _figures(of: str, calls: Sequence[Callable[[], object]], bar: str, beside: tuple[str, int]) -> Iterator[Figure]:
    """Wall time, and what of it this process worked: the server of the database works besides."""
    wall, cpu = spent(calls)
    yield Figure(f"tracing.{of}.p50", percentile(wall, 0.5), "ms", None, *beside)
    yield Figure(f"tracing.{of}.p95", percentile(wall, 0.95), "ms", bar or None, *beside)
    yield Figure(f"tracing.{of}.p50_cpu", percentile(cpu, 0.5), "ms", None, *beside)
    yield Figure(f"tracing.{of}.p95_cpu", percentile(cpu, 0.95), "ms", None, *beside)


def _shortlists(office: Office, records: int) -> Iterator[Figure]:
    """The selector of the page with its openings and their lines in the journal, which stand when it is done."""
    found: list[set[str]] = []

    def look(code: str) -> None:
        found.append(_looked_at(office, code))

    look(office.sought[0][0])  # the first search of a process maps the files
    found.clear()
    calls = [lambda code=code: look(code) for code, _record in office.sought]
    yield from _figures("shortlist", calls, "<= 200", ("records", records))
    hits = [record in ids for (_code, record), ids in zip(office.sought, found, strict=True)]
    yield Figure("tracing.shortlist.found_in_10", round(sum(hits) / len(hits), 3), "share", None, "searches", len(hits))


def _looked_at(office: Office, code: str) -> set[str]:
    from hamroh.accounts import policy, rowsecurity
    from hamroh.tracing import selectors
    from hamroh.vault import journal

    with journal.openings("request"), policy.remembered(), rowsecurity.opened_for([office.organisation.pk]):
        row, decision = selectors.request_of(actor=office.officer, code=code, verb="tracing.search")
        found = selectors.shortlist(actor=office.officer, request=row, decision=decision)
    return {str(each.record.pk) for each in found if each.record}


def _pages(office: Office, records: int) -> Iterator[Figure]:
    """The page by its address, with everything else that stands on it."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    call_command("collectstatic", verbosity=0, interactive=False)
    settings.IS_DEMO = True  # one factor is enough there: what is measured begins behind the door
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(office.officer)

    def read(code: str) -> None:
        answer = client.get(reverse("tracing:shortlist", kwargs={"code": code}) + "?look=1")
        assert answer.status_code == 200, answer.status_code

    read(office.sought[0][0])
    calls = [lambda code=code: read(code) for code, _record in office.sought]
    yield from _figures("page", calls, "<= 200", ("records", records))


def _arrivals(office: Office, requests: int) -> Iterator[Figure]:
    """A record is written down by an officer, and compared with the requests by the worker."""
    from hamroh.tracing.models import Candidate

    found: list[bool] = []

    def come(record: dict[str, Any], request: Any) -> None:
        made = _arrived(office, record)
        found.append(Candidate.objects.filter(record=made, request=request).exists())

    come(*office.coming[0])
    found.clear()
    calls = [lambda record=record, pk=pk: come(record, pk) for record, pk in office.coming[1:]]
    yield from _figures("arrival", calls, "<= 500", ("requests", requests))
    yield Figure("tracing.arrival.told", round(sum(found) / len(found), 3), "share", None, "arrivals", len(found))


def _arrived(office: Office, record: dict[str, Any]) -> Any:
    from hamroh.accounts import policy, rowsecurity
    from hamroh.tracing.actions import Met, add_record
    from hamroh.tracing.actions.matching import match_records
    from hamroh.vault import journal

    met = Met(**{key: value for key, value in _met(record).items() if value})
    with journal.openings("request"), policy.remembered(), rowsecurity.opened_for([office.organisation.pk]):
        made = add_record(actor=office.officer, pool=office.pool, met=met)
    with journal.openings("task"), rowsecurity.opened_for_all():
        match_records([made.pk])
    return made


if __name__ == "__main__":
    main()
