"""What the vault does by itself every day, and what the doctor says of it."""

import datetime as dt
import os
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from hamroh.site.doctor import upkeep as doctor
from hamroh.vault import actions, files, journal, keyring
from hamroh.vault.errors import VaultSealed
from hamroh.vault.models import OrganisationKey, TakenForm
from hamroh.vault.tasks import keep_house_daily
from hamroh.web import daily
from sealedroom.cast import make_matter
from sealedroom.models import Matter


def later(**span: float) -> Any:
    return time_machine.travel(timezone.now() + dt.timedelta(**span), tick=False)


def ran(task: Any, *, ago: dt.timedelta = dt.timedelta(), **told: Any) -> DBTaskResult:
    """A run of a task as the worker leaves it."""
    values = {"status": TaskResultStatus.SUCCESSFUL, "finished_at": timezone.now() - ago} | told
    return DBTaskResult.objects.create(
        task_path=task.module_path, args_kwargs={"args": [], "kwargs": {}}, run_after=timezone.now(), backend_name="default",
        exception_class_path="", traceback="", **values,
    )  # fmt: skip


def test_it_goes_on_with_an_exchange_and_destroys_the_old_key_in_its_time(matter, cast, opened) -> None:
    actions.begin_rotation(actor=None, organisation_id=cast.centre.pk)
    assert actions.keep_house()["keys"] == 0
    with later(hours=2):
        assert actions.keep_house()["keys"] == 1
    assert sorted(OrganisationKey.objects.values_list("state", flat=True)) == ["active", "destroyed"]
    assert opened(Matter.objects.get(), "name") == "Гулнора Ҳакимова"


def test_it_counts_rows_that_do_not_prove_themselves_and_touches_none(matter, cast) -> None:
    other = make_matter(cast)
    old = bytes(Matter.objects.values_list("row_seal", flat=True).get(pk=other.pk))
    from django.db import models

    models.QuerySet(Matter).filter(pk=matter.pk).update(row_seal=old)
    assert actions.keep_house()["unsound"] == 1
    assert bytes(Matter.objects.values_list("row_seal", flat=True).get(pk=matter.pk)) == old


def test_it_takes_no_row_for_older_that_somebody_saves_meanwhile(matter, cast, monkeypatch) -> None:
    """The batch was read, then the row was written, then its lines were read."""
    from hamroh.vault import selectors

    stale = Matter.objects.get(pk=matter.pk)
    matter.phone = "+992 90 000-00-01"
    matter.save()
    journal.record(actor=cast.zarina, verb="test.write", about=matter)
    monkeypatch.setattr(selectors, "in_batches", lambda rows: iter([stale] if rows.model is Matter else []))
    assert list(selectors.unsound_rows(cast.centre.pk)) == []


def test_it_leaves_shredded_rows_in_peace(matter, cast) -> None:
    other = make_matter(cast, organisation=cast.gender_centre)
    actions.destroy_organisation(actor=None, organisation_id=other.organisation_id)
    assert actions.keep_house()["unsound"] == 0


def test_it_sweeps_and_forgets(db) -> None:
    path = files.settings.HOME.folder("files") / "00" / "00112233"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"lost")
    os.utime(path, (0, 0))
    TakenForm.objects.create(digest="0" * 64, taken_at=timezone.now() - dt.timedelta(days=8))
    ran(keep_house_daily, ago=dt.timedelta(days=31))
    told = actions.keep_house()
    assert (told["files"], told["forms"], told["results"], path.exists()) == (1, 1, 1, False)


def test_it_does_what_needs_no_key_while_the_vault_is_sealed(matter, monkeypatch) -> None:
    def sealed(*_given: object) -> None:
        raise VaultSealed("sealed")

    keyring.forget()
    monkeypatch.setattr("hamroh.vault.actions.upkeep._each", sealed)
    assert actions.keep_house()["sealed"] == 1


def test_it_leaves_one_successor_whatever_happens(db, monkeypatch, settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for _start in range(3):
        daily.again(keep_house_daily)
    (waiting,) = DBTaskResult.objects.filter(task_path=keep_house_daily.module_path, status=TaskResultStatus.READY)
    assert waiting.run_after > timezone.now() + dt.timedelta(hours=23)


@pytest.fixture
def two_days_old(monkeypatch) -> None:
    monkeypatch.setattr(doctor, "_made_at", lambda: timezone.now() - dt.timedelta(days=3))


def test_it_says_to_the_doctor_what_did_not_run(db, two_days_old) -> None:
    assert len(list(doctor.daily_work())) == len(doctor.TASKS)
    for task in doctor.TASKS.values():
        ran(task)
    assert list(doctor.daily_work()) == []
    assert doctor.last_times()["upkeep"][:4].isdecimal()
    with later(days=3):
        assert len(list(doctor.daily_work())) == len(doctor.TASKS)


def test_it_counts_no_run_that_failed(db, two_days_old) -> None:
    for task in doctor.TASKS.values():
        ran(task, status=TaskResultStatus.FAILED)
    assert len(list(doctor.daily_work())) == len(doctor.TASKS)


def test_it_gives_a_new_home_time(db) -> None:
    assert list(doctor.daily_work()) == []


def test_it_tells_the_doctor_of_rows_that_do_not_prove_themselves(db) -> None:
    ran(keep_house_daily, return_value={"unsound": 2})
    (finding,) = doctor.what_it_found()
    assert (finding.id, finding.level, "2 sealed rows" in finding.says) == ("vault.unsound", "risky", True)


def test_it_tells_the_doctor_of_an_exchange_that_does_not_end(matter, cast) -> None:
    actions.begin_rotation(actor=None, organisation_id=cast.centre.pk)
    assert list(doctor.what_it_found()) == []
    with later(days=8):
        assert [finding.id for finding in doctor.what_it_found()] == ["vault.exchange"]
