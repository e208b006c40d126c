"""Files of statistics that wait for their analyst: which columns they have, what would become of them, her word."""

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

FOLDER = "statistics"
KEPT_FOR = dt.timedelta(hours=24)
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass
class Waiting:
    """One file. ``stage`` is file (the form is not whole yet), columns, looking, looked, taking, done or refused; ``outcome`` what would become of it; ``said`` why not."""

    token: str
    actor: str
    organisation: str
    name: str
    key: str
    title: str
    label: str
    released: str = ""
    encoding: str = ""
    stage: str = "columns"
    shape: str = ""
    roles: list[str] = field(default_factory=list)
    settled: dict[str, Any] = field(default_factory=dict)
    remember: str = ""
    despite: str = ""
    outcome: dict[str, Any] = field(default_factory=dict)
    batch: str = ""
    said: str = ""
    language: str = "en"

    @property
    def is_busy(self) -> bool:
        return self.stage in ("looking", "taking")


def keep(*, actor: Any, content: bytes, **facts: Any) -> Waiting:
    """Store a file that somebody brought under a random name; it is kept for a day, for her alone."""
    policy.require(actor, "evidence.import")
    sweep(FOLDER, KEPT_FOR)
    made = Waiting(token=secrets.token_hex(16), actor=str(actor.pk), **facts)
    default_storage.save(f"{FOLDER}/{made.token}", ContentFile(content))
    write(made)
    return made


def waiting(*, actor: Any, token: str) -> Waiting | None:
    """What waits under the token for this analyst; None once it is gone, or somebody else's."""
    policy.require(actor, "evidence.import")
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
    """Bring what is kept of a file up to date."""
    _replace(f"{FOLDER}/{made.token}.json", json.dumps(asdict(made), ensure_ascii=False, default=str).encode())


def content_of(made: Waiting) -> bytes:
    with default_storage.open(f"{FOLDER}/{made.token}") as file:
        return bytes(file.read())


def drop(made: Waiting) -> None:
    for end in ("", ".json", ".at"):
        default_storage.delete(f"{FOLDER}/{made.token}{end}")


def tell(token: str, step: str, done: int) -> None:
    """How far the work on a file is."""
    _replace(f"{FOLDER}/{token}.at", json.dumps([step, done]).encode())


def told(token: str) -> tuple[str, int]:
    """The step of the work, and how many rows of it are done; nothing where nobody said."""
    try:
        with default_storage.open(f"{FOLDER}/{token}.at") as file:
            step, done = json.load(file)
            return str(step), int(done)
    except (OSError, ValueError):
        return "", 0


def _replace(path: str, content: bytes) -> None:
    default_storage.delete(path)
    default_storage.save(path, ContentFile(content))
