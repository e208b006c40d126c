"""Files that wait between the look at what they would change and the word to go on."""

import datetime as dt
import secrets
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hamroh.web.room import sweep

_FOLDER = "thesaurus"
_KEPT = dt.timedelta(hours=24)
_SALT = "hamroh.thesaurus.upload"


def keep(content: bytes, *, owner: str, options: dict[str, str]) -> str:
    """Store a file under a random name; the ticket that comes back is good for a day, for its owner alone."""
    sweep(_FOLDER, _KEPT)
    name = default_storage.save(f"{_FOLDER}/{secrets.token_hex(16)}", ContentFile(content))
    return signing.dumps({"name": name, "owner": owner, "options": options}, salt=_SALT)


def take(ticket: str, *, owner: str) -> tuple[bytes, dict[str, Any]] | None:
    """The file of a ticket with its options; None for a ticket that is not good any more."""
    try:
        said = signing.loads(ticket, salt=_SALT, max_age=_KEPT)
    except signing.BadSignature:
        return None
    if said["owner"] != owner or not default_storage.exists(said["name"]):
        return None
    with default_storage.open(said["name"]) as file:
        return file.read(), said["options"]


def drop(ticket: str) -> None:
    """Delete the file of a ticket."""
    default_storage.delete(signing.loads(ticket, salt=_SALT)["name"])
