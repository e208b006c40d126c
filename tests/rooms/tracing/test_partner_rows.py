"""Partners on PostgreSQL: each side's connection sees its own rows alone, and an act of one reaches the other for its own time."""

import pytest
from django.db import connection

from desk_world import NOW
from hamroh.accounts import rowsecurity
from hamroh.tracing.actions import consents, looking
from hamroh.tracing.models import Alarm, PartnerAnswer, PartnerSearch, Partnership, Reply, Request, Share, Shown
from hamroh.tracing.selectors import partners as reads
from hamroh.vault import journal, keyring
from partners_world import agreed, looked, meet_somon, said, shown
from postgres import make_role, migrated, standing_in, undone
from tracing_world import asked, open_search

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
ROLE = "hamroh_partners"
TABLES = (Partnership, Share, Reply, Shown, PartnerSearch, PartnerAnswer, Alarm)


@pytest.fixture(scope="module")
def guarded_database(postgres, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), migrated(postgres) as wrapper, standing_in(wrapper):
        make_role(ROLE)
        rowsecurity.grant_to(ROLE)
        yield wrapper


@pytest.fixture
def pair(guarded_database, db, settings, time_machine, monkeypatch):
    """Both organisations with a request that is shown, on a connection that is opened for nobody."""
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    keyring.forget()
    # openings cannot be written within what is undone: they are let go
    monkeypatch.setattr(journal.Buffer, "write", lambda buffer: buffer.lines.clear())
    with standing_in(guarded_database), undone(), journal.openings("task"):
        found = meet_somon(open_search())
        with rowsecurity.opened_for_all():
            agreed(found)
            _row, theirs = shown(found)
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield found, theirs
    keyring.forget()


def counted(organisation) -> dict[str, int]:
    with rowsecurity.opened_for([organisation.pk]):
        return {model.__name__: model.objects.count() for model in TABLES}


def test_it_shows_each_side_its_own_rows_alone(pair):
    found, theirs = pair
    with rowsecurity.opened_for([found.somon.pk]):
        search = looked(found, theirs)
        looking.answer(actor=found.aziz, search=search)
        for _turn in range(3):
            looked(found, theirs)
    assert counted(found.search.centre) == {
        "Partnership": 1, "Share": 1, "Reply": 1, "Shown": 0, "PartnerSearch": 0, "PartnerAnswer": 0, "Alarm": 1,
    }  # fmt: skip
    assert counted(found.somon) == {
        "Partnership": 1, "Share": 0, "Reply": 0, "Shown": 1, "PartnerSearch": 3, "PartnerAnswer": 1, "Alarm": 1,
    }  # fmt: skip
    assert {model.objects.count() for model in TABLES} == {0}


def test_it_asks_the_other_sides_rows_for_the_time_of_one_reading(pair):
    found, _theirs = pair
    with rowsecurity.opened_for([found.somon.pk]):
        rows = list(reads.theirs(actor=found.aziz, organisation=found.somon))
        assert len(reads.read(actor=found.aziz, rows=rows)) == 1
        assert Share.objects.count() == 0


def test_it_counts_a_withdrawal_at_once_there_too(pair):
    found, theirs = pair
    with rowsecurity.opened_for_all():
        row = asked(found.search)
        said(found, row)
    with rowsecurity.opened_for([found.search.centre.pk]):
        consents.answer(
            actor=found.search.farzona, request=Request.objects.get(pk=theirs.request_id), given="withdrawn", way="voice",
            lang="tg", to_organisation=found.somon,
        )  # fmt: skip
    with rowsecurity.opened_for([found.somon.pk]):
        rows = list(reads.theirs(actor=found.aziz, organisation=found.somon))
        left = [line.row.request_id for line in reads.read(actor=found.aziz, rows=rows)]
    assert (left, len(rows)) == ([row.pk], 2)
