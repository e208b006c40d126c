"""Forms as an app seals them on its device."""

import secrets
from collections.abc import Sequence
from typing import Any

from field_world import Field, equipped, opened, small_form
from hamroh.fieldwork import sealedforms
from hamroh.fieldwork.actions import equipping


def sealed(
    key: Any, instance: str, xml: bytes, pictures: Sequence[tuple[str, bytes]] = ()
) -> tuple[bytes, dict[str, bytes]]:
    """A filled form as ODK's app seals it: the envelope and its files."""
    own = secrets.token_bytes(32)
    starts = sealedforms.starts(instance, own)
    files = {f"{name}.enc": sealedforms.sealed(content, own, next(starts)) for name, content in pictures}
    files["submission.xml.enc"] = sealedforms.sealed(xml, own, next(starts))
    media = "".join(f"<media><file>{name}.enc</file></media>" for name, _content in pictures)
    envelope = (
        f'<data id="small" version="1" encrypted="yes" xmlns="http://opendatakit.org/submissions"><base64EncryptedKey>'
        f"{sealedforms.seal_key(own, key.public)}</base64EncryptedKey>"
        f'<meta xmlns="http://openrosa.org/xforms"><instanceID>{instance}</instanceID></meta>{media}'
        f"<encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    ).encode()
    return envelope, files


def sealing(field: Field, *, is_kept_here: bool = True) -> tuple[Any, bytes, Any]:
    """A key, its private half, and a device whose form asks for it."""
    key, pem = equipping.make_key(actor=field.manizha, organisation=field.centre, is_kept_here=is_kept_here)
    opened(field, small_form(), key=key)
    return key, pem, equipped(field).device
