"""Records that were let go: erased whole, certified, and what a room must say for that."""

import datetime as dt
import io
import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.utils import timezone

from hamroh.accounts.models import BreakGlass, ConflictBlock, Notice, RecordGrant, Task
from hamroh.kernel.retention import Event, Rule, Unit
from hamroh.vault import certificates, checks, erasure, files, findings, members, pools, retention
from hamroh.vault.actions import retention as actions
from hamroh.vault.models import (
    JournalLine,
    RecordKey,
    Release,
    RetentionCount,
    SealedFile,
)
from retaining import SOON, carried_out, closed, hold, outcomes, released
from sealedroom.keeping import MATTERS, SHELTERS
from sealedroom.models import Matter, Note, Shelter

pytestmark = pytest.mark.django_db


# -- what goes -----------------------------------------------------------------------------------------------------


def everything_about(cast, matter) -> SealedFile:
    """A note, a file, a loan, a block, a notice, an emergency, a task and an entry in the name pool that all point to the matter."""
    ref = {"record_kind": "sealedroom.matter", "record_id": str(matter.pk)}
    soon = timezone.now() + dt.timedelta(hours=1)
    Note.objects.create(organisation=cast.centre, matter=matter, text="Ba telefon")
    RecordGrant.objects.create(organisation=cast.centre, to_organisation=cast.gender_centre, ends_at=soon, **ref)
    ConflictBlock.objects.create(user=cast.rustam, **ref)
    Notice.objects.create(user=cast.zarina, about="glass", **ref)
    BreakGlass.objects.create(
        organisation=cast.centre, user=cast.zarina, reason="danger", words="…", ends_at=soon, reviewed_at=soon, **ref
    )
    Task.objects.create(organisation=cast.centre, assignee=cast.zarina, words="ring her", due_date=SOON, **ref)
    pools.put("sealedroom.matter", cast.centre.pk, [{"id": str(matter.pk), "name": "Гулнора Ҳакимова"}])
    hold_row = hold(cast, matter)
    actions.lift(actor=cast.zarina, row=hold_row)
    record = ("sealedroom.matter", str(matter.pk))
    return files.store(
        io.BytesIO(b"a letter\n"), name="a.txt", organisation_id=cast.centre.pk, record=record, actor=None
    )


def test_it_leaves_no_row_that_points_to_it(cast):
    other = closed(cast)
    everything_about(cast, other)
    everything_about(cast, matter := closed(cast))
    before = rows_about(other)
    carried_out(cast, matter)
    assert (rows_about(matter), rows_about(other)) == ({}, before)


def rows_about(matter) -> dict[str, int]:
    """Rows that name the matter, by table; the journal and the release stay."""
    pk = matter.pk
    found = {
        "matter": Matter.objects.filter(pk=pk).count(), "note": Note.objects.filter(matter_id=pk).count(),
        "file": SealedFile.objects.filter(record_id=pk).count(),
        **{model.__name__: model._base_manager.filter(record_id=pk).count() for model in retention.pointing()},
    }  # fmt: skip
    return {name: count for name, count in found.items() if count}


def test_it_removes_the_files_from_the_disk(cast):
    path = files.path_of(everything_about(cast, matter := closed(cast)))
    assert path.exists()
    row = carried_out(cast, matter)
    assert (path.exists(), row.lines.get().files_left) == (False, [])


def test_it_tells_what_went(cast):
    everything_about(cast, matter := closed(cast))
    gone = carried_out(cast, matter).lines.get().gone
    assert gone == {
        "sealedroom.matter": 1, "sealedroom.note": 1, "vault.sealedfile": 1, "accounts.recordgrant": 1,
        "accounts.conflictblock": 1, "accounts.notice": 1, "accounts.breakglass": 1, "accounts.task": 1, "vault.hold": 1,
        "vault.poolentry": 1,
    }  # fmt: skip


def test_it_keeps_the_journal_and_a_tombstone(cast):
    row = carried_out(cast, matter := closed(cast))
    line = row.lines.get()
    told = JournalLine.objects.get(pk=line.journal_line)
    assert (told.verb, told.record_id, told.actor_id) == ("retention.erase", str(matter.pk), cast.temur.pk)
    assert told.facts["proposed_by"] == str(cast.zarina.pk)
    assert (line.code, line.erased_week.weekday()) == (str(matter.pk)[:8], 0)


@dataclass
class Sealed:
    """A shelter with its own key, and who opens it."""

    row: Shelter
    private: Any


@pytest.fixture
def shelter(cast) -> Sealed:
    from hamroh.vault import actions as keys

    keys.make_recovery(actor=None, organisation_id=cast.centre.pk)
    private = members.create(cast.zarina.pk, "a long passphrase of hers")
    pk = uuid4()
    with members.unlocked(private, user_id=cast.zarina.pk):
        members.begin_record(("sealedroom.shelter", str(pk)), organisation_id=cast.centre.pk, members=[cast.zarina.pk])
        row = Shelter.objects.create(
            pk=pk, organisation=cast.centre, code="S1", address="7, Rudaki", left_date=retention.today()
        )
    return Sealed(row, private)


def test_it_shreds_the_key_of_a_locating_record(cast, shelter):
    assert RecordKey.objects.count() == 1
    row = carried_out(cast, shelter.row, of=SHELTERS)
    assert (outcomes(row), RecordKey.objects.count()) == (["erased"], 0)
    assert row.lines.get().gone["vault.recordkey"] == 3


# -- interruptions -------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """As if the process had gone."""


def test_it_goes_on_after_an_interruption_between_records(cast, monkeypatch):
    row = released(cast, closed(cast), closed(cast), closed(cast))
    whole, calls = erasure.erase, []

    def once(*args):
        if calls:
            raise Killed
        calls.append(1)
        return whole(*args)

    monkeypatch.setattr(erasure, "erase", once)
    with pytest.raises(Killed):
        actions.erase_released()
    assert (outcomes(row), Matter.objects.count()) == (["erased", "waiting", "waiting"], 2)
    monkeypatch.undo()
    actions.erase_released()
    assert (outcomes(row), Matter.objects.count()) == (["erased"] * 3, 0)


@pytest.mark.parametrize("step", ["_erase_pointers", "_erase_files", "_shred"])
def test_it_leaves_a_record_whole_where_it_is_interrupted_inside(cast, monkeypatch, step):
    path = files.path_of(everything_about(cast, matter := closed(cast)))
    row, before = released(cast, matter), rows_about(matter)

    def killed(*_args):
        raise Killed

    monkeypatch.setattr(erasure, step, killed)
    with pytest.raises(Killed):
        actions.erase_released()
    assert (rows_about(matter), path.exists(), outcomes(row)) == (before, True, ["waiting"])


def test_it_removes_files_later_where_it_was_interrupted_before(cast, monkeypatch):
    path = files.path_of(everything_about(cast, matter := closed(cast)))
    row = released(cast, matter)

    def killed(_line):
        raise Killed

    monkeypatch.setattr(erasure, "unlink", killed)
    with pytest.raises(Killed):
        actions.erase_released()
    assert (path.exists(), outcomes(row)) == (True, ["erased"])
    monkeypatch.undo()
    actions.erase_released()
    assert (path.exists(), row.lines.get().files_left) == (False, [])


def test_it_says_so_where_something_else_needs_a_record(cast, monkeypatch):
    row = released(cast, matter := closed(cast))

    def needed(*_args):
        raise models.ProtectedError("needed", set())

    monkeypatch.setattr(erasure, "erase", needed)
    actions.erase_released()
    assert (outcomes(row), Matter.objects.filter(pk=matter.pk).exists()) == (["stuck"], True)


# -- certificates --------------------------------------------------------------------------------------------------


@pytest.fixture
def certificate(cast) -> dict[str, Any]:
    return certificates.certificate(carried_out(cast, closed(cast), closed(cast)), organisation="centre")


def test_it_certifies_what_was_erased(certificate):
    assert certificate["records"] == {"erased": 2}
    assert (certificate["proposed"]["by"], certificate["released"]["by"]) == ("supervisor", "auditor")
    assert certificate["rule"] == "closed 60 months"


def test_it_says_nothing_personal_in_a_certificate(cast):
    matter = closed(cast)
    told = json.dumps(certificates.certificate(carried_out(cast, matter), organisation="centre"))
    secrets = ("Гулнора", "5550012", str(matter.pk), str(matter.pk)[:8], str(cast.zarina.pk), "zarina", "temur")
    assert [each for each in secrets if each in told] == []


def test_it_tells_a_genuine_certificate(certificate):
    checked = certificates.check(json.dumps(certificate))
    assert (checked.holds, checked.lines, checked.lines_there) == (True, 2, 2)


@pytest.mark.parametrize("field", ["records", "rule", "released", "journal_lines", "organisation", "mac"])
def test_it_tells_a_changed_certificate(certificate, field):
    value = {"erased": 1} if field == "records" else "0" * 64 if field == "mac" else "other"
    assert not certificates.check(json.dumps(certificate | {field: value})).genuine


@pytest.mark.parametrize(
    "content", ["", "[]", "null", "{}", '{"mac": 1}', "\x00", "[" * 100_000, '{"mac": "ü", "format": 1}']
)
def test_it_tells_what_is_no_certificate(db, content):
    assert not certificates.check(content).genuine


def test_it_tells_a_certificate_whose_lines_are_gone(certificate):
    JournalLine.objects.filter(pk=certificate["journal_lines"][0]).delete()
    checked = certificates.check(json.dumps(certificate))
    assert (checked.genuine, checked.holds) == (True, False)


def test_it_certifies_nothing_before_it_is_done(cast):
    with pytest.raises(ValueError, match="once it is done"):
        certificates.certificate(released(cast, closed(cast)), organisation="centre")


# -- what a room must say, and what the doctor asks ----------------------------------------------------------------


def faults(**changed) -> set[str]:
    facts = {
        "rule": Rule("other", Event.CLOSED, Unit.DAYS, 1, 0, 2), "model": Matter, "title": "x", "counted": "closed_week",
        "goes_with": ("sealedroom.note",),
    }  # fmt: skip
    return {fault.id for fault in checks._class_faults(retention.RecordClass(**facts | changed))}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({}, set()), ({"goes_with": ()}, {"vault.E010"}), ({"goes_with": ("sealedroom.note", "x.y")}, {"vault.E010"}),
        ({"counted": "opened_week"}, {"vault.E012"}),
        ({"model": SealedFile, "goes_with": (), "counted": "made_at"}, {"vault.E012"}),
    ],
)  # fmt: skip
def test_it_refuses_a_class_that_says_too_little(changed, fault):
    assert faults(**changed) == fault


def test_it_refuses_a_class_that_others_would_keep(db):
    from hamroh.accounts.models import User

    found = faults(model=User, goes_with=(), counted="date_joined", organisation="id")
    assert "vault.E011" in found


def test_it_refuses_a_code_twice():
    with pytest.raises(ValueError, match="declared already"):
        retention.declare(retention.RecordClass(rule=MATTERS.rule, model=Note, title="x", counted="id"))


def test_it_knows_that_the_journal_and_releases_stay():
    names = {model.__name__ for model in retention.pointing()}
    assert names == {"Hold", "RecordGrant", "ConflictBlock", "BreakGlass", "Notice", "Task", "PoolEntry"}


def told() -> set[str]:
    return {finding.id for finding in findings.due_records()}


def test_it_has_nothing_to_say_where_there_are_no_records(db):
    assert told() == set()


def test_it_warns_where_the_count_does_not_run(cast):
    closed(cast, week=retention.today())
    assert told() == {"retention.count"}
    actions.count_due()
    assert told() == set()
    RetentionCount.objects.update(counted_at=timezone.now() - dt.timedelta(days=3))
    assert told() == {"retention.count"}


def test_it_warns_of_records_that_wait_for_long(cast):
    closed(cast)
    actions.count_due()
    assert told() == {"retention.due"}


def test_it_warns_of_a_release_that_is_not_carried_out(cast):
    row = released(cast, closed(cast, week=dt.date(2021, 9, 6)))
    actions.count_due()
    Release.objects.filter(pk=row.pk).update(released_at=timezone.now() - dt.timedelta(days=2))
    assert "retention.release" in told()
