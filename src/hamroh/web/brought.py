"""Files that somebody brought and that wait for her word: kept for a day under a random name, with how far the work on them is."""

import datetime as dt
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Generic, TypeVar

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation

from hamroh.web.room import sweep

KEPT_FOR = dt.timedelta(hours=24)
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass
class Brought:
    """One file; a room adds what it knows of it. ``stage`` is looking or taking while somebody works on it; ``said`` why it was refused."""

    token: str
    actor: str
    organisation: str
    name: str
    stage: str = field(default="", kw_only=True)
    said: str = field(default="", kw_only=True)
    language: str = field(default="en", kw_only=True)

    @property
    def is_busy(self) -> bool:
        return self.stage in ("looking", "taking")


Kind = TypeVar("Kind", bound=Brought)
Refusals = tuple[type[Exception], ...]


@dataclass(frozen=True)
class Shelf(Generic[Kind]):
    """The files of one sort that wait, in a folder of the storage. Who may bring and see them is asked by the room."""

    folder: str
    kind: type[Kind]

    def keep(self, *, actor: Any, content: bytes, **facts: Any) -> Kind:
        """Store a file under a random name; what nobody came back for goes."""
        sweep(self.folder, KEPT_FOR)
        made = self.kind(token=secrets.token_hex(16), actor=str(actor.pk), **facts)
        default_storage.save(f"{self.folder}/{made.token}", ContentFile(content))
        self.write(made)
        return made

    def of(self, actor: Any, token: str) -> Kind | None:
        """What waits under the token for this person; None once it is gone, or somebody else's."""
        found = self.read(token)
        return found if found is not None and found.actor == str(actor.pk) else None

    def read(self, token: str) -> Kind | None:
        """What waits, whoever asks: for the work in the background."""
        path = f"{self.folder}/{token}.json"
        if not _TOKEN.fullmatch(token) or not default_storage.exists(path):
            return None
        with default_storage.open(path) as file:
            return self.kind(**json.load(file))

    def write(self, made: Kind) -> None:
        """Bring what is kept of a file up to date."""
        kept = json.dumps(asdict(made), ensure_ascii=False, default=str).encode()
        _replace(f"{self.folder}/{made.token}.json", kept)

    def set_out(self, made: Kind, stage: str, work: Any, small: int) -> None:
        """Begin a task on a file: at once where it has no more than ``small`` bytes, else by the worker."""
        made.stage, made.said = stage, ""
        self.write(made)
        if len(self.content_of(made)) > small:
            work.enqueue(made.token)
        else:
            work.call(made.token)

    def work(self, token: str, stage: str, do: Callable[[Kind], None], *, back: str, refusals: Refusals) -> None:
        """Do what a stage means, once, in the language of who waits; what is refused goes ``back`` with the reason."""
        made = self.read(token)
        if made is None or made.stage != stage:
            return
        with translation.override(made.language):
            try:
                do(made)
            except refusals as refused:
                made.stage, made.said = back, str(refused)
        self.write(made)

    def content_of(self, made: Kind) -> bytes:
        with default_storage.open(f"{self.folder}/{made.token}") as file:
            return bytes(file.read())

    def drop(self, made: Kind) -> None:
        for end in ("", ".json", ".at"):
            default_storage.delete(f"{self.folder}/{made.token}{end}")

    def tell(self, token: str, step: str, done: int) -> None:
        """How far the work on a file is."""
        _replace(f"{self.folder}/{token}.at", json.dumps([step, done]).encode())

    def told(self, token: str) -> tuple[str, int]:
        """The step of the work, and how many rows of it are done; nothing where nobody said."""
        try:
            with default_storage.open(f"{self.folder}/{token}.at") as file:
                step, done = json.load(file)
                return str(step), int(done)
        except (OSError, ValueError):
            return "", 0


def _replace(path: str, content: bytes) -> None:
    default_storage.delete(path)
    default_storage.save(path, ContentFile(content))
