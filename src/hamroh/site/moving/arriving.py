"""Taking an organisation in: whole or not at all, and only where what stands here afterwards reads as it read there."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models.sql import InsertQuery

from hamroh.accounts.models import Membership, Organisation, User
from hamroh.site.backup.archive import BackupRefused, Tick, identities, sha256, unpack
from hamroh.site.backup.receipts import Receipt
from hamroh.site.backup.taking import working_folder
from hamroh.site.moving.gathering import Gathered
from hamroh.site.moving.leaving import FORMAT, KEYS, PARTNERS, PEOPLE, MoveRefused, applied
from hamroh.site.moving.scope import NATURAL, Model, Table, tables
from hamroh.site.moving.telling import BATCH, value_of
from hamroh.vault import chain, handing, journal, keyring
from hamroh.vault.lines import covered, signer
from hamroh.vault.models import JournalLine, OrganisationKey


@dataclass(frozen=True)
class Arrived:
    """What became of it: ``is_new`` is false where all of it stood here already."""

    organisation: Organisation
    is_new: bool
    rows: int
    files: int
    renamed: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        return {
            "organisation": self.organisation.code, "new": self.is_new, "rows": self.rows, "files": self.files,
            "renamed": self.renamed,
        }  # fmt: skip


def arrive(receipt: Receipt, identity: Path, keys_identity: Path, *, tick: Tick = lambda _count: None) -> Arrived:
    """Take in the organisation of a receipt. MoveRefused or BackupRefused; then nothing here was changed."""
    try:
        with working_folder("moving") as folder:
            manifest = _unpacked(receipt, identity, keys_identity, folder)
            if (here := _already_here(manifest)) is not None:
                return here
            return _Arrival(folder, manifest, tick).take()
    except OSError as error:
        raise BackupRefused(f"it was not taken in: {error}") from error


def _unpacked(receipt: Receipt, identity: Path, keys_identity: Path, folder: Path) -> dict[str, Any]:
    found = []
    for part, path in (("data", identity), ("keys", keys_identity)):
        archive = receipt.archive(part)
        if not archive.exists():
            raise MoveRefused(f"the {part} archive {archive.name} is missing; put it beside {receipt.path.name}")
        if sha256(archive) != receipt.facts[part]["sha256"]:
            raise MoveRefused(f"{archive.name} was cut or changed since it was written: its digest differs")
        found.append(unpack(archive, identities(path), folder))
    rows, keys = ({name: told for name, told in each.items() if name not in ("part", "members")} for each in found)
    if rows != keys or rows["id"] != receipt.facts["id"]:
        raise MoveRefused("rows and keys are of two exports")
    _require_fit(rows)
    return rows


def _require_fit(manifest: dict[str, Any]) -> None:
    if manifest["format"] != FORMAT or manifest["migrations"] != applied():
        raise MoveRefused("the two installations are of different versions: upgrade both to the same one")
    if manifest["mode"] == "demo" and not settings.IS_DEMO:
        raise MoveRefused("this is an organisation of a demonstration; its keys never guard real data")


def _already_here(manifest: dict[str, Any]) -> Arrived | None:
    """The organisation where all of her stands here as it left there; MoveRefused where some of her does."""
    organisation = Organisation.objects.filter(pk=manifest["organisation"]["id"]).first()
    held = (OrganisationKey.objects, Membership.objects)
    if organisation is None or not any(each.filter(organisation_id=organisation.pk).exists() for each in held):
        return None
    if wrong := differing(organisation, manifest):
        raise MoveRefused(f"she is here already, and not as she left there: {', '.join(wrong[:8])}")
    return Arrived(organisation, is_new=False, rows=_total(manifest), files=0, renamed={})


def differing(organisation: Organisation, manifest: dict[str, Any]) -> list[str]:
    """The tables whose rows here are not those that the manifest counts."""
    found = {label: each.as_json() for label, each in Gathered(organisation).counted().items()}
    told = manifest["tables"]
    return sorted(label for label in {*found, *told} if found.get(label) != told.get(label))


def _total(manifest: dict[str, Any]) -> int:
    return sum(each["rows"] for each in manifest["tables"].values())


class _Arrival:
    """One organisation on her way in, out of an unpacked folder."""

    def __init__(self, folder: Path, manifest: dict[str, Any], tick: Tick) -> None:
        self.folder, self.manifest, self.tick = folder, manifest, tick
        self.handed: dict[str, str] = json.loads((folder / KEYS).read_text())
        self.house = manifest["organisation"]
        self.renamed: dict[str, str] = {}
        #: what rows that were counted there are called here
        self.places: dict[Model, list[int]] = {}
        self.public: dict[Model, dict[tuple[str, ...], Any]] = {}

    def take(self) -> Arrived:
        """Rows, keys and files in one transaction; undone unless they read as they read there."""
        try:
            with transaction.atomic():
                organisation = self._houses()
                self._people()
                self._rows()
                if wrong := differing(organisation, self.manifest):
                    raise MoveRefused(f"what was written does not read as it read there: {', '.join(wrong[:8])}")
                files = self._files()
                self._tell(organisation)
        except IntegrityError as error:
            raise MoveRefused(f"something here has the same code already: {_constraint(error)}") from error
        finally:
            keyring.forget()
        for _batch in chain.seal_all():
            pass
        return Arrived(organisation, is_new=True, rows=_total(self.manifest), files=files, renamed=self.renamed)

    # -- who -------------------------------------------------------------------------------------------------------

    def _houses(self) -> Organisation:
        """Herself, and by name those whom her rows speak of: told by their ids, never by a code that may be another's."""
        for told in self._lines(PARTNERS):
            if not Organisation.objects.filter(pk=told["id"]).exists():
                Organisation.objects.create(**{**told, "code": self._free_code(told)})
        taken = Organisation.objects.filter(code=self.house["code"]).exclude(pk=self.house["id"])
        if taken.exists():
            raise MoveRefused(f"another organisation here has the code {self.house['code']}")
        values = {name: value for name, value in self.house.items() if name != "id"}
        return Organisation.objects.update_or_create(pk=UUID(self.house["id"]), defaults=values)[0]

    def _free_code(self, told: dict[str, Any]) -> str:
        code = str(told["code"])
        taken = code == self.house["code"] or Organisation.objects.filter(code=code).exists()
        return f"{code[:31]}-{told['id'][-8:]}" if taken else code

    def _people(self) -> None:
        """People by their names; nobody signs in before she is let in anew here."""
        for told in self._lines(PEOPLE):
            if User.objects.filter(pk=told["id"]).exists():
                continue
            wanted = str(told.pop("username"))
            person = User(**{name: value_of(User._meta.get_field(name), value) for name, value in told.items()})  # noqa: SLF001
            person.username = self._free_name(wanted, told["id"])
            person.set_unusable_password()
            person.save(force_insert=True)

    def _free_name(self, wanted: str, key: str) -> str:
        if not User.objects.filter(username=wanted).exists():
            return wanted
        self.renamed[wanted] = f"{wanted[:51]}-{key[-8:]}"
        return self.renamed[wanted]

    # -- rows ------------------------------------------------------------------------------------------------------

    def _rows(self) -> None:
        """References are looked at when the transaction ends, except those to counted rows: these come first.

        Of the others a whole comes after its parts: to what was published nothing can be added.
        """
        waiting = [table for table in tables().values() if table.label in self.manifest["tables"]]
        heights = _heights()
        waiting.sort(key=lambda table: (_depth(table.model), heights[table.model], table.label))
        for table in waiting:
            for some in _batched(self._lines(f"rows/{table.label}.jsonl")):
                self._insert(table, some)
                self.tick(len(some))

    def _insert(self, table: Table, told: list[dict[str, Any]]) -> None:
        columns = table.columns
        for field in columns:
            target = field.related_model if field.is_relation else None
            if target is not None and target._meta.label in NATURAL:  # noqa: SLF001
                self._look(target, (row[field.attname] for row in told))
        rows = [self._row(table, columns, each) for each in told]
        made = _written(table, rows)
        if table.is_counted:
            self.places.setdefault(table.model, []).extend(made)

    def _row(self, table: Table, columns: list[Any], told: dict[str, Any]) -> models.Model:
        if set(told) != {field.attname for field in columns}:
            raise MoveRefused(f"a row of {table.label} has other columns")
        row = table.model(**{field.attname: self._value(field, told[field.attname]) for field in columns})
        if isinstance(row, JournalLine):
            row.mac = signer().mac(covered(row))
        return handing.taken_over(row, self.handed)  # type: ignore[no-any-return]

    def _value(self, field: Any, told: Any) -> Any:
        if not field.is_relation or told is None:
            return value_of(field, told)
        target = field.related_model
        if target._meta.label in NATURAL:  # noqa: SLF001
            return self._public_one(target, tuple(told))
        if target in tables() and tables()[target].is_counted:
            return self.places[target][told - 1]
        return value_of(target._meta.pk, told)  # noqa: SLF001

    def _look(self, target: Model, names: Iterable[Any]) -> None:
        known, parts = self.public.setdefault(target, {}), NATURAL[target._meta.label]  # noqa: SLF001
        missing = {tuple(name) for name in names if name is not None} - set(known)
        if missing:
            rows = target._base_manager.filter(**{f"{parts[0]}__in": {name[0] for name in missing}})  # noqa: SLF001
            known.update({tuple(map(str, name)): pk for pk, *name in rows.values_list("pk", *parts)})

    def _public_one(self, target: Model, name: tuple[str, ...]) -> Any:
        found = self.public[target].get(name)
        if found is None:
            raise MoveRefused(
                f"{target._meta.verbose_name} {' '.join(name)} is not known here: bring the public records first"  # noqa: SLF001
            )
        return found

    # -- files and the journal -------------------------------------------------------------------------------------

    def _files(self) -> int:
        """Before the commit: what it leaves behind where it fails is swept away as any file that no row knows."""
        top, count = self.folder / "files", 0
        for path in sorted(each for each in top.rglob("*") if each.is_file()):
            place = settings.HOME.folder("files") / path.relative_to(top)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not place.exists():
                beside = place.with_name(f"{place.name}.part")
                shutil.copyfile(path, beside)
                with beside.open("rb") as copied:
                    os.fsync(copied.fileno())
                beside.replace(place)
            count += 1
        return count

    def _tell(self, organisation: Organisation) -> None:
        """Where her lines come from, and by which digest their proof there is known; the line is this installation's."""
        told = {
            "archive": self.manifest["id"], "head": self.manifest["journal_head"] or "", "proof": self.manifest["proof"],
            "lines": self.manifest["tables"]["vault.JournalLine"]["rows"], "rows": _total(self.manifest),
        }  # fmt: skip
        journal.record(actor=None, verb="site.take_over", about=organisation, facts=told)

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        with (self.folder / name).open("rb") as file:
            for line in file:
                yield json.loads(line)


def _depth(model: Model) -> int:
    """How many tables with numbers of their own stand before a row: these are known here only once they are written."""
    found = 0
    for field in model._meta.concrete_fields:  # noqa: SLF001
        target = field.related_model if field.is_relation else None
        if target is not None and target is not model and target in tables() and tables()[target].is_counted:
            found = max(found, 1 + _depth(target))
    return found


def _heights() -> dict[Model, int]:
    """How many tables stand under one, each a part of the next; rings are passed over."""
    heights = dict.fromkeys(tables(), 0)
    for _step in range(8):
        for table in tables().values():
            for field in table.columns:
                target = field.related_model if field.is_relation else None
                if target in heights and target is not table.model:
                    heights[target] = min(99, max(heights[target], heights[table.model] + 1))
    return heights


def _written(table: Table, rows: list[Any]) -> list[int]:
    """Insert rows as they are told: no column is filled or sealed anew on the way. The numbers that the database gave."""
    fields = table.written
    made: list[Any] = []
    size = max(1, connection.ops.bulk_batch_size(fields, rows))
    back = [table.model._meta.pk] if table.is_counted else None  # noqa: SLF001
    for start in range(0, len(rows), size):
        query = InsertQuery(table.model)
        query.insert_values(fields, rows[start : start + size], raw=True)
        made += query.get_compiler(using="default").execute_sql(back) or []
    return [each[0] for each in made]


def _batched(told: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for each in told:
        batch.append(each)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _constraint(error: IntegrityError) -> str:
    """What the database names, without the value that it shows beside it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or str(error).partition("DETAIL")[0].strip())
