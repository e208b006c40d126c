"""Records whose time is over: found, held, proposed, released by a second person, and what makes a proposal void."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hamroh.accounts.models import BreakGlass
from hamroh.kernel.retention import Grain
from hamroh.vault import retention
from hamroh.vault.actions import retention as actions
from hamroh.vault.actions.retention import RetentionRefused
from hamroh.vault.models import (
    Hold,
    JournalLine,
    Release,
    ReleaseLine,
    RetentionCount,
    RetentionPeriod,
)
from retaining import carried_out, closed, due, hold, outcomes, propose, released
from sealedroom.cast import make_matter
from sealedroom.keeping import MATTERS
from sealedroom.models import Matter, Note

pytestmark = pytest.mark.django_db


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
