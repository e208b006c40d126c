"""Files as they are handed out: only what is open, in parts, run by no browser."""

import io
from typing import Any

import pytest

from hamroh.library import actions
from library_world import kept, published


@pytest.fixture
def opened(cast: Any) -> Any:
    record = published(cast.zarina)
    content = io.BytesIO("Номаи нафақа, ки касе навиштааст.".encode())
    file = actions.add_file(actor=cast.zarina, record=record, content=content, name="a.txt", language="tg")
    return actions.open_file(actor=cast.zarina, file=file, is_open=True)


def _path(file: Any) -> str:
    return f"/tg/library/{file.record.code}/files/{file.pk}"


def _body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_it_gives_an_open_file_to_everybody(client: Any, opened: Any) -> None:
    answer = client.get(_path(opened))
    assert "нафақа" in _body(answer).decode()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_it_gives_a_closed_file_to_nobody(client: Any, cast: Any, opened: Any) -> None:
    actions.open_file(actor=cast.zarina, file=opened, is_open=False)
    assert client.get(_path(opened)).status_code == 404


def test_it_gives_no_file_of_a_withdrawn_record(client: Any, cast: Any, opened: Any) -> None:
    actions.withdraw_record(actor=cast.zarina, record=opened.record)
    assert client.get(_path(opened)).status_code == 404


def test_it_gives_no_open_file_of_a_draft(client: Any, cast: Any) -> None:
    record = kept(cast.zarina)
    file = actions.add_file(actor=cast.zarina, record=record, content=io.BytesIO(b"words"), name="a.txt")
    actions.open_file(actor=cast.zarina, file=file, is_open=True)
    assert client.get(_path(file)).status_code == 404


def test_it_gives_no_file_at_the_address_of_another_record(client: Any, cast: Any, opened: Any) -> None:
    other = published(cast.zarina)
    assert client.get(f"/tg/library/{other.code}/files/{opened.pk}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("bytes=0-3", 206, "bytes 0-3/"),
        ("bytes=-4", 206, "bytes "),
        ("bytes=4-", 206, "bytes 4-"),
        ("bytes=9999-", 416, "bytes */"),
    ],
)
def test_it_is_handed_out_in_parts(client: Any, opened: Any, asked: str, status: int, told: str) -> None:
    answer = client.get(_path(opened), headers={"Range": asked})
    assert answer.status_code == status
    assert answer["Content-Range"].startswith(told)


def test_it_gives_a_part_its_bytes(client: Any, opened: Any) -> None:
    whole = _body(client.get(_path(opened)))
    assert _body(client.get(_path(opened), headers={"Range": "bytes=2-9"})) == whole[2:10]


def test_it_is_not_sent_twice(client: Any, opened: Any) -> None:
    tag = client.get(_path(opened))["ETag"]
    assert client.get(_path(opened), headers={"If-None-Match": tag}).status_code == 304
