"""Parts of a picture blacked out for good: the copy is drawn anew, so that nothing lies beneath the black."""

import io
from collections.abc import Sequence
from typing import IO, NamedTuple

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from hamroh.vault.intake import FileRefused, redrawn


class Box(NamedTuple):
    """A part of a picture in thousandths of its width and height, from the left upper corner."""

    left: int
    top: int
    right: int
    bottom: int


def redacted(content: IO[bytes], boxes: Sequence[Box]) -> IO[bytes]:
    """The picture, upright and without what it betrays, with black boxes; FileRefused where there is nothing to black out."""
    if not boxes:
        raise FileRefused(_("Mark at least one part."))
    with Image.open(redrawn(content, "PNG"), formats=("PNG",)) as picture:
        copy = picture.convert("RGB")
    brush = ImageDraw.Draw(copy)
    for box in boxes:
        brush.rectangle(_dots(box, copy.width, copy.height), fill="black")
    out = io.BytesIO()
    copy.save(out, "PNG")
    out.seek(0)
    return out


def _dots(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """The corners in dots, widened to whole ones: what is half covered is covered."""
    left, right = sorted((box.left, box.right))
    top, bottom = sorted((box.top, box.bottom))
    return (
        left * width // 1000, top * height // 1000, -(-right * width // 1000), -(-bottom * height // 1000)
    )  # fmt: skip
