"""Evidence of a case for tests: the picture of a message that her husband sent."""

import io
from typing import Any

from PIL import Image

from cases_world import THERE
from hamroh.cases.actions import evidence
from hamroh.vault import journal

WORDS = "He writes three times: talaq."


def a_picture(width: int = 200, height: int = 100) -> io.BytesIO:
    """A white picture, which says in its data where it was taken."""
    out = io.BytesIO()
    tags = Image.Exif()
    tags[0x010E] = "home of Gulnora"
    Image.new("RGB", (width, height), "white").save(out, "JPEG", exif=tags)
    out.seek(0)
    return out


def a_message(office: Any, case: Any, content: Any = None, **told: str) -> Any:
    return evidence.take_evidence(
        actor=office.farzona, case=case, content=content or a_picture(), name="IMG_2024.jpg", kind="message",
        told={"words": WORDS} | told,
    )  # fmt: skip


def _of(office: Any, case: Any) -> str:
    with journal.openings("task"):
        return str(a_message(office, case).pk)


THERE["evidence"] = _of
