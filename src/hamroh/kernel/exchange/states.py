"""What a side keeps of its exchanges: one folder each with its secret, and a ledger of what was agreed with whom."""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hamroh.kernel.exchange.terms import Terms, Unfit
from hamroh.kernel.linkage.people import Record

#: answers to one partner in so many days
MOST_ANSWERS, DAYS = 4, 30
_STATE, _LEDGER = "state.json", "ledger.jsonl"


@dataclass(frozen=True, slots=True)
class State:
    """Where one side stands in an exchange: its secret, the terms, the digests of its list and of the files so far, its own ids by handle."""

    folder: Path
    secret: str
    terms: Terms
    people: str
    offer: str = ""
    answer: str = ""
    seal: str = ""
    ids: tuple[str, ...] = ()

    @property
    def key(self) -> bytes:
        return bytes.fromhex(self.secret)

    @property
    def context(self) -> bytes:
        """What binds all values to these terms."""
        return self.terms.context

    def kept(self, what: str) -> Path:
        """Where a long step keeps what it has done."""
        return self.folder / f"{what}.done"

    def saved(self, **changes: Any) -> "State":
        """The state with what changed, written down for the user alone."""
        state = replace(self, **changes)
        plain = {key: each for key, each in asdict(state).items() if key not in {"folder", "terms"}}
        text = json.dumps({**plain, "terms": state.terms.packed().decode()})
        part = state.folder / f"{_STATE}.part"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        part.replace(state.folder / _STATE)
        return state

    def closed(self) -> None:
        """Forget the secret: no other file of this exchange is read any more."""
        shutil.rmtree(self.folder)


def begun(home: Path, terms: Terms, people: str, **more: Any) -> State:
    """A new exchange."""
    folder = home / terms.exchange
    folder.mkdir(parents=True, mode=0o700)
    return State(folder, secrets.token_hex(32), terms, people, **more).saved()


def standing(home: Path, exchange: str) -> State | None:
    """The exchange of this number, as far as it is open."""
    path = home / exchange / _STATE
    if not exchange.isalnum() or not path.is_file():
        return None
    plain = json.loads(path.read_text(encoding="utf-8"))
    terms = Terms.of(json.loads(plain.pop("terms")))
    return State(path.parent, terms=terms, ids=tuple(plain.pop("ids")), **plain)


def all_standing(home: Path) -> Iterator[State]:
    """All open exchanges."""
    for path in sorted(home.glob(f"*/{_STATE}")):
        state = standing(home, path.parent.name)
        if state:
            yield state


def swept(home: Path, today: date) -> None:
    """Forget the exchanges whose terms have expired."""
    for state in [*all_standing(home)]:
        if today > state.terms.expires:
            state.closed()


def list_digest(records: Iterable[Record]) -> str:
    """The same for the same list."""
    state = hashlib.sha256()
    for record in records:
        state.update(
            json.dumps(record, sort_keys=True, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
        )
    return state.hexdigest()


def noted(home: Path, today: date, verb: str, terms: Terms, **facts: Any) -> None:
    """A line of the ledger: who did what with whom, under which terms, and the digests of the files."""
    line = {"date": today.isoformat(), "verb": verb, "terms": json.loads(terms.packed()), **facts}
    with (home / _LEDGER).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n")


def ledger(home: Path) -> Sequence[dict[str, Any]]:
    """All lines, the oldest first."""
    path = home / _LEDGER
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def not_too_often(home: Path, partner: str, exchange: str, today: date) -> None:
    """Unfit where this partner was answered as often as a partner is, or this very exchange was."""
    since = (today - timedelta(days=DAYS)).isoformat()
    answered = [line for line in ledger(home) if line["verb"] == "answer" and line["terms"]["offers"]["key"] == partner]
    if any(line["terms"]["exchange"] == exchange for line in answered):
        raise Unfit("this offer was answered already: a new exchange needs a new offer")
    if sum(line["date"] > since for line in answered) >= MOST_ANSWERS:
        raise Unfit(
            f"this partner was answered {MOST_ANSWERS} times in {DAYS} days: each exchange lets the other side try names, so wait"
        )
