"""What viewers and harvesters read."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import archive_world as world
from hamroh.archive import actions
from hamroh.archive.models import Unit
from hamroh.archive.selectors.oai import SHELF
from hamroh.web.oai import Wanted

pytestmark = pytest.mark.django_db


def read(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.json()


def test_it_describes_a_recording_to_viewers(client: Client, cast: Any) -> None:
    made = world.history(cast)
    found = read(client, f"/iiif/{made.item.code}/manifest")
    canvas = found["items"][0]
    body = canvas["items"][0]["items"][0]["body"]
    assert (found["type"], canvas["duration"], body["type"], body["duration"]) == ("Manifest", 6.0, "Sound", 6.0)
    assert body["id"].endswith(f"/iiif/media/{made.media.pk}/sound")
    assert [each["label"]["en"] for each in found["structures"][0]["items"]] == [
        ["The village"],
        ["The neighbour"],
        ["The school"],
    ]


def test_it_gives_viewers_the_words_at_their_times(client: Client, cast: Any) -> None:
    found = read(client, f"/iiif/{world.history(cast).item.code}/words/tg")
    assert next((each["target"].partition("#")[2], each["body"]["value"]) for each in found["items"]) == (
        "t=0.0,2.0",
        world.SAID[0].text,
    )


def test_it_gives_viewers_no_recording_that_may_not_be_heard(client: Client, cast: Any) -> None:
    made = world.history(cast, ("catalogue", "on_site"))
    found = read(client, f"/iiif/{made.item.code}/manifest")
    assert "/media/" not in str(found)
    assert found["items"][0]["items"] == []


def test_it_leads_viewers_down_the_tree(client: Client, cast: Any) -> None:
    tree = world.tree(cast)
    made = world.history(cast, part_of=tree.series)
    world.history(cast, None, part_of=tree.series)
    top = read(client, "/iiif/collection")
    series = read(client, top["items"][0]["id"].partition("//")[2].partition("/")[2].join(["/", ""]))
    items = read(client, f"/iiif/{tree.series.code}/collection")["items"]
    assert [each["type"] for each in series["items"]] == ["Collection"]
    assert [each["id"].rpartition("/iiif/")[2] for each in items] == [f"{made.item.code}/manifest"]


def test_it_tells_a_manifest_from_a_collection(client: Client, cast: Any) -> None:
    tree = world.tree(cast)
    made = world.history(cast, part_of=tree.series)
    assert client.get(f"/iiif/{tree.series.code}/manifest").status_code == 404
    assert client.get(f"/iiif/{made.item.code}/collection").status_code == 404


def harvested(key: str) -> Any:
    return SHELF.single(key)


def test_it_is_harvested_as_far_as_she_allows(cast: Any) -> None:
    open_, closed = world.history(cast), world.history(cast, ("catalogue",))
    assert list(harvested(open_.item.code).description.media_types) == ["audio/wav"]
    assert list(harvested(closed.item.code).description.media_types) == []
    assert harvested(open_.item.code).description.names[0].names == {"tg": "Нигора", "en": "Nigora"}


def test_it_never_names_to_harvesters_what_was_never_public(cast: Any) -> None:
    made = world.history(cast, release=False)
    assert harvested(made.item.code) is None
    assert SHELF.counted(Wanted()) == 0


@pytest.mark.parametrize("erase", [True, False])
def test_it_tells_harvesters_that_she_took_it_back_and_nothing_else(cast: Any, erase: bool) -> None:
    made = world.history(cast)
    stamp = harvested(made.item.code).stamp
    actions.withdraw(actor=cast.zarina, voice=made.voice, erase=erase)
    left = harvested(made.item.code)
    assert (left.is_deleted, left.description) == (True, None)
    assert left.stamp > stamp


def test_it_tells_harvesters_that_a_consent_ended(cast: Any) -> None:
    made = world.history(cast, until=dt.date(2026, 12, 1))
    Unit.objects.filter(pk=made.item.pk).update(changed_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    assert actions.stamp_ended(dt.date(2026, 12, 1)) == 0
    assert actions.stamp_ended(dt.date(2026, 12, 2)) == 1
    Unit.objects.filter(pk=made.item.pk).update(changed_at=dt.datetime(2026, 12, 2, 3, tzinfo=dt.UTC))
    assert actions.stamp_ended(dt.date(2026, 12, 3)) == 0


def test_it_takes_copies_off_the_disk_that_may_not_leave_any_more(cast: Any, time_machine: Any) -> None:
    made = world.history(cast, until=dt.date(2026, 12, 1))
    time_machine.move_to(dt.datetime(2026, 12, 2, 12, tzinfo=dt.UTC))
    actions.sweep_copies()
    made.media.refresh_from_db()
    assert made.media.public_name == ""


def test_it_asks_the_same_of_the_database_for_many_records(cast: Any) -> None:
    counts = []
    for more in (1, 3):
        for _ in range(more):
            world.history(cast)
        with CaptureQueriesContext(connection) as asked:
            assert SHELF.offered(Wanted())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_it_shows_a_picture_to_viewers(client: Client, cast: Any) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1600, 900), "navy").save(out, "JPEG")
    item = world.unit(cast, kind="photograph", basis="free")
    actions.add_media(
        actor=cast.zarina, unit=item, content=io.BytesIO(out.getvalue()), name="a.jpg", alts={"en": "A river"}
    )
    actions.release_unit(actor=cast.zarina, unit=Unit.objects.get(pk=item.pk))
    canvas = read(client, f"/iiif/{item.code}/manifest")["items"][0]
    assert (canvas["width"], canvas["height"], canvas["label"]) == (1200, 675, {"en": ["A river"]})
