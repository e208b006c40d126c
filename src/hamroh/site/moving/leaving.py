"""Writing an organisation out: her rows and files in one archive, her keys in another, and a receipt that is written last."""

import contextlib
import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from hamroh.accounts.models import Membership, Organisation, Role, User
from hamroh.site.backup.archive import BackupRefused, Member, Tick, pack, recipient
from hamroh.site.backup.receipts import Receipt, write_whole
from hamroh.site.backup.taking import working_folder
from hamroh.site.moving.gathering import Gathered, files_of
from hamroh.site.moving.scope import tables
from hamroh.site.moving.telling import canonical, plain
from hamroh.vault import anchors, chain, handing, journal
from hamroh.vault.models import JournalLine, MemberKey

FORMAT = 1
KEYS, PEOPLE, PARTNERS, PROOF = "keys/secrets.json", "people.jsonl", "partners.jsonl", "journal.proof.jsonl"
_SECOND = {Role.SUPERVISOR, Role.AUDITOR}
_PERSON = ("id", "username", "display_name", "email", "language", "is_active", "date_joined")
_HOUSE = ("id", "code", "names", "country", "zone")


class MoveRefused(RuntimeError):
    """An organisation cannot leave or arrive; the message says why and what to do."""


def require_two(organisation: Organisation, first: User, second: User) -> None:
    """An administrator of hers and, as a second person, her supervisor or auditor: neither moves her alone."""
    if first.pk == second.pk:
        raise MoveRefused("two people decide this, not one twice")
    held = Membership.objects.current().filter(organisation=organisation)
    if not held.filter(user=first, role=Role.ADMINISTRATOR).exists():
        raise MoveRefused("the first one must be an administrator of the organisation")
    if not held.filter(user=second, role__in=_SECOND).exists():
        raise MoveRefused("the second one must be a supervisor or an auditor of the organisation")


def leave(
    organisation: Organisation, *, by: Sequence[User], to: Path, recipients: Sequence[str], keys_recipients: Sequence[str], tick: Tick,
) -> Receipt:  # fmt: skip
    """Write everything that is hers into two archives that two different keys open. MoveRefused, BackupRefused."""
    for each in (*recipients, *keys_recipients):
        recipient(each)
    if {each.strip() for each in recipients} & {each.strip() for each in keys_recipients}:
        raise MoveRefused("rows and keys go to two different recipients: whoever has one alone opens nothing")
    require_two(organisation, *by)
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    stem = f"organisation-{timezone.now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    _tell(organisation, by, stem)
    try:
        with working_folder("moving") as folder:
            facts = _gathered(organisation, folder) | {"id": stem}
            data = [*_made(folder), *_files(organisation)]
            keys = [Member(KEYS, folder / KEYS)]
            parts = {
                "data": _packed(data, facts, recipients, to / f"{stem}.data.age", tick),
                "keys": _packed(keys, facts, keys_recipients, to / f"{stem}.keys.age", tick),
            }
    except OSError as error:
        raise BackupRefused(f"the export was not finished and nothing of it counts: {error}") from error
    receipt = Receipt(to / f"{stem}.json", {"id": stem, "format": FORMAT, "taken_at": facts["taken_at"], **parts})
    write_whole(receipt.path, json.dumps(receipt.facts, indent=1))
    return receipt


def applied() -> list[str]:
    """The migrations of this installation: rows move only between equal ones."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


@contextlib.contextmanager
def one_moment() -> Iterator[None]:
    """Everything that is read is of one moment; on SQLite nobody writes meanwhile."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _tell(organisation: Organisation, by: Sequence[User], stem: str) -> None:
    """The installation's journal says who let her be written out, before a row is read; the line is not hers and stays."""
    with transaction.atomic():
        told = {"by": str(by[0].pk), "second": str(by[1].pk), "archive": stem}
        journal.record(actor=by[0], verb="site.hand_over", about=organisation, facts=told)
    for _batch in chain.seal_all():
        pass


def _gathered(organisation: Organisation, folder: Path) -> dict[str, Any]:
    """Her rows as files of a folder; what the manifest says of them."""
    for name in ("rows", "keys"):
        (folder / name).mkdir(mode=0o700)
    with one_moment():
        found = Gathered(organisation)
        counted = found.write(folder / "rows")
        left_out = {
            table.label: gone for model, table in tables().items()
            if table.label in counted and (gone := found.rows[model].count() - counted[table.label].rows)
        }  # fmt: skip
        members = found.rows[MemberKey].values_list("pk", flat=True)
        (folder / KEYS).write_text(json.dumps(handing.secrets_of(organisation.pk, list(members))))
        _lines(folder / PEOPLE, found.rows[User].order_by("pk").values(*_PERSON))
        _lines(folder / PARTNERS, Organisation.objects.filter(pk__in=found.partners()).order_by("pk").values(*_HOUSE))
        proof = found.rows[JournalLine].order_by("number", "pk").values("id", "mac", "number", "link")
        _lines(folder / PROOF, proof.iterator())
        last = chain.last_batch()
    house = {name: plain(getattr(organisation, name)) for name in _HOUSE}
    return {
        "format": FORMAT, "taken_at": timezone.now().isoformat(), "hamroh": version("hamroh"), "organisation": house,
        "mode": settings.MODE, "migrations": applied(), "journal_head": str(anchors.Head.of(last)) if last else None,
        "proof": hashlib.sha256((folder / PROOF).read_bytes()).hexdigest(), "left_out": left_out,
        "tables": {label: each.as_json() for label, each in counted.items()},
    }  # fmt: skip


def _lines(path: Path, rows: Any) -> None:
    with path.open("wb") as file:
        for row in rows:
            file.write(canonical({name: plain(value) for name, value in row.items()}))


def _made(folder: Path) -> Iterator[Member]:
    for path in sorted((*folder.glob("rows/*.jsonl"), *folder.glob("*.jsonl"))):
        yield Member(path.relative_to(folder).as_posix(), path)


def _files(organisation: Organisation) -> Iterator[Member]:
    for name, path in files_of(organisation):
        if not path.is_file():
            raise MoveRefused(f"the file {name} is named by a row and is not there: look into that first")
        yield Member(f"files/{name}", path)


def _packed(members: Any, facts: dict[str, Any], to: Sequence[str], out: Path, tick: Tick) -> dict[str, Any]:
    beside = out.with_name(f"{out.name}.partial")
    try:
        digest = pack(members, facts | {"part": out.name}, to, beside, tick)
        shutil.move(beside, out)
    finally:
        beside.unlink(missing_ok=True)
    return {"file": out.name, "folder": str(out.parent), "bytes": out.stat().st_size, "sha256": digest}
