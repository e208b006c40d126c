"""Pictures lose what the camera wrote, and files that are none are refused."""

import html
import io
import json
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

from hamroh.pages.actions.pictures import NoPicture, drawn
from pages_world import settled, written


def photo(**options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1600, 900), "red").save(out, "JPEG", **options)
    return out.getvalue()


def test_it_throws_away_what_the_camera_wrote() -> None:
    exif = Image.Exif()
    exif[0x010E] = "канарейка 38.5598 N"
    made, width, _height = drawn(photo(exif=exif.tobytes()), 1200)
    assert (width, "канарейка".encode() in made, len(Image.open(io.BytesIO(made)).getexif())) == (1200, False, 0)


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a", photo()[:200]])
def test_it_refuses_what_is_no_picture(content: bytes) -> None:
    with pytest.raises(NoPicture):
        drawn(content, 480)


def test_it_refuses_a_picture_that_unfolds_into_a_very_large_one() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(NoPicture):
        drawn(out.getvalue(), 480)


@pytest.mark.django_db
def test_it_offers_an_editor_the_pictures_of_her_organisation_alone(cast: Any) -> None:
    from hamroh.pages import actions

    world = settled(cast)
    facts = {"content": photo(), "alts": {"tg": "Кӯҳҳо"}}
    ours = actions.add_picture(actor=cast.zarina, organisation=cast.centre, **facts)
    theirs = actions.add_picture(actor=cast.aygun, organisation=cast.gender_centre, **facts)
    shown = world.client(cast.zarina).get("/desk/pages/pictures/choose/").content.decode()
    assert [each.code in shown for each in (ours, theirs)] == [True, False]


@pytest.mark.django_db
def test_it_marks_the_field_of_the_picture_at_the_top_for_choosing(cast: Any) -> None:
    world = settled(cast)
    page = written(world)
    shown = world.client(cast.zarina).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert ('data-pictures="key"' in shown, 'data-pictures="/desk/pages/pictures/choose/"' in shown) == (True, True)


@pytest.mark.django_db
@pytest.mark.parametrize("is_ours", [True, False])
def test_it_takes_pictures_of_the_own_organisation_alone_into_a_page(cast: Any, is_ours: bool) -> None:
    from hamroh.pages import actions
    from hamroh.pages.models import Article, Section

    world = settled(cast)
    who, house = (cast.zarina, cast.centre) if is_ours else (cast.aygun, cast.gender_centre)
    picture = actions.add_picture(actor=who, organisation=house, content=photo(), alts={"tg": "Кӯҳҳо"})
    section = Section.objects.get(organisation=cast.centre, locale__language_code="tg")
    block = {"type": "picture", "order": "0", "deleted": "", "id": "", "value-code": picture.code, "value-alt": "Кӯҳ"}
    told = {"title": "Хабар", "kind": "news", "summary": "Кӯтоҳ.", "day": "2026-11-23", "known": "day"}
    told |= {
        "body-count": "1",
        "body-0-value-caption": "",
        **{f"body-0-{name}": value for name, value in block.items()},
    }
    answer = world.client(cast.zarina).post(
        reverse("wagtailadmin_pages:add", args=["pages", "article", section.pk]), told
    )
    kept = json.dumps("Кӯҳ").strip('"') in html.unescape(answer.content.decode())
    assert (Article.objects.count(), kept) == (int(is_ours), not is_ours)
