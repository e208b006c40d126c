"""Cases leave as a locked file: for a purpose, by two where they are many, for a short time, and nobody else's."""

import dataclasses
import datetime as dt
import io
import json
import re
import tempfile
import zipfile

import pyrage
import pytest
import pyzipper
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cases_exports import WORDS, asked
from cases_work import DONE, GOAL, NOTE, need, write
from cases_world import GULNORA, gulnoras, with_husband
from desk_world import NOW, at, employ, shown
from hamroh import vault
from hamroh.accounts import policy
from hamroh.accounts.models import ConflictBlock, Membership, Role
from hamroh.cases import actions, tasks
from hamroh.cases.actions import exports, lettinggo
from hamroh.cases.keeping import CASES
from hamroh.cases.models import Case, Consent, Export, ExportPart
from hamroh.vault import journal
from hamroh.vault.models import JournalLine

MINUTE = dt.timedelta(minutes=1)
ALL = "/desk/cases/exports/"
OUT_OF_IT = (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.MONITOR, Role.AUDITOR, Role.EDITOR, Role.TRACING_OFFICER)


def address(row: Export, what: str = "") -> str:
    return f"{ALL}{row.pk}/{what}"


def made(client, row: Export) -> str:
    """The password, as the page that makes the file shows it."""
    shown_page = client.post(address(row, "make/")).content.decode()
    return re.search(r'<code class="key">([a-z2-9-]{24})</code>', shown_page).group(1)


def fetched(client, row: Export) -> bytes:
    answer = client.get(address(row, "file/"))
    assert answer.status_code == 200
    return answer.content


def opened(content: bytes, password: str) -> dict[str, bytes]:
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def data_of(actor, row: Export) -> dict:
    """The tables as they would leave now."""
    with journal.openings("task"):
        parcel = exports.parcel_of(actor=actor, export=row, at=NOW)
    return json.loads(exports.parcels.as_json(parcel))


def kept(row: Export):
    """What the row still holds of the file."""
    decision = policy.require(row.asked_by, "export.take", row)
    with journal.openings("task"):
        return vault.open(row, "content", decision=decision, purpose="test")


def verbs() -> list[str]:
    return list(
        JournalLine.objects.filter(verb__startswith="export.", purpose="")
        .order_by("written_at", "pk")
        .values_list("verb", flat=True)
    )


# -- safety rule 11 --------------------------------------------------------------------------------------------------


def test_it_keeps_safety_rule_11_what_names_people_leaves_encrypted_marked_logged_and_for_a_short_time(
    office, case, time_machine
):
    client = shown(at(office.farzona))
    told = {"purpose": "court", "words": WORDS, "parts": ["cases", "people"], "locked_by": "password"}
    page = client.post(f"/desk/cases/{case.code}/export/", told)
    row = Export.objects.get()
    assert page.url == address(row)
    password = made(client, row)
    content = fetched(client, row)
    assert GULNORA.name.encode() not in content
    with pytest.raises(RuntimeError):
        opened(content, password[::-1])
    data = json.loads(opened(content, password)["data.json"])
    assert data["tables"]["people"][0]["name"] == GULNORA.name
    assert {"by": "Farzona", "purpose": "court", "export": row.code, "at": "2026-11-23 05:00 UTC"}.items() <= data[
        "mark"
    ].items()
    assert verbs() == ["export.ask", "export.make", "export.fetch"]
    time_machine.move_to(NOW + lettinggo.TO_FETCH + MINUTE)
    client = shown(at(office.farzona))
    assert client.get(address(row, "file/")).status_code == 302
    tasks.wipe_exports_daily.func()
    row.refresh_from_db()
    assert (row.state, kept(row)) == ("over", None)


@pytest.mark.parametrize("role", OUT_OF_IT)
def test_it_keeps_safety_rule_11_roles_that_need_no_export_find_none(office, case, role):
    row = asked(office.farzona, office.centre, case=case)
    client = shown(at(employ("lola", office.centre, role)))
    ways = ["", "release/", "decline/", "drop/", "make/", "file/"]
    places = [ALL, f"{ALL}new/", f"/desk/cases/{case.code}/export/", *(address(row, way) for way in ways)]
    found = {getattr(client, how)(place).status_code for place in places for how in ("get", "post")}
    assert found <= {404, 405}


def test_it_marks_every_sheet(office, case):
    row = asked(office.farzona, office.centre, case=case)
    with journal.openings("task"):
        parcel = exports.parcel_of(actor=office.farzona, export=row, at=NOW)
    book = load_workbook(io.BytesIO(exports.parcels.as_xlsx(parcel)))
    assert all(row.code in page["A1"].value or page.title == "mark" for page in book.worksheets)
    assert all("Farzona" in page.oddFooter.center.text for page in book.worksheets)


# -- who -------------------------------------------------------------------------------------------------------------


def test_it_shows_a_wish_to_who_asked_and_to_who_may_let_it_go(office, case):
    row = asked(office.farzona, office.centre, case=case)
    for who, sees in ((office.farzona, 200), (office.manizha, 200), (office.zebo, 404), (office.nermin, 404)):
        assert at(who).get(address(row)).status_code == sees
    assert WORDS in at(office.manizha).get(address(row)).content.decode()
    for who in (office.manizha, office.zebo, office.nermin):
        client = shown(at(who))
        answers = [
            client.get(address(row, "file/")),
            client.post(address(row, "make/")),
            client.post(address(row, "drop/")),
        ]
        assert {answer.status_code for answer in answers} == {404}


def test_it_hides_a_wish_about_a_case_from_who_is_shut_out_of_it(office, case):
    row = asked(office.farzona, office.centre, case=case)
    Export.objects.update(state="asked")
    ConflictBlock.objects.create(user=office.manizha, record_kind="cases.case", record_id=str(case.pk))
    client = shown(at(office.manizha))
    assert [client.get(address(row)).status_code, client.post(address(row, "release/")).status_code] == [404, 404]
    assert case.code not in client.get(ALL).content.decode() + client.get("/desk/cases/team/").content.decode()


@pytest.mark.parametrize("what", ["make/", "file/"])
def test_it_asks_who_sits_there_before_a_file_leaves(office, case, what):
    row = asked(office.farzona, office.centre, case=case)
    if what == "file/":
        made(shown(at(office.farzona)), row)
    client = at(office.farzona)
    answer = client.post(address(row, what)) if what == "make/" else client.get(address(row, what))
    assert answer.url.startswith("/accounts/confirm/")


def test_it_reads_by_the_right_of_this_moment(office, case):
    row = asked(office.farzona, office.centre, query="state=open")
    second = gulnoras(office, told=actions.Told(name="Second"))
    ConflictBlock.objects.create(user=office.farzona, record_kind="cases.case", record_id=str(second.pk))
    assert [each["case"] for each in data_of(office.farzona, row)["tables"]["cases"]] == [case.code]
    Membership.objects.filter(user=office.farzona).update(expires_at=NOW)
    assert shown(at(office.farzona)).post(address(row, "make/")).status_code == 404


def test_it_takes_nobodys_case_but_her_own(office, case):
    theirs = gulnoras(office, actor=office.zebo, told=actions.Told(name="Zebo’s"))
    row = asked(office.zebo, office.centre)
    assert [each["case"] for each in data_of(office.zebo, row)["tables"]["cases"]] == [theirs.code]
    assert at(office.zebo).get(f"/desk/cases/{case.code}/export/").status_code == 404


def test_it_serves_who_works_in_one_team(office):
    Membership.objects.filter(user=office.zebo).update(team="north")
    mine = gulnoras(office, actor=office.zebo, team="north")
    gulnoras(office, told=actions.Told(name="South"), team="south")
    row = asked(office.zebo, office.centre)
    assert at(office.zebo).get(address(row)).status_code == 200
    assert [each["case"] for each in data_of(office.zebo, row)["tables"]["cases"]] == [mine.code]


# -- two people ------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(monkeypatch) -> None:
    monkeypatch.setattr(exports, "EXPORTS", dataclasses.replace(exports.EXPORTS, most_alone=1))


def test_it_lets_many_people_go_by_a_second_person(office, case, many):
    with_husband(office, case)
    row = asked(office.farzona, office.centre)
    client = shown(at(office.farzona))
    client.post(address(row, "make/"))
    assert Export.objects.get().state == "asked"
    assert address(row) in at(office.manizha).get("/desk/cases/team/").content.decode()
    shown(at(office.manizha)).post(address(row, "release/"))
    password = made(client, row)
    assert opened(fetched(client, row), password)
    assert verbs()[:3] == ["export.ask", "export.release", "export.make"]


def test_it_does_not_let_go_by_who_asked_not_even_a_supervisor(office, case, many):
    with_husband(office, case)
    row = asked(office.manizha, office.centre)
    shown(at(office.manizha)).post(address(row, "release/"))
    assert Export.objects.get().state == "asked"
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.update(released_by=office.manizha)


def test_it_has_a_store_that_holds_no_large_export_of_one_person(office, case):
    asked(office.farzona, office.centre)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.update(people_count=51)


def test_it_is_let_go_once_and_not_after_its_time(office, case, many, time_machine):
    with_husband(office, case)
    row = asked(office.farzona, office.centre)
    exports.decline_export(actor=office.manizha, export=row)
    with pytest.raises(lettinggo.NotLetGo):
        exports.release_export(actor=office.manizha, export=row)
    late = asked(office.farzona, office.centre)
    time_machine.move_to(NOW + lettinggo.WAITS + MINUTE)
    with pytest.raises(lettinggo.NotLetGo):
        exports.release_export(actor=office.manizha, export=late)


def test_it_asks_anew_where_more_people_came_than_were_let_go(office, case, many):
    row = asked(office.farzona, office.centre)
    with_husband(office, case)
    with journal.openings("task"), pytest.raises(lettinggo.NotLetGo):
        exports.make_export(actor=office.farzona, export=row)


# -- what ------------------------------------------------------------------------------------------------------------


def test_it_leaves_notes_danger_and_ways_to_reach_her_here(office, case):
    write(office.farzona, case)
    write(office.nigora, gulnoras(office, actor=office.nigora, told=actions.Told(name="N")), "psychological")
    need(office, case)
    actions.give_service(actor=office.farzona, case=case, kind="advice", done=DONE)
    row = asked(office.farzona, office.centre, case=case, parts=list(ExportPart.values))
    data = data_of(office.farzona, row)
    said = json.dumps(data, ensure_ascii=False)
    assert {GULNORA.name, GOAL, DONE.words, GULNORA.phone} == {
        each for each in (GULNORA.name, GOAL, DONE.words, GULNORA.phone, NOTE) if each in said
    }
    assert set(data["tables"]) == {
        "cases", "people", "identifiers", "relations", "households", "matters", "deadlines", "hearings", "alimony",
        "needs", "help", "meetings",
    }  # fmt: skip


def test_it_takes_no_more_than_was_ticked(office, case):
    row = asked(office.farzona, office.centre, case=case, parts=["cases"])
    data = data_of(office.farzona, row)
    assert (set(data["tables"]), GULNORA.name in json.dumps(data, ensure_ascii=False)) == ({"cases"}, False)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "=cmd|'/C calc'!A0", '=HYPERLINK("http://a")'])
def test_it_makes_no_formula_of_a_name(office, sign):
    row = asked(office.farzona, office.centre, case=gulnoras(office, told=actions.Told(name=f"{sign}Gulnora")))
    with journal.openings("task"):
        parcel = exports.parcel_of(actor=office.farzona, export=row, at=NOW)
    content = exports.parcels.as_xlsx(parcel)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    cell = next(
        cell for line in load_workbook(io.BytesIO(content))["people"] for cell in line if "Gulnora" in str(cell.value)
    )
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_it_counts_without_names_codes_and_words_only_those_who_agreed(office, case):
    gulnoras(office, told=actions.Told(name="Asked nobody"))
    for answer, day in (("refused", 1), ("given", 2)):
        Consent.objects.create(
            organisation=office.centre, case=case, purpose="statistics", answer=answer, way="voice", text_version="1",
            text_digest="0" * 64, taken_by=office.farzona, made_at=NOW.replace(day=day),
        )  # fmt: skip
    row = asked(office.farzona, office.centre, purpose="statistics", parts=["cases"])
    assert data_of(office.farzona, row)["tables"] == {
        "cases": [{"opened": "2026-11", "closed": "", "state": "draft", "danger": "unknown", "country": "TJ", "channel": "visit"}]
    }  # fmt: skip


def test_it_keeps_safety_rule_10_no_words_leave_in_what_is_called_statistics(office, case):
    told = {"purpose": "statistics", "words": WORDS, "parts": ["cases", "work"], "locked_by": "password"}
    answer = at(office.farzona).post(f"{ALL}new/", told)
    assert (answer.status_code, "no names and no words" in answer.content.decode()) == (422, True)
    assert WORDS in answer.content.decode()
    assert not Export.objects.exists()


# -- locks -----------------------------------------------------------------------------------------------------------


def test_it_locks_to_a_recipients_key(office, case):
    key = pyrage.x25519.Identity.generate()
    told = {
        "purpose": "court",
        "words": WORDS,
        "parts": ["cases"],
        "locked_by": "key",
        "recipient": f" {key.to_public()} ",
    }
    client = shown(at(office.farzona))
    client.post(f"/desk/cases/{case.code}/export/", told)
    row = Export.objects.get()
    assert 'class="note care mt" role="status"' not in client.post(address(row, "make/")).content.decode()
    inside = zipfile.ZipFile(io.BytesIO(pyrage.decrypt(fetched(client, row), [key])))
    assert json.loads(inside.read("data.json"))["tables"]["cases"][0]["case"] == case.code


@pytest.mark.parametrize("key", ["", "age1nonsense", "AGE-SECRET-KEY-1ABC", "ssh-ed25519 AAAA"])
def test_it_says_what_is_wrong_with_a_key_and_loses_nothing(office, case, key):
    told = {"purpose": "court", "words": WORDS, "parts": ["people"], "locked_by": "key", "recipient": key}
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/export/", told)
    assert (answer.status_code, WORDS in answer.content.decode()) == (422, True)


def test_it_shows_a_password_once_and_keeps_it_nowhere(office, case):
    row, client = asked(office.farzona, office.centre, case=case), shown(at(office.farzona))
    password = made(client, row)
    assert password not in client.get(address(row)).content.decode()
    assert client.post(address(row, "make/")).status_code == 302
    holding = [model for model in apps.get_models() if password in str(list(model._base_manager.values()))]
    assert holding == []


def test_it_makes_the_file_anew_with_another_password(office, case):
    row, client = asked(office.farzona, office.centre, case=case), shown(at(office.farzona))
    first = made(client, row)
    page = client.post(address(row, "make/"), {"anew": "1"}).content.decode()
    second = re.search(r'<code class="key">([a-z2-9-]{24})</code>', page).group(1)
    content = fetched(client, row)
    assert second != first
    assert opened(content, second)
    with pytest.raises(RuntimeError):
        opened(content, first)


def test_it_writes_no_temporary_file(office, case, tmp_path, monkeypatch):
    def refused(*_args, **_options):
        raise AssertionError("what is sealed was to pass through a file")

    for name in ("NamedTemporaryFile", "mkstemp", "TemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refused)
    row = asked(office.farzona, office.centre, case=case, parts=list(ExportPart.values))
    with journal.openings("task"):
        assert exports.make_export(actor=office.farzona, export=row)


# -- the end ---------------------------------------------------------------------------------------------------------


def test_it_wipes_what_nobody_needs_any_more(office, case):
    row, client = asked(office.farzona, office.centre, case=case), shown(at(office.farzona))
    made(client, row)
    client.post(address(row, "drop/"))
    row.refresh_from_db()
    assert (row.state, kept(row), verbs()[-1]) == ("over", None, "export.drop")


def test_it_wipes_files_that_may_hold_a_case_that_is_erased(office, case):
    row, client = asked(office.farzona, office.centre), shown(at(office.farzona))
    made(client, row)
    with transaction.atomic():
        CASES.before(case)
    row.refresh_from_db()
    assert kept(row) is None


def test_it_forgets_after_three_months_that_something_was_taken_out(office, case, time_machine):
    asked(office.farzona, office.centre)
    time_machine.move_to(NOW + lettinggo.TO_MAKE + MINUTE)
    exports.wipe_expired()
    assert Export.objects.get().state == "over"
    time_machine.move_to(NOW + lettinggo.TO_MAKE + lettinggo.LISTED + MINUTE)
    exports.wipe_expired()
    assert not Export.objects.exists()


def test_it_asks_as_many_queries_for_many_cases_as_for_few(office, case):
    row, counts = asked(office.farzona, office.centre, parts=list(ExportPart.values)), []
    for _round in range(2):
        with policy.remembered(), journal.openings("task"), CaptureQueriesContext(connection) as seen:
            exports.parcel_of(actor=office.farzona, export=row, at=NOW)
        counts.append(len(seen))
        for number in range(3):
            with_husband(office, gulnoras(office, told=actions.Told(name=f"Another {number}")))
    assert counts[0] == counts[1]
    assert Case.objects.count() == 7
