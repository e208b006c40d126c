"""Records leave for another organisation: only of whom it was agreed, nothing that is never told, tombstones alike whatever the reason."""

import dataclasses
import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import pyrage
import pytest
from django.db import IntegrityError, transaction

from desk_world import at, employ, page, shown
from hamroh.accounts import policy
from hamroh.accounts.models import Role
from hamroh.cases.actions.lettinggo import NotLetGo
from hamroh.directory.models import Party, Phone
from hamroh.tracing import actions
from hamroh.tracing.actions import describing, passing
from hamroh.tracing.actions.describing import NotRead
from hamroh.tracing.models import End, PassedRecord, RecordFile
from hamroh.tracing.pfif.reading import people
from hamroh.tracing.pfif.standard import NEVER_OF_A_NOTE, NEVER_OF_A_PERSON, TOMBSTONE
from hamroh.tracing.selectors import passing as reads
from hamroh.vault import journal
from hamroh.vault.models import JournalLine
from tracing_passing import WORDS, agreed, asked_for, left, opened, record, taken_in
from tracing_world import MET, NO, ZAFAR, again, asked, listed, met, settle

SCAR = "A scar above the left brow; he limps."
ALL = "/desk/tracing/records/"


def ready(search, **more):
    """A request that may be passed on."""
    row = asked(search, **more)
    agreed(search, row)
    return row


def described(search, row, words=SCAR):
    found = describing.describe(actor=search.bahrom, request=row, words=words)
    describing.let_through(actor=search.shahlo, request=row, description=found)


def fields(found):
    return found.person.fields


# -- of whom -------------------------------------------------------------------------------------------------------


def test_it_passes_on_who_is_looked_for_with_what_may_be_told(search):
    described(search, ready(search))
    (found,) = left(search, asked_for(search))
    told = fields(found)
    assert [told[name] for name in ("full_name", "sex", "home_city", "description")] == [
        "Зафар Қурбонов",
        "male",
        "Кӯлоб",
        SCAR,
    ]
    assert (found.person.ours, [each.fields["status"] for each in found.person.notes]) == (
        {"patronymic": "Раҳим", "script": "Cyrl", "birth_years": "1986-1989"}, ["information_sought"],
    )  # fmt: skip


def test_it_tells_nothing_else(search):
    """Neither the news, nor who asks and why, nor a telephone, nor a place."""
    row = ready(search)
    described(search, row)
    password = passing.make_file(actor=search.bahrom, file=(file := asked_for(search)))
    inside = opened(passing.fetch_file(actor=search.bahrom, file=RecordFile.objects.get(pk=file.pk)), password)
    whole = b"".join(inside.values()).decode()
    secret = (
        "Perm",
        "cousin",
        "building",
        "daughter",
        "912",
        "Gulnora",
        "Гулнора",
        row.code,
        str(row.pk),
        search.case.code,
    )
    assert [word for word in secret if word in whole] == []
    (found,) = people(inside["records.xml"])
    assert set(fields(found)) & NEVER_OF_A_PERSON == set()
    assert {name for each in found.person.notes for name in each.fields} & NEVER_OF_A_NOTE == set()


@pytest.mark.parametrize("given", ["refused", "withdrawn", None])
def test_it_passes_on_nobody_without_a_yes_to_this_organisation(search, given):
    row = asked(search)
    if given:
        agreed(search, row)
        agreed(search, row, given)
    with pytest.raises(NotLetGo):
        asked_for(search)


@pytest.mark.parametrize("what", ["hidden", "woman"])
def test_it_passes_on_nobody_who_is_guarded(search, what):
    more = {"answers": NO | {"hidden": "yes"}} if what == "hidden" else {"sought": replace(ZAFAR, facts={"sex": "f"})}
    ready(search, **more)
    with pytest.raises(NotLetGo):
        asked_for(search)


def test_it_passes_on_nobody_before_the_questions_are_weighed(search):
    agreed(search, asked(search, weighed=False))
    with pytest.raises(NotLetGo):
        asked_for(search)


def test_it_tells_no_words_that_nobody_else_has_read(search):
    row = ready(search)
    described(search, row)
    describing.describe(actor=search.bahrom, request=row, words="He may be at the market of Perm.")
    (found,) = left(search, asked_for(search))
    assert fields(found)["description"] == SCAR


def test_it_lets_nobody_read_her_own_words_through(search):
    row = ready(search)
    found = describing.describe(actor=search.bahrom, request=row, words=SCAR)
    with pytest.raises(NotRead):
        describing.let_through(actor=search.bahrom, request=row, description=found)


def test_it_tells_a_telephone_of_the_public_directory_alone(search):
    party = Party.objects.create(code="centre", kind="ngo", state="listed", visibility="public", tenant=search.centre)
    Phone.objects.create(party=party, number="+992372210000")
    ready(search)
    assert reads.office_phones(house=search.centre) == ["+992372210000"]
    (found,) = left(search, asked_for(search, office_phone="+992372210000"))
    assert (fields(found)["author_phone"], fields(found)["author_name"]) == (
        "+992372210000",
        fields(found)["source_name"],
    )
    answer = at(search.bahrom).post(f"{ALL}new/", typed(search) | {"office_phone": "+79125554433"})
    assert answer.status_code == 422


def test_it_calls_one_request_otherwise_to_each_organisation(search):
    from hamroh.accounts.models import Organisation

    third = Organisation.objects.create(code="third", names={"en": "Third"}, country="TJ")
    row = ready(search)
    agreed(search, row, to=third)
    ids = {left(search, asked_for(search, to=to))[0].record_id for to in (search.office.other, third)}
    assert len(ids) == 2


# -- tombstones ----------------------------------------------------------------------------------------------------


def _wish(search, row):
    actions.close(actor=search.farzona, request=row, end=End.WISH)


def _found(search, row):
    actions.close(actor=search.bahrom, request=row, end=End.FOUND, words="He was found and agreed.")


def _withdrawn(search, row):
    agreed(search, row, "withdrawn")


def _guarded(search, row):
    actions.correct(
        actor=search.farzona, request=row, sought=replace(ZAFAR, facts={"sex": "f"}), seen=actions.asking.mark_of(row)
    )
    settle(row)


@pytest.mark.parametrize("how", [_wish, _found, _withdrawn, _guarded])
def test_it_leaves_the_same_tombstone_whatever_a_request_ended_for(search, time_machine, how):
    row = ready(search)
    (before,) = left(search, asked_for(search))
    time_machine.shift(dt.timedelta(hours=1))
    how(search, again(row.pk))
    (after,) = left(search, asked_for(search))
    assert after.person.is_tombstone
    assert set(fields(after)) == set(TOMBSTONE)
    assert after.record_id == before.record_id
    days = {fields(after)[name] for name in ("source_date", "entry_date", "expiry_date")}
    assert (len(days), days.pop() > fields(before)["source_date"]) == (1, True)


def test_it_leaves_no_tombstone_of_who_was_never_passed_on(search):
    row, _other = ready(search), ready(search)
    agreed(search, row, "withdrawn")
    assert len(left(search, asked_for(search))) == 1


def test_it_wipes_with_a_tombstone_what_another_installation_took_in(search, time_machine):
    """There and back: what we send is a record there, and our tombstone empties it."""
    from hamroh.tracing.models import PoolRecord
    from tracing_passing import xml

    ready_row = ready(search)
    password = passing.make_file(actor=search.bahrom, file=(file := asked_for(search)))
    first = opened(passing.fetch_file(actor=search.bahrom, file=RecordFile.objects.get(pk=file.pk)), password)[
        "records.xml"
    ]
    pool, there = listed(search), first.replace(b"hamroh.internal", b"hamroh.example")
    _taken(search, pool, there)
    assert PoolRecord.objects.filter(gone_at=None).count() == 1
    time_machine.shift(dt.timedelta(hours=1))
    agreed(search, ready_row, "withdrawn")
    password = passing.make_file(actor=search.bahrom, file=(file := asked_for(search)))
    second = opened(passing.fetch_file(actor=search.bahrom, file=RecordFile.objects.get(pk=file.pk)), password)[
        "records.xml"
    ]
    _taken(search, pool, second.replace(b"hamroh.internal", b"hamroh.example"))
    assert PoolRecord.objects.filter(gone_at=None).count() == 0
    assert xml


def _taken(search, pool, content):
    from hamroh.tracing import exchange
    from hamroh.tracing.actions import imports

    header, rows, digest = exchange.read_records(content, sign="They wrote it.")
    row = imports.hand_over(
        actor=search.bahrom, pool=pool, header=header, rows=rows, digest=digest, mapping={"pfif": 0}
    )
    imports.choose_columns(actor=search.bahrom, row=row, mapping={"pfif": 0})
    imports.take_in(actor=search.bahrom, row=row)
    imports.work_off(row.pk)


# -- people of a list ----------------------------------------------------------------------------------------------


def test_it_passes_on_of_a_list_only_who_agreed_with_the_parts_he_agreed_to(search):
    pool = listed(search)
    one, _other = met(search, pool), met(search, pool, replace(MET, name="Somebody Else"))
    with pytest.raises(NotLetGo):
        asked_for(search, pool=pool)
    passing.agree_to_pass(actor=search.bahrom, record=one, to=search.office.other, parts=["born"], sign="by word")
    (found,) = left(search, asked_for(search, pool=pool))
    told = fields(found)
    assert (told["full_name"], told["date_of_birth"]) == (MET.name, "1988")
    assert [name for name in ("sex", "home_city", "description", "alternate_names") if name in told] == []
    assert found.person.notes == ()


def test_it_passes_nobody_on_who_took_his_word_back(search):
    pool = listed(search)
    one = met(search, pool)
    passing.agree_to_pass(actor=search.bahrom, record=one, to=search.office.other, parts=[], sign="by word")
    left(search, asked_for(search, pool=pool))
    passing.take_word_back(actor=search.bahrom, record=one, to=search.office.other)
    (found,) = left(search, asked_for(search, pool=pool))
    assert found.person.is_tombstone


def test_it_leaves_a_tombstone_of_who_was_taken_off_a_list_under_the_name_of_its_home(search):
    from hamroh.tracing.models import PoolRecord

    pool = listed(search)
    taken_in(search, pool, record())
    row = PoolRecord.objects.get()
    passing.agree_to_pass(actor=search.bahrom, record=row, to=search.office.other, parts=["born"], sign="by word")
    (found,) = left(search, asked_for(search, pool=pool))
    assert found.record_id == "example.org/1"
    actions.withdraw_record(actor=search.bahrom, record=row)
    (found,) = left(search, asked_for(search, pool=pool))
    assert (found.person.is_tombstone, found.record_id) == (True, "example.org/1")


def test_it_keeps_what_he_agreed_to_when_his_record_is_brought_up_to_date(search):
    from hamroh.tracing.models import PoolRecord

    pool = listed(search)
    taken_in(search, pool, record())
    row = PoolRecord.objects.get()
    passing.agree_to_pass(actor=search.bahrom, record=row, to=search.office.other, parts=["sex"], sign="by word")
    taken_in(search, pool, record(source_date="2026-11-02T00:00:00Z"))
    (found,) = left(search, asked_for(search, pool=pool))
    assert "sex" in fields(found)


PARTED = {
    "given_name": "Zafar", "family_name": "Kurbonov", "home_city": "Kulyab", "home_state": "Khatlon", "home_country": "TJ",
}  # fmt: skip


def handed_on(search, parts):
    """The fields of a record from elsewhere as they leave again, with the parts that he agreed to."""
    from hamroh.tracing.models import PoolRecord

    pool = listed(search)
    taken_in(search, pool, record(alternate_names="Zafar Rahimzoda", **PARTED))
    row = PoolRecord.objects.get()
    passing.agree_to_pass(actor=search.bahrom, record=row, to=search.office.other, parts=parts, sign="by word")
    (found,) = left(search, asked_for(search, pool=pool))
    return fields(found)


def test_it_hands_on_name_and_home_as_they_came(search):
    told = handed_on(search, ["names", "place"])
    assert {name: told.get(name) for name in PARTED} == PARTED
    assert (told["full_name"], told["alternate_names"]) == ("Zafar Kurbonov Rahimovich", "Zafar Rahimzoda")


@pytest.mark.parametrize(("agreed_to", "left_out"), [("names", "home_"), ("place", "_name"), ("born", "home_")])
def test_it_hands_on_no_part_of_what_he_did_not_agree_to(search, agreed_to, left_out):
    told = handed_on(search, [agreed_to])
    assert [name for name in told if left_out in name and name not in ("full_name", "author_name", "source_name")] == []


# -- as a file -----------------------------------------------------------------------------------------------------


def test_it_locks_a_file_to_the_recipients_key(search):
    ready(search)
    identity = pyrage.x25519.Identity.generate()
    file = asked_for(search, locked_by="key", recipient=str(identity.to_public()))
    assert passing.make_file(actor=search.bahrom, file=file) == ""
    content = passing.fetch_file(actor=search.bahrom, file=RecordFile.objects.get(pk=file.pk))
    with zipfile.ZipFile(io.BytesIO(pyrage.decrypt(content, [identity]))) as archive:
        assert len(list(people(archive.read("records.xml")))) == 1


def test_it_lets_many_go_by_two_alone(search, monkeypatch):
    monkeypatch.setattr(passing, "FILES", dataclasses.replace(passing.FILES, most_alone=0))
    ready(search)
    file = asked_for(search)
    assert file.state == "asked"
    with pytest.raises(NotLetGo):
        passing.make_file(actor=search.bahrom, file=file)
    passing.release_file(actor=search.manizha, file=file)
    assert len(left(search, RecordFile.objects.get(pk=file.pk))) == 1


def test_it_lets_nobody_release_her_own(search, monkeypatch):
    monkeypatch.setattr(passing, "FILES", dataclasses.replace(passing.FILES, most_alone=0))
    ready(search)
    file = asked_for(search, who=search.manizha)
    with pytest.raises(NotLetGo):
        passing.release_file(actor=search.manizha, file=file)
    with pytest.raises(policy.Refused):
        passing.release_file(actor=search.shahlo, file=file)


def test_it_keeps_in_the_table_that_many_leave_by_two(search):
    ready(search)
    file = asked_for(search)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordFile.objects.filter(pk=file.pk).update(people_count=51)


def test_it_hands_out_no_file_in_which_somebody_may_leave_no_more(search):
    row = ready(search)
    file = asked_for(search)
    passing.make_file(actor=search.bahrom, file=file)
    agreed(search, row, "withdrawn")
    with pytest.raises(NotLetGo):
        passing.fetch_file(actor=search.bahrom, file=RecordFile.objects.get(pk=file.pk))
    assert RecordFile.objects.filter(pk=file.pk, state="over", content__isnull=True).exists()


def test_it_wipes_a_file_after_a_day(search, time_machine):
    ready(search)
    file = asked_for(search)
    passing.make_file(actor=search.bahrom, file=file)
    time_machine.shift(dt.timedelta(days=1, seconds=1))
    with pytest.raises(NotLetGo):
        passing.fetch_file(actor=search.bahrom, file=RecordFile.objects.get(pk=file.pk))
    passing.wipe_expired()
    assert RecordFile.objects.filter(pk=file.pk, state="over", content__isnull=True).exists()


def test_it_says_in_the_journal_what_left_and_no_name(search):
    ready(search)
    left(search, asked_for(search))
    lines = list(JournalLine.objects.filter(verb__startswith="record_file."))
    assert [each.verb.partition(".")[2] for each in lines] == ["ask", "make", "fetch"]
    told = repr([each.facts for each in lines])
    assert [word for word in ("Зафар", WORDS, "Кӯлоб") if word in told] == []


def test_it_takes_nothing_out_of_who_works_on_the_case(search):
    """Whose case it is searches nothing for it, and passes nothing on; she leaves no tombstone of what others passed on either."""
    officer = employ("both", search.centre, Role.TRACING_OFFICER)
    row = ready(search)
    left(search, asked_for(search))
    row.case.owner = officer
    row.case.save()
    with pytest.raises(NotLetGo):
        asked_for(search, who=officer)
    assert PassedRecord.objects.filter(ended_at=None).count() == 1


# -- at the desk ---------------------------------------------------------------------------------------------------


def typed(search, **more):
    return {"to": str(search.office.other.pk), "words": WORDS, "locked_by": "password"} | more


def test_it_goes_from_the_wish_to_the_file_at_the_desk(search):
    ready(search)
    client = shown(at(search.bahrom))
    answer = client.post(f"{ALL}new/", typed(search))
    assert answer.status_code == 302
    made = client.post(f"{answer['Location']}make/").content.decode()
    password = re.search(r'<code class="key">([a-z2-9-]{24})</code>', made).group(1)
    got = client.get(f"{answer['Location']}file/")
    assert re.fullmatch(r'attachment; filename="file-[0-9a-z]+\.zip"', got["Content-Disposition"])
    assert len(list(people(opened(got.content, password)["records.xml"]))) == 1
    assert "Зафар" not in client.get(answer["Location"]).content.decode()


def test_it_keeps_what_was_typed_when_the_key_is_none(search):
    ready(search)
    answer = at(search.bahrom).post(f"{ALL}new/", typed(search, locked_by="key", recipient="age1nonsense"))
    assert (answer.status_code, WORDS in answer.content.decode()) == (422, True)


def test_it_lets_words_through_at_the_desk(search):
    row = ready(search)
    address = f"/desk/tracing/{row.code}/words/"
    at(search.bahrom).post(address, {"words": SCAR})
    through = re.search(rf'action="({address}[0-9a-f-]+/)"', page(search.shahlo, address)).group(1)
    assert through not in page(search.bahrom, address)
    at(search.shahlo).post(through)
    assert "Read by another" in page(search.bahrom, address)


def test_it_writes_down_at_the_desk_what_may_be_passed_on(search):
    pool = listed(search)
    one = met(search, pool)
    address = f"/desk/tracing/pools/{pool.code}/{one.pk}/pass/"
    client = at(search.bahrom)
    client.post(address, {"to": str(search.office.other.pk), "parts": ["born"], "sign": "by word"})
    assert "He takes it back" in page(search.bahrom, address)
    client.post(f"{address}back/", {"to": str(search.office.other.pk)})
    assert "Not any more" in page(search.bahrom, address)


def test_it_shows_her_side_nothing_of_what_was_passed_on(search):
    row = ready(search)
    before = page(search.farzona, f"/desk/tracing/{row.code}/")
    left(search, asked_for(search))
    after = page(search.farzona, f"/desk/tracing/{row.code}/")
    plain = [re.sub(r"nonce=\S+|value=\S+", "", each) for each in (before, after)]
    assert plain[0] == plain[1]


def test_it_asks_a_constant_number_of_queries_for_its_list(search):
    from desk_world import asked as queries

    ready(search)
    client = at(search.bahrom)
    asked_for(search)
    first = queries(client, ALL)
    for _each in range(3):
        asked_for(search)
    assert queries(client, ALL) == first


def test_it_wipes_files_when_a_request_is_erased(search):
    from hamroh.tracing.keeping import TRACING

    row = ready(search)
    file = asked_for(search)
    passing.make_file(actor=search.bahrom, file=file)
    with journal.openings("task"), transaction.atomic():
        TRACING.before(row)
    assert RecordFile.objects.get(pk=file.pk).state == "over"
