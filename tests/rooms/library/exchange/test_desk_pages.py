"""The desk's pages for lists and centres: from the file to the record, from the address to the harvest."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from centre_nearby import Nearby, listed, nearby, record

pytestmark = pytest.mark.django_db
LIST = "key,title_en,date\n1,Women who stay,2020\n2,,2021\n"


@pytest.fixture
def desk(client: Any, cast: Any) -> Any:
    client.force_login(cast.zarina)
    return client


@pytest.fixture
def other(monkeypatch: Any) -> Iterator[Nearby]:
    from hamroh.library.exchange import harvesting

    monkeypatch.setattr(harvesting, "PAUSE", 0)
    with nearby() as found:
        found.pages = {"": listed(record("oai:a", "Women who stay"))}
        yield found


def brought(desk: Any, text: str = LIST, name: str = "list.csv") -> str:
    """The address at which a list waits."""
    response = desk.post(
        "/desk/library/lists/bring/",
        {"file": SimpleUploadedFile(name, text.encode()), "catalogue": "ours", "encoding": ""},
    )
    assert response.status_code == 302
    return str(response.url)


def looked(desk: Any, text: str = LIST) -> str:
    columns = brought(desk, text)
    roles = {"column-0": "key", "column-1": "title_en", "column-2": "date"}
    return str(desk.post(columns, roles).url)


def held() -> Any:
    from hamroh.library.models import Record

    return Record.objects


def test_it_leads_from_a_list_to_its_records(desk: Any) -> None:
    address = looked(desk)
    batch = desk.post(address, {"do": "take", "publish": "on"})
    assert (held().get().titles, held().get().is_public) == ({"en": "Women who stay"}, True)
    assert "Women who stay" not in desk.get(batch.url).content.decode()


def test_it_shows_the_fate_of_each_row_with_its_reason(desk: Any) -> None:
    page = desk.get(looked(desk)).content.decode()
    assert ("The record has no title." in page, "Women who stay" in page, held().count()) == (True, True, 0)


def test_it_asks_for_no_columns_of_a_file_that_has_none(desk: Any) -> None:
    address = brought(desk, "TY  - BOOK\nTI  - Left behind\nER  -\n", "list.ris")
    assert "Left behind" in desk.get(address).content.decode()


def test_it_says_at_the_file_why_it_cannot_be_read(desk: Any) -> None:
    response = desk.post(
        "/desk/library/lists/bring/", {"file": SimpleUploadedFile("x.xml", b"<a>"), "catalogue": "ours"}
    )
    assert (response.status_code, "damaged or cut off" in response.content.decode()) == (422, True)


def test_it_keeps_the_name_of_the_list_where_the_file_is_refused(desk: Any) -> None:
    response = desk.post(
        "/desk/library/lists/bring/", {"file": SimpleUploadedFile("x.xml", b"<a>"), "catalogue": "My own list"}
    )
    assert 'value="My own list"' in response.content.decode()


def test_it_shows_a_list_that_waits_to_nobody_else(desk: Any, cast: Any, client: Any) -> None:
    address = looked(desk)
    client.force_login(cast.aygun)
    assert client.get(address).status_code == 302


def test_it_shows_a_batch_to_nobody_of_another_house(desk: Any, cast: Any) -> None:
    from hamroh.library.models import Batch

    desk.post(looked(desk), {"do": "take"})
    desk.force_login(cast.aygun)
    assert desk.get(f"/desk/library/lists/{Batch.objects.get().pk}/").status_code == 404


def test_it_throws_a_list_away(desk: Any) -> None:
    from hamroh.library.exchange import waiting

    address = looked(desk)
    desk.post(address, {"do": "drop"})
    assert waiting.read(address.strip("/").rpartition("/")[2]) is None


def test_it_looks_at_a_centre_before_anything_is_written(desk: Any, other: Nearby) -> None:
    page = desk.post("/desk/library/centres/add/", {"base_url": other.url, "do": "look"}).content.decode()
    assert ("Women who stay" in page, held().count()) == (True, 0)


def test_it_harvests_a_centre_from_the_word_on(
    desk: Any, other: Nearby, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        address = desk.post("/desk/library/centres/add/", {"base_url": other.url, "do": "add"}).url
    assert ("Women who stay" in desk.get(address).content.decode(), held().get().is_public) == (True, True)


def test_it_says_at_the_address_that_there_is_no_centre(desk: Any, other: Nearby) -> None:
    other.answer = lambda _asked: (404, {}, b"")
    response = desk.post("/desk/library/centres/add/", {"base_url": other.url, "do": "look"})
    assert (response.status_code, "answered with an error (404)" in response.content.decode()) == (422, True)


def test_it_hides_a_record_of_a_centre(desk: Any, other: Nearby, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        address = desk.post("/desk/library/centres/add/", {"base_url": other.url, "do": "add"}).url
    desk.post(f"{address}{held().get().code}/", {"do": "hide"})
    assert not held().get().is_public


@pytest.mark.parametrize("way", ["", "change/"])
def test_it_shows_a_centre_to_nobody_of_another_house(desk: Any, cast: Any, other: Nearby, way: str) -> None:
    from hamroh.library.actions import add_centre

    centre = add_centre(
        actor=cast.zarina,
        organisation=cast.centre,
        names={"en": "Women's library"},
        base_url=other.url,
        prefix="oai_dc",
    )
    desk.force_login(cast.aygun)
    address = f"/desk/library/centres/{centre.key}/{way}"
    assert (desk.post(address) if way else desk.get(address)).status_code == 404


def test_it_never_opens_a_harvested_record_in_the_editor(
    desk: Any, other: Nearby, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/desk/library/centres/add/", {"base_url": other.url, "do": "add"})
    assert desk.get(f"/desk/library/{held().get().code}/edit/").status_code == 404


def test_it_asks_the_database_no_more_for_many_lists(desk: Any, cast: Any, django_assert_max_num_queries: Any) -> None:
    from hamroh.library.models import Batch, Centre

    for number in range(20):
        Batch.objects.create(
            organisation=cast.centre,
            shape="ris",
            digest="0",
            catalogue=str(number),
            made_by=cast.zarina,
            counts={"written": 1},
        )
        Centre.objects.create(
            organisation=cast.centre,
            key=f"c{number}",
            names={"en": str(number)},
            base_url=f"https://{number}.example.org/oai",
        )
    with django_assert_max_num_queries(36):
        desk.get("/desk/library/lists/")
        desk.get("/desk/library/centres/")
