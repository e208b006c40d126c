"""Faces in pictures are made unrecognisable. The one here is drawn: no real person's picture is needed for it."""

import io
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from hamroh.fieldwork import faces

#: where the drawn face is, and a corner where nothing is
FACE, ELSEWHERE = (120, 90, 270, 285), (0, 0, 30, 30)


def drawn() -> Image.Image:
    """Somebody who looks into the camera: hair, eyes in their hollows, a nose and a mouth, a little out of focus."""
    picture = Image.new("RGB", (400, 400), (120, 140, 150))
    pen = ImageDraw.Draw(picture)
    left, top, right, bottom = FACE
    middle, high = (left + right) / 2, bottom - top
    pen.rectangle((left - 20, bottom - 20, right + 20, 400), fill=(70, 60, 90))
    pen.ellipse((left - 12, top - 30, right + 12, bottom), fill=(50, 35, 30))
    pen.ellipse(FACE, fill=(205, 160, 130))
    for x in (middle - 30, middle + 30):
        y = top + 0.42 * high
        pen.ellipse((x - 22, y - 30, x + 22, y + 14), fill=(148, 115, 94))
        pen.rectangle((x - 20, y - 24, x + 20, y - 16), fill=(45, 30, 25))
        pen.ellipse((x - 14, y - 7, x + 14, y + 7), fill=(240, 240, 240))
        pen.ellipse((x - 7, y - 7, x + 7, y + 7), fill=(30, 20, 20))
    pen.ellipse((middle - 15, top + 0.6 * high, middle + 15, top + 0.66 * high), fill=(154, 120, 98))
    pen.ellipse((middle - 28, top + 0.75 * high, middle + 28, top + 0.82 * high), fill=(150, 70, 70))
    return picture.filter(ImageFilter.GaussianBlur(3))


def as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def shown(picture: Image.Image) -> Image.Image:
    return Image.open(io.BytesIO(faces.blurred(as_png(picture)))).convert("RGB")


def changed(one: Image.Image, other: Image.Image, box: Any) -> int:
    """How much the two differ at most in a part, in steps of a colour."""
    return max(high for _low, high in ImageChops.difference(one.crop(box), other.crop(box)).getextrema())


@pytest.fixture(scope="module")
def blurred() -> Image.Image:
    return shown(drawn())


def test_it_leaves_a_handful_of_squares_of_a_face(blurred: Image.Image) -> None:
    """Its squares are wide: along the line of the eyes there are few different tones, where there were many."""
    assert 2 * len(tones(blurred)) < len(tones(drawn()))


def tones(picture: Image.Image) -> set[int]:
    """The tones on the line through the eyes, in steps that the making of a JPEG does not blur."""
    line = picture.crop((120, 172, 270, 173)).convert("L").tobytes()
    return {tone // 4 for tone in line}


def test_it_leaves_the_rest_as_it_was(blurred: Image.Image) -> None:
    assert changed(blurred, drawn(), ELSEWHERE) < 10


def test_it_finds_no_face_where_there_is_none() -> None:
    wall = Image.new("RGB", (400, 400), (120, 140, 150))
    assert changed(shown(wall), wall, (0, 0, 400, 400)) < 10


def test_it_finds_a_face_at_the_edge_of_a_picture() -> None:
    cut = drawn().crop((60, 40, 330, 320))
    assert changed(shown(cut), cut, (90, 100, 180, 160)) > 60


def test_it_makes_a_large_picture_small() -> None:
    assert max(shown(Image.new("RGB", (4000, 3000))).size) == 1600
