"""Lists of records that wait for their editor: how they are read, what would become of them, her word."""

import datetime as dt
import json
import re
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hamroh.accounts import policy
from hamroh.web.room import sweep

FOLDER = "records"
KEPT_FOR = dt.timedelta(hours=24)
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass
class Waiting:
    """One list. ``stage`` is columns, looking, looked, taking, done or refused; ``outcome`` what would become of it; ``said`` why not."""

    token: str
    actor: str
    organisation: str
    name: str
    catalogue: str
    encoding: str = ""
    shape: str = ""
    stage: str = "columns"
    heading: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    despite_twins: bool = False
    publish: bool = False
    outcome: dict[str, Any] = field(default_factory=dict)
    batch: str = ""
    said: str = ""
    language: str = "en"

    @property
    def is_busy(self) -> bool:
        return self.stage in ("looking", "taking")


def keep(*, actor: Any, content: bytes, **facts: Any) -> Waiting:
    """Store a list that somebody brought under a random name; it is kept for a day, for her alone."""
    policy.require(actor, "library.import")
    sweep(FOLDER, KEPT_FOR)
    made = Waiting(token=secrets.token_hex(16), actor=str(actor.pk), **facts)
    default_storage.save(f"{FOLDER}/{made.token}", ContentFile(content))
    write(made)
    return made


def waiting(*, actor: Any, token: str) -> Waiting | None:
    """What waits under the token for this editor; None once it is gone, or somebody else's."""
    policy.require(actor, "library.import")
    found = read(token)
    return found if found is not None and found.actor == str(actor.pk) else None


def read(token: str) -> Waiting | None:
    """What waits, whoever asks: for the work in the background."""
    path = f"{FOLDER}/{token}.json"
    if not _TOKEN.fullmatch(token) or not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        return Waiting(**json.load(file))


def write(made: Waiting) -> None:
    """Bring what is kept of a list up to date."""
    _replace(f"{FOLDER}/{made.token}.json", json.dumps(asdict(made), ensure_ascii=False, default=str).encode())


def content_of(made: Waiting) -> bytes:
    with default_storage.open(f"{FOLDER}/{made.token}") as file:
        return bytes(file.read())


def drop(made: Waiting) -> None:
    for end in ("", ".json", ".at"):
        default_storage.delete(f"{FOLDER}/{made.token}{end}")


def tell(token: str, done: int) -> None:
    """How many rows are done."""
    _replace(f"{FOLDER}/{token}.at", str(done).encode())


def told(token: str) -> int:
    try:
        with default_storage.open(f"{FOLDER}/{token}.at") as file:
            return int(file.read())
    except (OSError, ValueError):
        return 0


def _replace(path: str, content: bytes) -> None:
    default_storage.delete(path)
    default_storage.save(path, ContentFile(content))
