"""What one organisation has here, table by table, with a count and a digest of each."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

from hamroh.accounts.models import ConflictBlock, Membership, Organisation, User
from hamroh.site.moving.scope import Model, Table, tables
from hamroh.site.moving.telling import Names, lines
from hamroh.vault.models import JournalLine, MemberKey, MemberLock, SealedFile

#: told apart from the tables: they may be known there already
PEOPLE = {Organisation, User}
#: the journal's lines are hers by a column that others leave empty
_OWN: dict[Model, str] = {JournalLine: "organisation_id"}


@dataclass(frozen=True)
class Counted:
    """How many rows of a table moved, and the SHA-256 of them as they are told."""

    rows: int
    digest: str

    def as_json(self) -> dict[str, Any]:
        return {"rows": self.rows, "sha256": self.digest}


@dataclass
class Gathered:
    """The rows of one organisation: queries by table, and names for the way."""

    organisation: Organisation
    rows: dict[Model, models.QuerySet[Any]] = field(init=False)
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        key = self.organisation.pk
        self.rows = {
            model: model._base_manager.filter(**{table.where or _OWN.get(model, "pk"): key})  # noqa: SLF001
            for model, table in tables().items()
        }
        people = self._people()
        self.rows[User] = User.objects.filter(pk__in=people)
        members = Membership.objects.filter(organisation=key).values("user")
        self.rows[MemberKey] = MemberKey.objects.filter(user_id__in=members)
        self.rows[MemberLock] = MemberLock.objects.filter(member__user_id__in=members)
        self.rows[ConflictBlock] = ConflictBlock.objects.filter(pk__in=self._blocks())
        self.names = Names(self.rows)

    def tables(self) -> Iterator[tuple[Table, Iterator[bytes]]]:
        """Every table with its rows as lines; tables without a row are there too."""
        for model, table in tables().items():
            if model not in PEOPLE:
                yield table, lines(table, self.rows[model], self.names)

    def write(self, folder: Path) -> dict[str, Counted]:
        """Every table as a file of lines."""
        return {table.label: _written(folder / f"{table.label}.jsonl", told) for table, told in self.tables()}

    def counted(self) -> dict[str, Counted]:
        """The same without writing it."""
        return {table.label: _counted(told) for table, told in self.tables()}

    def partners(self) -> set[UUID]:
        """Other organisations that her rows name."""
        found: set[UUID] = set()
        for model, table in tables().items():
            for column in table.columns:
                if column.related_model is Organisation and model is not Organisation:
                    found.update(self.rows[model].order_by().values_list(column.attname, flat=True).distinct())
        return {each for each in found if each and each != self.organisation.pk}

    def _people(self) -> set[UUID]:
        """Her members, and everybody whom her rows name."""
        found: set[UUID] = set(self.rows[JournalLine].order_by().values_list("actor_id", flat=True).distinct())
        for model, table in tables().items():
            if table.where:
                for column in table.columns:
                    if column.related_model is User:
                        found.update(self.rows[model].order_by().values_list(column.attname, flat=True).distinct())
        return {each for each in found if each}

    def _blocks(self) -> list[UUID]:
        """Who is shut out of a record of hers stays so."""
        found = []
        for block in ConflictBlock.objects.iterator():
            rows = {model._meta.label_lower: each for model, each in self.rows.items()}.get(block.record_kind)  # noqa: SLF001
            if rows is not None and rows.filter(pk=block.record_id).exists():
                found.append(block.pk)
        return found


def files_of(organisation: Organisation) -> Iterator[tuple[str, Path]]:
    """Every file of hers by its name in the home's ``files/``: sealed ones, and the library's and the archive's public ones."""
    top: Path = settings.HOME.folder("files")
    for key in SealedFile.objects.filter(organisation_id=organisation.pk).order_by("pk").values_list("pk", flat=True):
        yield f"{key.hex[:2]}/{key.hex}", top / key.hex[:2] / key.hex
    for name in _open_files(organisation):
        yield name, Path(default_storage.path(name))


def _open_files(organisation: Organisation) -> Iterator[str]:
    from hamroh.archive.models import Media
    from hamroh.library.models import Attachment

    for name in (
        Attachment.objects.filter(record__organisation=organisation).order_by("pk").values_list("name", flat=True)
    ):
        yield f"library/{name}"
    copies = Media.objects.filter(unit__organisation=organisation).order_by("pk").values_list("public_name", "sizes")
    for public, sizes in copies:
        yield from (name for name in (public, *(size[2] for size in sizes)) if name)


def _written(path: Path, told: Iterator[bytes]) -> Counted:
    with path.open("wb") as file:
        return _counted(_kept(told, file))


def _kept(told: Iterator[bytes], file: Any) -> Iterator[bytes]:
    for line in told:
        file.write(line)
        yield line


def _counted(told: Iterator[bytes]) -> Counted:
    digest, rows = hashlib.sha256(), 0
    for line in told:
        digest.update(line)
        rows += 1
    return Counted(rows, digest.hexdigest())
