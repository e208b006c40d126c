"""Pictures come in: read as a picture, made small, written anew without anything that the camera put in."""

import io
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.pages.models import Picture
from hamroh.vault import journal

SMALL, LARGE = 480, 1200
MOST_BYTES, MOST_PIXELS = 12 * 2**20, 40_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")


class NoPicture(ValueError):
    """What came is not a picture that is taken; the message can be shown."""


@transaction.atomic
def add_picture(
    *, actor: Any, organisation: Organisation, content: bytes, alts: Mapping[str, str], credit: str = ""
) -> Picture:
    """Keep a picture in two widths."""
    policy.require(actor, "pages.edit", organisation)
    alts = {lang: text.strip() for lang, text in alts.items() if text.strip()}
    if not alts:
        raise NoPicture(_("Say what the picture shows, for who does not see it."))
    large, width, height = drawn(content, LARGE)
    picture = Picture.objects.create(
        organisation=organisation,
        alts=alts,
        credit=credit,
        width=width,
        height=height,
        large=large,
        small=drawn(content, SMALL)[0],
    )
    journal.record(actor=actor, verb="pages.add_picture", about=picture, facts={"code": picture.code})
    return picture


def drawn(content: bytes, widest: int) -> tuple[bytes, int, int]:
    """The picture as WebP, at most so wide, with nothing but its pixels; NoPicture where it is none or too large."""
    from PIL import Image, ImageOps

    if len(content) > MOST_BYTES:
        raise NoPicture(_("The file is too large. At most 12 MB are taken."))
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            _require_small(opened)
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except NoPicture:
        raise
    except Exception as error:  # what a broken file makes a decoder raise is not listed anywhere
        raise NoPicture(_("This is not a picture that can be read. JPEG, PNG and WebP are taken.")) from error
    upright.thumbnail((widest, widest * 3))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=78, method=4)
    return out.getvalue(), clean.width, clean.height


def _require_small(opened: Any) -> None:
    """Asked before any pixel is read: a small file may unfold into a very large picture."""
    if opened.width * opened.height > MOST_PIXELS:
        raise NoPicture(_("The picture is too large."))
