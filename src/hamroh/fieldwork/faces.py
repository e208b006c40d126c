"""Faces in pictures made unrecognisable, where the library for it is installed: the one file that knows it.

It finds most faces that look into the camera and misses some. So it is a help beside the rule that no face is photographed, and what
cannot be blurred is not shown at all.
"""

import functools
import importlib.util
import io
from typing import Any

from PIL import Image

#: the largest side of a picture that is shown
_LARGEST = 1600
_QUALITY = 85
#: how far beyond a face is blurred, and into how many squares a face is made
_AROUND, _SQUARES = 0.25, 6


@functools.cache
def is_here() -> bool:
    """Whether faces can be blurred on this installation (the extra ``faces``)."""
    return importlib.util.find_spec("cv2") is not None


def blurred(content: bytes) -> bytes:
    """The picture as JPEG, each face that is found a handful of squares."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((_LARGEST, _LARGEST))
    for box in _found(picture):
        part = picture.crop(box)
        small = part.resize((_SQUARES, _SQUARES), Image.Resampling.BOX)
        picture.paste(small.resize(part.size, Image.Resampling.NEAREST), box[:2])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _found(picture: Any) -> list[tuple[int, int, int, int]]:
    """Boxes around faces: from the front and, both ways round, from the side."""
    import cv2
    import cv2.data
    import numpy as np

    grey = cv2.equalizeHist(np.asarray(picture.convert("L")))
    boxes: list[tuple[int, int, int, int]] = []
    for name, turned in (
        ("frontalface_default", False),
        ("frontalface_alt2", False),
        ("profileface", False),
        ("profileface", True),
    ):
        finder = cv2.CascadeClassifier(f"{cv2.data.haarcascades}haarcascade_{name}.xml")
        image = cv2.flip(grey, 1) if turned else grey
        for x, y, wide, high in finder.detectMultiScale(image, 1.1, 3, minSize=(20, 20)):
            left = picture.width - x - wide if turned else x
            boxes.append(_around(left, y, wide, high, picture.size))
    return boxes


def _around(x: int, y: int, wide: int, high: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box a little larger than the face, within the picture."""
    more, taller = int(wide * _AROUND), int(high * _AROUND)
    return (
        max(0, int(x) - more), max(0, int(y) - taller), min(size[0], int(x + wide) + more), min(size[1], int(y + high) + taller)
    )  # fmt: skip
