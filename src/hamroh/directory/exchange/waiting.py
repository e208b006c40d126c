"""A file that was tried and waits for its editor's word: only its good rows, under a random id, for an hour."""

import datetime as dt
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.directory.exchange.fates import Change, Fate, Outcome
from hamroh.directory.exchange.importing import Imported
from hamroh.directory.exchange.rows import Fault, Row
from hamroh.web.room import sweep

FOLDER = "imports"
KEPT_FOR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Waiting:
    """What waits: the good rows, and what was said of every row."""

    token: str
    digest: str
    rows: tuple[Row, ...]
    outcomes: tuple[Outcome, ...]
    ignored: tuple[str, ...]

    @property
    def imported(self) -> Imported:
        return Imported(self.outcomes, written=False)


def keep(
    *, actor: Any, rows: Iterable[Row], tried: Imported, digest: str, ignored: tuple[str, ...], token: str = ""
) -> str:
    """Store the rows that were not refused and return their token; refused rows are not stored, whatever they held."""
    policy.require(actor, "directory.import")
    sweep(FOLDER, KEPT_FOR)
    refused = {(each.sheet, each.number) for each in tried.outcomes if each.fate == Fate.REFUSED}
    content = {
        "actor": str(actor.pk),
        "until": (timezone.now() + KEPT_FOR).isoformat(),
        "digest": digest,
        "ignored": ignored,
        "rows": [row.as_json() for row in rows if (row.sheet, row.number) not in refused],
        "outcomes": [each.as_json() for each in tried.outcomes],
    }
    token = token or secrets.token_hex(16)
    drop(token)
    default_storage.save(_path(token), ContentFile(json.dumps(content, ensure_ascii=False).encode()))
    return token


def waiting(*, actor: Any, token: str) -> Waiting | None:
    """What waits under the token for this editor; None once it is gone, too old or somebody else's."""
    policy.require(actor, "directory.import")
    if not default_storage.exists(_path(token)):
        return None
    with default_storage.open(_path(token)) as file:
        told = json.load(file)
    if told["actor"] != str(actor.pk) or _is_old(told):
        return None
    return Waiting(
        token,
        told["digest"],
        tuple(Row(each["sheet"], each["number"], each["cells"]) for each in told["rows"]),
        tuple(map(_outcome, told["outcomes"])),
        tuple(told["ignored"]),
    )


def drop(token: str) -> None:
    default_storage.delete(_path(token))


def _path(token: str) -> str:
    return f"{FOLDER}/{token}.json"


def _is_old(told: dict[str, Any]) -> bool:
    return dt.datetime.fromisoformat(told["until"]) < timezone.now()


def _outcome(told: dict[str, Any]) -> Outcome:
    changes = tuple(Change(**each) for each in told["changes"])
    faults = tuple(Fault(**each) for each in told["faults"])
    return Outcome(told["sheet"], told["number"], told["key"], told["fate"], changes, faults)
