"""Lists of people: on what ground they are kept, how a file becomes one, and how somebody goes."""

import datetime as dt
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import Workbook

from desk_world import at
from hamroh.tracing import actions, exchange, selectors
from hamroh.tracing.actions import PoolRefused, imports, pools
from hamroh.tracing.met import HELD
from hamroh.tracing.models import Pool, PoolImport, PoolRecord
from hamroh.tracing.rows import Row, guessed, read, years
from hamroh.vault import pools as names
from hamroh.vault.models import SealedFile
from tracing_world import MET, NOTE, again, asked, handed_over, judged, listed, met

LINES = [
    ["Zafar Kurbonov", "1988", "Kulyab", "yes"],
    ["Саид Каримов", "14.03.1990", "Хатлон", "да"],
    ["Нодир", "1991", "", "no"],
]


def found_by(search, name="Зафар Қурбонов"):
    from hamroh.tracing import naming

    opener = naming.records_for(search.bahrom)
    return [each.id for each in names.search(naming.RECORDS, search.centre.pk, {"name": name}, opener=opener)]


def test_it_makes_no_list_of_a_shelter(search):
    with pytest.raises(PoolRefused):
        listed(search, of_a_shelter=True)
    pool = listed(search)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.filter(pk=pool.pk).update(of_a_shelter=True)


def test_it_keeps_a_lent_list_for_ninety_days_at_most(search):
    with pytest.raises(PoolRefused):
        listed(search, days=91)
    assert (listed(search, days=90).until_date - dt.date(2026, 11, 23)).days == 90


def test_it_asks_nobody_only_in_a_hospital(search):
    with pytest.raises(PoolRefused):
        listed(search, basis="vital")
    hospital = listed(search, origin="hospital", basis="vital", is_lent=False)
    assert met(search, hospital, replace(MET, consent=None)).name


@pytest.mark.parametrize("origin", ["detention", "register", "diaspora"])
def test_it_lists_nobody_without_his_consent(search, origin):
    pool = listed(search, origin=origin)
    with pytest.raises(PoolRefused):
        met(search, pool, replace(MET, consent=None))
    assert not PoolRecord.objects.exists()


def test_it_takes_somebody_off_at_once(search):
    record = met(search, listed(search))
    assert found_by(search) == [str(record.pk)]
    actions.withdraw_record(actor=search.shahlo, record=record)
    assert found_by(search) == []
    empty = {f"{name}__isnull": True for name in (*HELD, "phone_index")}
    row = PoolRecord.objects.get(pk=record.pk, **empty)
    assert (row.gone_why, row.gone_at is not None) == ("withdrawn", True)


def test_it_weighs_anew_what_was_judged_by_somebody_who_is_gone(search):
    row, record = asked(search), met(search, listed(search))
    for who in (search.bahrom, search.shahlo):
        judged(who, again(row.pk), record)
    actions.withdraw_record(actor=search.bahrom, record=record)
    assert again(row.pk).state == "searching"


def test_it_ends_a_list_when_its_days_are_over(search, time_machine):
    pool = listed(search)
    met(search, pool)
    time_machine.shift(dt.timedelta(days=30))
    assert pools.expire_pools() == 0
    time_machine.shift(dt.timedelta(days=1))
    assert pools.expire_pools() == 1
    assert (found_by(search), PoolRecord.objects.get().gone_why) == ([], "expired")
    with pytest.raises(PoolRefused):
        met(search, pool)


# -- files ---------------------------------------------------------------------------------------------------------


def test_it_knows_columns_in_four_languages():
    assert guessed(["ФИО", "Год рождения", "Район"]) == {"name": 0, "born": 1, "place": 2}
    assert guessed(["Ному насаб", "Соли таваллуд", "Розигӣ"]) == {"name": 0, "born": 1, "consent": 2}
    assert guessed(["Ad", "Doğum ili", "Telefon"]) == {"name": 0, "born": 1, "phone": 2}


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["", "1988", "", "yes"], "name"), (["123", "1988", "", "yes"], "name"), (["Zafar", "sometime", "", "yes"], "born"),
        (["Zafar", "1988", "", ""], "consent"), (["Zafar", "1988", "", "no"], "consent"), (["Z" * 121, "1988", "", "yes"], "long"),
        (["Zafar", "1988", "Kulyab", "yes"], ""),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_with_a_row(cells, fault):
    asks = SimpleNamespace(basis="consent")
    assert read(Row(2, tuple(cells)), {"name": 0, "born": 1, "place": 2, "consent": 3}, asks).fault == fault


def test_it_takes_no_formula_for_a_value():
    row = Row(2, ("", "1988", "", "yes"), formulas=(0,))
    assert read(row, {"name": 0}, SimpleNamespace(basis="vital")).fault == "formula"


def test_it_reads_years_as_they_are_written():
    told = {"1984": (1984, 1984), "14.03.1984": (1984, 1984), "1982-1986": (1982, 1986), "۱۹۸۴": (1984, 1984)}
    assert {each: tuple(years(each).values()) for each in told} == told
    assert [years(each) for each in ("", "84", "1986-1982", "1900-1999")] == [None] * 4


def test_it_tries_every_row_and_writes_nothing_before_a_yes(search):
    row = handed_over(search, listed(search), [*LINES, LINES[0]])
    counts = imports.choose_columns(
        actor=search.bahrom, row=row, mapping={"name": 0, "born": 1, "place": 2, "consent": 3}
    )
    assert counts == {"taken": 2, "consent": 1, "twice": 1}
    assert not PoolRecord.objects.exists()


def test_it_takes_a_file_in_once_and_keeps_nothing_of_it_elsewhere(search):
    pool = listed(search)
    row = handed_over(search, pool, LINES)
    imports.choose_columns(actor=search.bahrom, row=row, mapping={"name": 0, "born": 1, "place": 2, "consent": 3})
    imports.take_in(actor=search.bahrom, row=row)
    assert [imports.work_off(row.pk), imports.work_off(row.pk)] == [2, 0]
    assert [each.origin_line for each in PoolRecord.objects.order_by("origin_line")] == [2, 3]
    assert not SealedFile.objects.filter(kind="tracing.pool").exists()
    with pytest.raises(PoolRefused):
        handed_over(search, pool, LINES)


def test_it_goes_on_where_it_stood_still(search, monkeypatch):
    for module in (imports, pools):
        monkeypatch.setattr(module, "BATCH", 1)
    row = handed_over(search, listed(search), LINES)
    imports.choose_columns(actor=search.bahrom, row=row, mapping={"name": 0, "born": 1, "place": 2, "consent": 3})
    imports.take_in(actor=search.bahrom, row=row)
    write, times = imports.write_records, []

    def cut(*told, **more):
        times.append(told)
        if len(times) == 2:
            raise ConnectionError("the light went out")
        return write(*told, **more)

    monkeypatch.setattr(imports, "write_records", cut)
    with pytest.raises(ConnectionError):
        imports.work_off(row.pk)
    imports.work_off(row.pk)
    assert (PoolRecord.objects.count(), PoolImport.objects.get().taken) == (2, 2)


def test_it_takes_a_whole_file_back(search):
    row = handed_over(search, listed(search), LINES)
    imports.choose_columns(actor=search.bahrom, row=row, mapping={"name": 0, "consent": 3})
    imports.take_in(actor=search.bahrom, row=row)
    imports.work_off(row.pk)
    imports.take_back(actor=search.bahrom, row=PoolImport.objects.get(pk=row.pk))
    assert found_by(search) == []
    assert not PoolRecord.objects.filter(gone_at=None).exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xd0\xcf\x11\xe0old", "ФИО\nСаид".encode("cp1251"), b"PK\x03\x04broken", b"name\n" + b"Said\n" * 50_000],
)
def test_it_refuses_a_hostile_file_politely_and_keeps_nothing(search, content):
    pool = listed(search)
    upload = SimpleUploadedFile("list.csv", content)
    answer = at(search.bahrom).post(f"/desk/tracing/pools/{pool.code}/file/", {"file": upload})
    assert answer.status_code == 422
    assert not PoolImport.objects.exists()


def test_it_takes_no_file_without_the_token_of_its_form(search):
    client = Client(enforce_csrf_checks=True)
    client.force_login(search.bahrom)
    upload = SimpleUploadedFile("list.csv", b"name\nSaid\n")
    answer = client.post(f"/desk/tracing/pools/{listed(search).code}/file/", {"file": upload})
    assert answer.status_code == 403
    assert not PoolImport.objects.exists()


def test_it_reads_a_workbook(search):
    book, kept = Workbook(), BytesIO()
    for line in (["Name", "Year of birth"], ["Zafar", 1988], ["=HYPERLINK(1)", 1990]):
        book.active.append(line)
    book.save(kept)
    header, rows, _digest = exchange.read_file("list.xlsx", kept.getvalue())
    assert header == ("Name", "Year of birth")
    assert [(each.cells, each.formulas) for each in rows] == [(("Zafar", "1988"), ()), (("", "1990"), (0,))]


def test_it_brings_a_file_in_by_its_pages(search, django_capture_on_commit_callbacks):
    pool, client = listed(search), at(search.bahrom)
    csv = "Name;Year of birth;Home;Agreed\n" + "\n".join(";".join(line) for line in LINES)
    answer = client.post(f"/desk/tracing/pools/{pool.code}/file/", {"file": SimpleUploadedFile("l.csv", csv.encode())})
    answer = client.post(answer["Location"], {"name": "0", "born": "1", "place": "2", "consent": "3"})
    page = client.get(answer["Location"]).content.decode()
    assert "Саид Каримов" in page
    assert "No consent of the person" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{answer['Location']}decide/", {"do": "take"})
    assert selectors.records(pool=pool).count() == 2
    assert "Taken in" in client.get(answer["Location"]).content.decode()


def test_it_shows_a_note_to_who_searches(search):
    pool = listed(search)
    record = met(search, pool)
    assert NOTE in at(search.bahrom).get(f"/desk/tracing/pools/{pool.code}/{record.pk}/").content.decode()
