"""The vault: what sealing costs, beside Fernet in the same run.

Rows have three sealed fields and two blind indexes. A time of few microseconds is the best of many rounds: what the code needs,
not what the neighbours of this machine took.
"""

import datetime as dt
import gc
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.utils import timezone

from hamroh.site.benches import pools
from hamroh.site.benches.figures import Figure, milliseconds, percentile

_NAME = "Гулнора Ҳакимова"
_ROUNDS, _BATCH, _ROWS, _DUE, _APPENDS = 40, 100, 10_000, 100_000, 200
_DEFAULT_LINES, _FULL_LINES = 100_000, 1_000_000


def figures(*, full: bool) -> Iterator[Figure]:
    """Sealing, opening, rotation, retention, the journal; with ``full`` a journal of a million lines."""
    model, organisation = _room(), uuid.uuid4()
    yield from _sealing(model, organisation)
    yield from _opening(model, organisation)
    yield from _keys(model, organisation)
    yield from _retention(model, organisation)
    yield from pools.figures(model, uuid.uuid4(), full=full)
    yield from _journal(full=full)


@dataclass(frozen=True)
class _Yes:
    """The decision of a policy that says yes."""

    record: tuple[str, str]
    actor_id: UUID | None = None
    yes: bool = True
    reason: str = "bench"
    verb: str = "bench.read"
    field: str = ""


def _room() -> Any:
    """A table with sealed fields that exists for this run only."""
    from django.db import connection, models

    from hamroh.vault import fields

    class Person(fields.SealedModel):
        organisation_id = models.UUIDField(db_index=True)
        opened_week = models.DateField()
        name = fields.SealedText(label="bench.person.name")
        phone = fields.SealedText(label="bench.person.phone")
        phone_index = fields.BlindIndex(of="phone", rule="phone_tail", label="bench.person.phone_index")
        document = fields.SealedText(label="bench.person.document")
        document_index = fields.BlindIndex(of="document", rule="document_exact", label="bench.person.document_index")

        class Meta:
            app_label = "site"
            db_table = "bench_person"
            indexes = [models.Index(fields=["organisation_id", "opened_week"], name="bench_by_week")]

    with connection.schema_editor() as editor:
        editor.create_model(Person)
    return Person


def _person(model: Any, organisation: UUID, number: int) -> Any:
    return model(
        organisation_id=organisation, opened_week=dt.date(2026, 1, 5) - dt.timedelta(weeks=number % 200), name=_NAME,
        phone=f"+992 93 555-{number:04}", document=f"A {number:08}",
    )  # fmt: skip


def _best(make: Callable[[], Any], work: Callable[[Any], object]) -> float:
    """Seconds of the fastest round; what a round works on is made before its clock starts."""
    found = []
    for _ in range(_ROUNDS):
        given = make()
        gc.collect()
        before = time.perf_counter()
        work(given)
        found.append(time.perf_counter() - before)
    return min(found)


def _sealing(model: Any, organisation: UUID) -> Iterator[Figure]:
    from cryptography.fernet import Fernet

    from hamroh.vault import keyring

    keyring.active(organisation)
    fernet = Fernet(Fernet.generate_key())
    texts = [_NAME.encode(), b"+992 93 555-0012", b"A 00000012"]
    ours = _best(
        lambda: [_person(model, organisation, number) for number in range(_BATCH)],
        lambda rows: [row.seal_new() for row in rows],
    )
    theirs = _best(lambda: None, lambda _: [fernet.encrypt(text) for _ in range(_BATCH) for text in texts])
    yield Figure("vault.seal_row", _us(ours), "us", "<= 100", "Fernet, 3 fields, no index", _us(theirs))


def _us(seconds: float) -> float:
    return round(seconds / _BATCH * 1e6, 1)


def _opening(model: Any, organisation: UUID) -> Iterator[Figure]:
    """A list page: 50 rows out of the database, two fields each, decision and journal included."""
    from cryptography.fernet import Fernet

    from hamroh.vault import journal, opening

    model.objects.bulk_create(_person(model, organisation, number) for number in range(50))
    fernet = Fernet(Fernet.generate_key())
    sealed = [fernet.encrypt(_NAME.encode()) for _ in range(100)]

    def page() -> list[tuple[Any, _Yes]]:
        return [(row, _Yes(("site.person", str(row.pk)))) for row in model.objects.all()]

    def read(rows: list[tuple[Any, _Yes]]) -> None:
        for row, decision in rows:
            opening.open_each(row, ("name", "phone"), decision=decision, purpose="bench")

    with journal.openings("command") as told:

        def request() -> list[tuple[Any, _Yes]]:
            told.lines.clear()  # each request begins with none: lines of the one before would be compared with its own
            return page()

        ours = _best(request, read)
    theirs = _best(lambda: None, lambda _: [fernet.decrypt(text) for text in sealed])
    yield Figure("vault.open_100", round(ours * 1e3, 3), "ms", "<= 1", "Fernet, no binding", round(theirs * 1e3, 3))


def _keys(model: Any, organisation: UUID) -> Iterator[Figure]:
    from hamroh.vault import actions

    model.objects.bulk_create(
        (_person(model, organisation, number) for number in range(_ROWS - model.objects.count())), batch_size=500
    )
    looked_up = milliseconds(
        [
            lambda number=number: list(
                model.objects.with_blind(organisation_id=organisation, phone_index=f"93555{number:04}")
            )  # type: ignore[misc]
            for number in range(0, _ROWS, 100)
        ]
    )
    yield Figure("vault.look_up_p95", percentile(looked_up, 0.95), "ms")
    actions.begin_rotation(actor=None, organisation_id=organisation)
    before = time.perf_counter()
    rows = actions.continue_rotation(organisation)
    assert rows == _ROWS
    yield Figure("vault.rotate_10000", round(time.perf_counter() - before, 2), "s", "<= 30")
    (wrapped,) = milliseconds([lambda: actions.exchange_master(actor=None)])
    yield Figure("vault.exchange_master", round(wrapped, 2), "ms")


def _retention(model: Any, organisation: UUID) -> Iterator[Figure]:
    """The nightly count among 100,000 due records, every hundredth held, and the first page of the queue."""
    from django.db import connection

    from hamroh.kernel.retention import Event, Grain, Rule, Unit
    from hamroh.vault import retention
    from hamroh.vault.actions import retention as actions
    from hamroh.vault.models import Hold

    rule = Rule("bench", Event.CLOSED, Unit.MONTHS, 1, 1, 2)
    of = retention.RecordClass(rule=rule, model=model, title="bench", counted="opened_week", grain=Grain.WEEK)
    people = (_person(model, organisation, number) for number in range(_DUE - model.objects.count()))
    model.objects.bulk_create(people, batch_size=500)
    held = list(model.objects.order_by("pk").values_list("pk", flat=True)[::100])
    now, until = timezone.now(), dt.date(2100, 1, 1)
    facts = {"organisation_id": organisation, "record_kind": of.kind, "sort": Hold.HELD, "until_date": until}
    Hold.objects.bulk_create(Hold(record_id=pk, made_at=now, made_by_id=organisation, **facts) for pk in held)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    retention.declare(of)
    (night,) = milliseconds([actions.count_due])
    assert retention.due(of, organisation).count() == _DUE - len(held)
    yield Figure("vault.retention_due", round(night, 1), "ms")
    rows = retention.past_due(of, organisation).order_by("opened_week", "pk")
    pages = milliseconds([lambda: list(Paginator(rows.all(), 50).page(1))] * 20)
    yield Figure("vault.retention_page_p95", percentile(pages, 0.95), "ms")


def _journal(*, full: bool) -> Iterator[Figure]:
    from django.db import transaction

    from hamroh.accounts.models import Organisation
    from hamroh.vault import journal

    about = Organisation.objects.create(code="bench", names={}, country="tj")

    def append() -> None:
        with transaction.atomic():
            journal.record(actor=None, verb="bench.write", about=about)

    yield Figure("vault.journal_append", percentile(milliseconds([append] * _APPENDS), 0.5), "ms", "<= 6")
    lines = _FULL_LINES if full else _DEFAULT_LINES
    seconds = _verified(lines, about)
    if full:
        yield Figure("vault.verify_million", seconds, "s", "<= 60")
    else:
        yield Figure(f"vault.verify_{lines}", seconds, "s")


def _verified(lines: int, about: Any) -> float:
    """Write lines, chain them, and read the whole journal once."""
    from django.db import transaction

    from hamroh.vault import chain, journal
    from hamroh.vault.verifying import verify

    for _ in range(0, lines, 1000):
        with transaction.atomic():
            for _line in range(1000):
                journal.record(actor=None, verb="bench.write", about=about)
    for _batch in chain.seal_all():
        pass
    before = time.perf_counter()
    verdict = verify()
    assert verdict.holds
    return round(time.perf_counter() - before, 1)
