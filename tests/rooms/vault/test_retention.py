"""Records whose time is over: found, held, proposed, released by a second person, erased whole, and certified."""

import datetime as dt
import io
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hamroh.accounts.models import BreakGlass, ConflictBlock, Notice, RecordGrant, Task
from hamroh.kernel.retention import Event, Grain, Rule, Unit
from hamroh.vault import certificates, checks, erasure, files, findings, members, retention
from hamroh.vault.actions import retention as actions
from hamroh.vault.actions.retention import Proposed, RetentionRefused
from hamroh.vault.models import (
    Hold,
    JournalLine,
    RecordKey,
    Release,
    ReleaseLine,
    RetentionCount,
    RetentionPeriod,
    SealedFile,
)
from sealedroom.cast import make_matter
from sealedroom.keeping import MATTERS, SHELTERS
from sealedroom.models import Matter, Note, Shelter

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2019, 3, 4)
SOON = timezone.now().date() + dt.timedelta(days=30)


def closed(cast, week=LONG_AGO, **values):
    return make_matter(cast, closed_week=week, **values)


def propose(cast, *matters, ground=Release.DUE, of=MATTERS):
    records = [Proposed(matter, str(matter.pk)[:8]) for matter in matters]
    return actions.propose(
        actor=cast.zarina, role="supervisor", of=of, organisation_id=cast.centre.pk, records=records, ground=ground
    )


def released(cast, *matters, **kwargs):
    row = propose(cast, *matters, **kwargs)
    Release.objects.filter(pk=row.pk).update(opens_at=timezone.now())
    seen = row.lines.values_list("pk", flat=True)
    return actions.release(actor=cast.temur, role="auditor", row=row, seen=seen)


def carried_out(cast, *matters, **kwargs):
    row = released(cast, *matters, **kwargs)
    actions.erase_released(row.pk)
    row.refresh_from_db()
    return row


def hold(cast, matter, sort=Hold.HELD, until=SOON):
    return actions.hold(actor=cast.zarina, of=MATTERS, record=matter, sort=sort, why="court", until_date=until)


def outcomes(row) -> list[str]:
    return sorted(row.lines.values_list("outcome", flat=True))


def due(cast) -> set[UUID]:
    return set(retention.due(MATTERS, cast.centre.pk).values_list("pk", flat=True))


# -- what is due ---------------------------------------------------------------------------------------------------


def test_it_finds_what_is_due(cast):
    old = closed(cast)
    make_matter(cast)
    closed(cast, week=retention.today())
    assert due(cast) == {old.pk}


def test_it_finds_by_one_query_what_the_rule_says_of_each(cast):
    start = dt.date(2021, 9, 6)
    rows = [closed(cast, week=start + dt.timedelta(weeks=number)) for number in range(0, 30, 3)]
    for day in (dt.date(2026, 10, 31), dt.date(2026, 11, 22), dt.date(2027, 1, 10)):
        said = {
            row.pk
            for row in rows
            if retention.decide(MATTERS.rule, 60, retention.Facts(row.closed_week, Grain.WEEK), day).may_go
        }
        assert set(retention.due(MATTERS, cast.centre.pk, day).values_list("pk", flat=True)) == said


def test_it_finds_it_by_the_index(cast):
    with connection.cursor() as cursor:
        sql, values = retention.due(MATTERS, cast.centre.pk).query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}" if connection.vendor == "sqlite" else f"EXPLAIN {sql}", values)
        plan = str(cursor.fetchall())
    assert "matters_by_closure" in plan or connection.vendor != "sqlite"


@pytest.mark.parametrize("sort", [Hold.HELD, Hold.OBJECTION, Hold.LONGER])
def test_it_leaves_out_what_is_held_or_kept_longer(cast, sort):
    hold(cast, closed(cast), sort)
    assert due(cast) == set()


def test_it_shows_what_is_held_and_not_what_is_kept_longer(cast):
    held, longer = closed(cast), closed(cast)
    hold(cast, held)
    hold(cast, longer, Hold.LONGER)
    assert set(retention.past_due(MATTERS, cast.centre.pk).values_list("pk", flat=True)) == {held.pk}


def test_it_finds_it_again_when_the_longer_time_is_over(cast):
    matter = closed(cast)
    hold(cast, matter, Hold.LONGER)
    Hold.objects.update(until_date=retention.today())
    assert due(cast) == {matter.pk}


def test_it_finds_it_again_when_the_hold_is_lifted(cast):
    matter = closed(cast)
    actions.lift(actor=cast.temur, row=hold(cast, matter))
    assert due(cast) == {matter.pk}
    assert JournalLine.objects.filter(verb="retention.lift", actor_id=cast.temur.pk).count() == 1


def test_it_keeps_as_long_as_the_organisation_chose(cast):
    closed(cast)
    actions.choose_period(actor=cast.temur, of=MATTERS, organisation_id=cast.centre.pk, length=240, why="law")
    assert due(cast) == set()
    line = JournalLine.objects.get(verb="retention.choose_period")
    assert (line.facts["was"], line.facts["length"], line.facts["why"]) == (60, 240, "law")


@pytest.mark.parametrize("length", [11, 241])
def test_it_takes_no_period_out_of_bounds(cast, length):
    with pytest.raises(RetentionRefused, match="out of bounds"):
        actions.choose_period(actor=cast.temur, of=MATTERS, organisation_id=cast.centre.pk, length=length, why="law")
    assert not RetentionPeriod.objects.exists()


def test_it_refuses_a_hold_that_ends_today(cast):
    with pytest.raises(RetentionRefused, match="past"):
        hold(cast, closed(cast), until=retention.today())


def test_it_counts_each_class_of_each_organisation(cast):
    closed(cast)
    closed(cast, organisation=cast.gender_centre)
    closed(cast, week=retention.today())
    actions.count_due()
    told = RetentionCount.objects.filter(record_class="sealed_matter").values_list("organisation_id", "due")
    assert dict(told) == {cast.centre.pk: 1, cast.gender_centre.pk: 1}


def test_it_counts_since_when_the_oldest_waits(cast):
    closed(cast)
    actions.count_due()
    assert RetentionCount.objects.get(record_class="sealed_matter").oldest_due_date == dt.date(2024, 3, 10)


def test_it_forgets_a_count_that_is_over(cast):
    matter = closed(cast)
    actions.count_due()
    matter.delete()
    actions.count_due()
    assert RetentionCount.objects.get(record_class="sealed_matter").due == 0


def test_it_counts_many_by_as_few_queries(cast):
    asked = []
    for many in (1, 40):
        for _ in range(many):
            closed(cast)
        with CaptureQueriesContext(connection) as captured:
            actions.count_due()
        asked.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
    assert asked[1] <= asked[0]


# -- two people ----------------------------------------------------------------------------------------------------


def test_it_erases_what_two_people_let_go(cast):
    row = carried_out(cast, matter := closed(cast))
    assert (row.state, outcomes(row)) == ("done", ["erased"])
    assert not Matter.objects.filter(pk=matter.pk).exists()


def test_it_refuses_the_same_person_twice(cast):
    row = propose(cast, closed(cast))
    Release.objects.update(opens_at=timezone.now())
    with pytest.raises(RetentionRefused, match="same person"):
        actions.release(actor=cast.zarina, role="auditor", row=row, seen=row.lines.values_list("pk", flat=True))


def test_it_refuses_the_same_person_twice_in_the_database_itself(cast):
    row = propose(cast, closed(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=row.pk).update(released_by_id=cast.zarina.pk)


def test_it_gives_the_owner_time_to_object(cast):
    row = propose(cast, closed(cast))
    with pytest.raises(RetentionRefused, match="too early"):
        actions.release(actor=cast.temur, role="auditor", row=row, seen=row.lines.values_list("pk", flat=True))


def test_it_proposes_nothing_twice(cast):
    propose(cast, matter := closed(cast))
    with pytest.raises(RetentionRefused, match="proposed"):
        propose(cast, matter)


def test_it_proposes_nothing_before_its_time(cast):
    with pytest.raises(RetentionRefused, match="not due"):
        propose(cast, closed(cast, week=retention.today()))


def test_it_proposes_nothing_that_was_never_closed(cast):
    with pytest.raises(RetentionRefused, match="not due"):
        propose(cast, make_matter(cast))


def test_it_erases_before_its_time_what_was_asked_for(cast):
    row = carried_out(cast, make_matter(cast), ground=Release.ASKED)
    assert outcomes(row) == ["erased"]


@pytest.mark.parametrize("ground", [Release.DUE, Release.ASKED])
def test_it_never_proposes_what_is_held(cast, ground):
    matter = closed(cast)
    hold(cast, matter)
    with pytest.raises(RetentionRefused, match="held"):
        propose(cast, matter, ground=ground)


def test_it_sends_back(cast):
    row = propose(cast, matter := closed(cast))
    actions.send_back(actor=cast.temur, release=row)
    assert (Release.objects.get().state, due(cast)) == ("sent_back", {matter.pk})
    propose(cast, matter)


def test_it_sets_apart_what_the_second_person_did_not_see(cast):
    row = propose(cast, one := closed(cast), other := closed(cast))
    Release.objects.update(opens_at=timezone.now())
    seen = row.lines.filter(record_id=one.pk).values_list("pk", flat=True)
    actions.release(actor=cast.temur, role="auditor", row=row, seen=list(seen))
    actions.erase_released()
    left = ReleaseLine.objects.get(record_id=other.pk)
    assert (left.outcome, left.release.state, left.release.proposed_by_id) == ("waiting", "proposed", cast.zarina.pk)
    assert Matter.objects.get().pk == other.pk


def test_it_sends_back_only_what_was_seen(cast):
    row = propose(cast, one := closed(cast), other := closed(cast))
    actions.send_back(
        actor=cast.temur, release=row, seen=row.lines.filter(record_id=one.pk).values_list("pk", flat=True)
    )
    left = ReleaseLine.objects.get()
    assert (left.record_id, left.release.state) == (other.pk, "proposed")


@pytest.mark.parametrize("second", ["release", "send back"])
def test_it_finds_nothing_left_where_somebody_else_was_faster(cast, second):
    row = released(cast, closed(cast))
    with pytest.raises(RetentionRefused, match="nothing left"):
        if second == "release":
            actions.release(actor=cast.temur, role="auditor", row=row, seen=row.lines.values_list("pk", flat=True))
        else:
            actions.send_back(actor=cast.temur, release=row)
    assert outcomes(row) == ["waiting"]


def test_it_says_so_where_somebody_else_proposed_it_in_the_same_moment(cast, monkeypatch):
    propose(cast, matter := closed(cast))
    monkeypatch.setattr(actions, "_require_free", lambda *_args, **_kwargs: None)
    with pytest.raises(RetentionRefused, match="proposed"):
        propose(cast, matter)
    assert Release.objects.count() == 1


def test_it_holds_nothing_that_is_gone(cast):
    stale = closed(cast)
    Matter.objects.get(pk=stale.pk).delete()
    with pytest.raises(RetentionRefused, match="nothing left"):
        hold(cast, stale)


def test_it_releases_nothing_that_was_not_seen(cast):
    row = propose(cast, closed(cast))
    Release.objects.update(opens_at=timezone.now())
    with pytest.raises(RetentionRefused, match="nothing left"):
        actions.release(actor=cast.temur, role="auditor", row=row, seen=[])


# -- what makes a proposal void ------------------------------------------------------------------------------------


def test_it_spares_a_record_that_is_held_meanwhile(cast):
    row = released(cast, matter := closed(cast))
    hold(cast, matter)
    assert (actions.erase_released(), outcomes(row)) == (0, ["held"])
    assert Matter.objects.filter(pk=matter.pk).exists()


def test_it_spares_a_record_that_is_held_by_a_row_alone(cast):
    row = released(cast, matter := closed(cast))
    hold(cast, matter)
    row.lines.update(outcome="waiting")
    actions.erase_released()
    assert outcomes(row) == ["held"]


def _reopen(matter):
    Matter.objects.filter(pk=matter.pk).update(closed_week=None)


def _rename(matter):
    found = Matter.objects.get(pk=matter.pk)
    found.name = "Зайнаб"
    found.save()


def _note(matter):
    Note.objects.create(organisation=matter.organisation, matter=matter, text="she came again")


def _lend_team(matter):
    Matter.objects.filter(pk=matter.pk).update(team="red")


@pytest.mark.parametrize("write", [_reopen, _rename, _note, _lend_team])
def test_it_spares_a_record_that_was_written_to_since(cast, write):
    row = released(cast, matter := closed(cast))
    write(matter)
    assert (actions.erase_released(), outcomes(row)) == (0, ["changed"])
    assert Matter.objects.filter(pk=matter.pk).exists()


def open_glass(cast, matter) -> None:
    BreakGlass.objects.create(
        organisation=cast.centre, user=cast.rustam, reason="danger", words="…", ends_at=timezone.now(),
        record_kind="sealedroom.matter", record_id=str(matter.pk),
    )  # fmt: skip


def test_it_proposes_nothing_that_somebody_has_yet_to_answer_for(cast):
    open_glass(cast, matter := closed(cast))
    with pytest.raises(RetentionRefused, match="open question"):
        propose(cast, matter)


def test_it_spares_what_somebody_has_yet_to_answer_for(cast):
    row = released(cast, matter := closed(cast))
    open_glass(cast, matter)
    actions.erase_released()
    assert (outcomes(row), BreakGlass.objects.count()) == (["held"], 1)


def test_it_spares_what_is_to_be_kept_longer_meanwhile(cast):
    row = released(cast, closed(cast))
    actions.choose_period(actor=cast.temur, of=MATTERS, organisation_id=cast.centre.pk, length=240, why="law")
    actions.erase_released()
    assert outcomes(row) == ["changed"]


def test_it_says_so_where_a_record_is_gone_already(cast):
    row = released(cast, matter := closed(cast))
    matter.delete()
    actions.erase_released()
    assert outcomes(row) == ["gone"]


def test_it_ends_a_proposal_of_which_all_is_held(cast):
    row = propose(cast, matter := closed(cast))
    hold(cast, matter)
    actions.close_empty()
    row.refresh_from_db()
    assert row.state == "sent_back"


# -- what goes -----------------------------------------------------------------------------------------------------


def everything_about(cast, matter) -> SealedFile:
    """A note, a file, a loan, a block, a notice, an emergency and a task that all point to the matter."""
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
    assert names == {"Hold", "RecordGrant", "ConflictBlock", "BreakGlass", "Notice", "Task"}


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
