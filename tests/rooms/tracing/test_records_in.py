"""Records of another repository come into a list: tried first, taken in whole or not at all, brought up to date, wiped when they end there."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from desk_world import at, page
from hamroh.tracing import exchange, naming, selectors
from hamroh.tracing.actions import PoolRefused, foreign, imports, withdraw_record
from hamroh.tracing.met import HELD
from hamroh.tracing.models import Candidate, PassedRecord, PoolImport, PoolRecord, Step, Verdict
from hamroh.tracing.pfif import homes
from hamroh.vault import pools as names
from hamroh.vault.models import SealedFile
from tracing_passing import SIGN, agreed, asked_for, left, note, record, taken_in, tombstone, tried, xml
from tracing_world import again, asked, judged, listed

EMPTY = {f"{name}__isnull": True for name in HELD}


def there(**facts):
    return list(PoolRecord.objects.filter(gone_at=None, **facts))


def details(search, row):
    return selectors.record_details(record=row, decision=selectors.pool_of(actor=search.bahrom, code=row.pool.code)[1])


def found_by(search, name="Зафар Қурбонов"):
    opener = naming.records_for(search.bahrom)
    return [each.id for each in names.search(naming.RECORDS, search.centre.pk, {"name": name}, opener=opener)]


def counts(search, row):
    decision = selectors.pool_of(actor=search.bahrom, code=row.pool.code)[1]
    return selectors.import_facts(row=PoolImport.objects.get(pk=row.pk), decision=decision)["counts"]


def test_it_takes_records_in_as_they_are_with_what_is_known_of_their_consent(search):
    batch = taken_in(search, listed(search), record(inside=note(last_known_location="Zwqxplace")))
    (row,) = there()
    values = details(search, row)
    assert (batch.state, values["name"], values["born"], values["place"]) == (
        "done", "Zafar Kurbonov Rahimovich", {"first": 1988, "last": 1988}, "Kulyab",
    )  # fmt: skip
    assert values["consent"] == {"given": True, "sign": SIGN}
    assert "Zwqxplace" in values["note"]
    assert found_by(search) == [str(row.pk)]


def test_it_takes_nobody_in_of_whose_consent_nothing_is_known(search):
    row = tried(search, listed(search), record(), sign="")
    assert counts(search, row) == {"consent": 1}
    with pytest.raises(PoolRefused):
        imports.take_in(actor=search.bahrom, row=row)


def test_it_needs_no_consent_of_who_lies_in_a_hospital(search):
    taken_in(search, listed(search, origin="hospital", basis="vital", is_lent=False), record(), sign="")
    assert len(there()) == 1


def test_it_tries_every_record_and_takes_in_the_good_ones(search):
    batch = tried(search, listed(search), record(), record("2", sex="M"), record("1"), record("../2"))
    assert counts(search, batch) == {"taken": 1, "value": 1, "twice": 1, "id": 1}
    assert there() == []


@pytest.mark.parametrize("content", [b"<!DOCTYPE a><a/>", xml(), b"not XML", xml(version="2")])
def test_it_keeps_nothing_of_a_file_that_it_refuses(search, content):
    with pytest.raises(exchange.FileRefused):
        exchange.read_records(content)
    assert (PoolImport.objects.count(), SealedFile.objects.count()) == (0, 0)


def test_it_brings_a_record_up_to_date_by_its_identifier(search):
    pool = listed(search)
    taken_in(search, pool, record())
    (before,) = there()
    taken_in(search, pool, record(full_name="Zafar Qurbonzoda", source_date="2026-11-02T00:00:00Z"))
    (row,) = there()
    assert (row.pk, details(search, row)["name"]) == (before.pk, "Zafar Qurbonzoda")
    assert found_by(search, "Зафар Қурбонзода") == [str(row.pk)]


def test_it_keeps_the_newer_one_of_a_record(search):
    pool = listed(search)
    taken_in(search, pool, record())
    batch = tried(search, pool, record(full_name="Nobody", source_date="2026-10-01T00:00:00Z"))
    assert counts(search, batch) == {"older": 1}


def test_it_wipes_a_record_on_the_day_on_which_it_ends_at_its_home(search, time_machine):
    taken_in(search, listed(search), record(expiry_date="2026-11-25T00:00:00Z"), record("2"))
    time_machine.move_to(dt.datetime(2026, 11, 26, tzinfo=dt.UTC))
    assert len(found_by(search)) == 1
    assert foreign.expire_records() == 1
    (gone,) = PoolRecord.objects.filter(gone_why="expired", **EMPTY)
    assert (gone.foreign_index is not None, gone.expires_at, gone.source_at) == (
        True, dt.datetime(2026, 11, 25, tzinfo=dt.UTC), dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )  # fmt: skip


def test_it_wipes_a_record_with_its_list_if_that_ends_first(search, time_machine):
    from hamroh.tracing.actions import expire_pools

    taken_in(search, listed(search), record(expiry_date="2027-11-25T00:00:00Z"))
    time_machine.shift(dt.timedelta(days=31))
    expire_pools()
    assert (there(), PoolRecord.objects.filter(**EMPTY).count()) == ([], 1)


@pytest.mark.parametrize("ending", ["a tombstone", "a day that is over"])
def test_it_wipes_on_every_list_what_has_ended_at_its_home(search, ending):
    one, another = listed(search), listed(search)
    for pool in (one, another):
        taken_in(search, pool, record())
    news = (
        tombstone()
        if ending == "a tombstone"
        else record(expiry_date="2026-11-20T00:00:00Z", source_date="2026-11-19T00:00:00Z")
    )
    batch = tried(search, one, news)
    assert counts(search, batch) == {"expired": 1}
    imports.take_in(actor=search.bahrom, row=batch)
    imports.work_off(batch.pk)
    assert (there(), PoolRecord.objects.filter(gone_why="expired", **EMPTY).count(), found_by(search)) == ([], 2, [])


def test_it_takes_in_no_clone_that_has_ended_but_its_mark(search):
    taken_in(search, listed(search), record(expiry_date="2026-11-20T00:00:00Z"))
    (row,) = PoolRecord.objects.all()
    assert PoolRecord.objects.filter(pk=row.pk, gone_why="expired", **EMPTY).exists()


def test_it_does_not_bring_back_from_an_older_file_what_has_ended(search):
    pool = listed(search)
    taken_in(search, pool, tombstone())
    assert counts(search, tried(search, pool, record())) == {"older": 1}
    taken_in(search, pool, record(source_date="2026-11-21T00:00:00Z"))
    assert len(there()) == 1


def test_it_never_brings_back_who_was_taken_off(search):
    pool = listed(search)
    taken_in(search, pool, record())
    withdraw_record(actor=search.bahrom, record=there()[0])
    assert counts(search, tried(search, pool, record(source_date="2026-11-22T00:00:00Z"))) == {"withdrawn": 1}


def test_it_takes_a_file_in_again_that_was_taken_back(search):
    pool = listed(search)
    imports.take_back(actor=search.bahrom, row=taken_in(search, pool, record()))
    assert there() == []
    taken_in(search, pool, record())
    assert len(there()) == 1


def test_it_wipes_no_record_by_an_older_tombstone(search):
    pool = listed(search)
    taken_in(search, pool, record())
    assert counts(search, tried(search, pool, tombstone(source_date="2026-10-01T00:00:00Z"))) == {"older": 1}


# -- what is said to be one person ---------------------------------------------------------------------------------


def passed(search, row):
    agreed(search, row)
    left(search, asked_for(search))
    return homes.record_id(search.centre, PassedRecord.objects.get(request=row).public_id)


def linked(other, **more):
    return record(
        "7",
        note(linked_person_record_id=other),
        full_name="Somebody Quite Different",
        date_of_birth="1950",
        home_city="",
        **more,
    )


def test_it_makes_of_a_link_a_candidate_and_no_judgement(search):
    row = asked(search)
    taken_in(search, listed(search), linked(passed(search, row)))
    (candidate,) = Candidate.objects.all()
    assert (candidate.request_id, candidate.record_id, Verdict.objects.count(), again(row.pk).state) == (
        row.pk, there()[0].pk, 0, "searching",
    )  # fmt: skip


def test_it_proposes_what_is_linked_with_a_record_that_is_looked_at(search):
    row, pool = asked(search), listed(search)
    taken_in(search, pool, record())
    judged(search.bahrom, again(row.pk), there()[0])
    taken_in(search, pool, linked("example.org/1"))
    assert [each.record.origin_line for each in Candidate.objects.filter(request=row, seen_at=None)] == [1]


def test_it_makes_of_a_link_to_a_guarded_request_nothing(search):
    row = asked(search)
    record_id = passed(search, row)
    row = again(row.pk)
    row.route, row.state = "protection", "open"
    row.save()
    taken_in(search, listed(search), linked(record_id))
    assert (Candidate.objects.count(), Step.objects.filter(request=row, kind="note").count()) == (0, 0)


def test_it_takes_in_no_record_of_ours_and_reads_what_was_noted_of_it(search):
    row = asked(search)
    record_id = passed(search, row)
    batch = taken_in_of_ours(search, record_id)
    assert counts(search, batch) == {"ours": 1, "taken": 1}
    step = Step.objects.filter(request=row, kind="note").get()
    decision = selectors.request_of(actor=search.bahrom, code=row.code, verb="tracing.search")[1]
    told = [each["words"] for each in selectors.steps(request=row, decision=decision) if each["row"].pk == step.pk]
    assert "Zwqxnote" in told[0]


def taken_in_of_ours(search, record_id):
    return taken_in(search, listed(search), record("9"), record("8", note(), person_record_id=record_id))


# -- at the desk ---------------------------------------------------------------------------------------------------


def sent(search, pool, content, **more):
    file = SimpleUploadedFile("records.xml", content)
    return at(search.bahrom).post(f"/desk/tracing/pools/{pool.code}/records/", {"file": file, "sign": SIGN, **more})


def test_it_shows_what_would_become_of_each_record(search):
    pool = listed(search)
    answer = sent(search, pool, xml(record(), record("2", sex="M"), tombstone("3")))
    told = page(search.bahrom, answer["Location"])
    assert [
        word in told
        for word in ("Zafar Kurbonov Rahimovich", "example.org/2", "A value is none of those", "Its time is over")
    ] == [True] * 4
    assert there() == []


def test_it_asks_for_the_ground_and_keeps_what_was_typed(search):
    pool = listed(search)
    answer = sent(search, pool, b"<!DOCTYPE a><a/>")
    assert (
        answer.status_code,
        SIGN in answer.content.decode(),
        "Such a file is not read" in answer.content.decode(),
    ) == (422, True, True)
    assert sent(search, pool, xml(record()), sign="").status_code == 422
    assert PoolImport.objects.count() == 0


def test_it_asks_a_constant_number_of_queries_to_try_a_file(search):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def tries(many):
        row = tried(search, listed(search), *(record(f"{many}-{each}") for each in range(many)))
        with CaptureQueriesContext(connection) as seen:
            imports.choose_columns(actor=search.bahrom, row=row, mapping={"pfif": 0})
        return len(seen)

    assert tries(3) == tries(40)


def test_it_stores_nothing_of_a_record_in_the_clear(search):
    """Neither name nor identifier nor the ground, in any table of the room, the vault and the work: the identifier of a home may be a name."""
    from django.db import connection

    taken_in(search, listed(search), record(inside=note(last_known_location="Zwqxplace")))
    told = []
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in (each for each in tables if each.startswith(("tracing_", "vault_", "accounts_", "django_"))):
            cursor.execute(f'SELECT * FROM "{table}"')
            told += [repr(row) for row in cursor.fetchall()]
    whole = "".join(told)
    assert [word for word in ("Zafar Kurbonov", "example.org/1", SIGN, "Zwqxplace") if word in whole] == []
    assert str(there()[0].pk).replace("-", "") in whole.replace("-", "")
