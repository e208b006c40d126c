"""A full disk: reads go on, the answer says so, and nothing is half-written."""

import datetime as dt
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from hamroh.accounts.models import Organisation
from hamroh.web.room import WholeFiles, is_full, sweep


def write(request: Any) -> HttpResponse:
    with transaction.atomic():
        for number in range(400):
            Organisation.objects.create(code=f"full-{number}", country="tj", names={"en": "x" * 4000})
    return HttpResponse("written")


def read(request: Any) -> HttpResponse:
    return HttpResponse(str(Organisation.objects.count()))


urlpatterns = [path("write", write), path("read", read)]
handler500 = "hamroh.web.views.server_error"


def test_it_knows_a_full_disk_by_its_number() -> None:
    assert is_full(OSError(errno.ENOSPC, "no room"))
    assert not is_full(OSError(errno.EACCES, "no right"))
    assert not is_full(OperationalError("database is locked"))


def test_it_knows_a_full_disk_of_postgresql() -> None:
    from psycopg.errors import DiskFull

    error = OperationalError("could not extend file")
    error.__cause__ = DiskFull("could not extend file")
    assert is_full(error)


@pytest.fixture
def full() -> Iterator[None]:
    if connection.vendor != "sqlite":
        pytest.skip("a page limit is SQLite's")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no free page is left from earlier tests
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages + 4}")
        yield
        cursor.execute("PRAGMA max_page_count=1073741823")


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.django_db(transaction=True)
def test_it_answers_507_reads_on_and_writes_nothing_half(full: None) -> None:
    client = Client(raise_request_exception=False)
    answer = client.post("/write")
    said = answer.content.decode()
    assert answer.status_code == 507
    assert [lang for lang in ("en", "az", "ru", "tg") if f'<section lang="{lang}">' in said] == ["en", "az", "ru", "tg"]
    assert client.get("/read").content == b"0"


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.django_db(transaction=True)
def test_it_writes_again_without_a_restart_once_there_is_room(full: None) -> None:
    client = Client(raise_request_exception=False)
    assert client.post("/write").status_code == 507
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1073741823")
    assert (client.post("/write").status_code, client.get("/read").content) == (200, b"400")


def test_it_leaves_no_half_file_on_a_full_disk(small_disk: Path) -> None:
    storage = WholeFiles(location=small_disk)
    kept = storage.save("kept", ContentFile(b"x" * 100_000))
    with pytest.raises(OSError) as error:
        storage.save("much", ContentFile(b"x" * 400_000))
    assert is_full(error.value)
    assert [each.name for each in small_disk.iterdir()] == [kept]
    assert storage.open(kept).read() == b"x" * 100_000


def test_it_stores_files_under_their_names(tmp_path: Path) -> None:
    storage = WholeFiles(location=tmp_path)
    names = [storage.save("in/name.txt", ContentFile(text)) for text in (b"one", b"two")]
    assert [storage.open(name).read() for name in names] == [b"one", b"two"]
    assert names[0] == "in/name.txt"
    assert len(list((tmp_path / "in").iterdir())) == 2


def test_it_sweeps_what_waited_too_long_and_nothing_else(settings, tmp_path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    for name in ("old", "new"):
        default_storage.save(f"waits/{name}", ContentFile(b"x"))
    os.utime(tmp_path / "waits" / "old", (0, 0))
    sweep("waits", dt.timedelta(hours=1))
    assert default_storage.listdir("waits")[1] == ["new"]
    sweep("never", dt.timedelta(hours=1))
