"""A full disk at the door of filled forms: said in the words that apps show, nothing half-written, and taken once there is room."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from field_world import Field, cotton, equipped, multipart, opened, picture
from hamroh.fieldwork.models import Attachment, Submission
from hamroh.vault.models import SealedFile

SEND = "/openrosa/t/{}/submission"


@pytest.fixture
def full() -> Iterator[None]:
    """No page more than there are."""
    if connection.vendor != "sqlite":
        pytest.skip("a page limit is SQLite's")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no free page is left from earlier tests
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
        yield
        cursor.execute("PRAGMA max_page_count=1073741823")


def sent(token: str, body: bytes, kind: str) -> Any:
    client = Client(raise_request_exception=False)
    return client.post(SEND.format(token), body, content_type=kind)


@pytest.mark.django_db(transaction=True)
def test_it_says_so_writes_nothing_half_and_takes_it_once_there_is_room(field: Field, request: Any) -> None:
    opened(field)
    token = equipped(field).token
    # larger than what free room within pages could hold
    xml = cotton(pupils=90, photo="p.jpg")
    body, kind = multipart(xml, {"p.jpg": picture(size=900)})
    request.getfixturevalue("full")
    answer = sent(token, body, kind)
    assert (answer.status_code, answer["Content-Type"]) == (507, "text/xml; charset=utf-8")
    assert 'nature="error"' in answer.content.decode()
    assert (Submission.objects.count(), Attachment.objects.count(), SealedFile.objects.count()) == (0, 0, 0)
    assert list(settings.HOME.folder("files").glob("??/*.part")) == []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1073741823")
    assert sent(token, body, kind).status_code == 201
    assert (Submission.objects.count(), SealedFile.objects.count()) == (1, 1)
