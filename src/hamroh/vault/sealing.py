"""Sealing the columns of a row, and the face for a secret that stands outside a sealed model."""

import hmac
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from hamroh.vault import envelope, keyring, members, rowseals
from hamroh.vault.errors import KeyDestroyed, PlaintextRefused, Tampered
from hamroh.vault.rowseals import RowState
from hamroh.vault.values import Pending, Sealed

if TYPE_CHECKING:
    from hamroh.vault.fields import BlindIndex, SealedField

_ROW = "_sealed_row"


# -- a secret on its own -------------------------------------------------------------------------------------------


def seal(value: Any, *, label: str, row: UUID, organisation_id: UUID = keyring.INSTALLATION) -> bytes:
    """Seal a value that is no field of a sealed model, such as the seed of a second factor. ``row`` is its owner's id."""
    keys = keyring.active(organisation_id)
    return envelope.seal(keys.id, keys.cipher, envelope.place(label, row, organisation_id), value)


def unseal(sealed: bytes, *, label: str, row: UUID, organisation_id: UUID = keyring.INSTALLATION) -> Any:
    """What ``seal`` sealed with the same label, row and organisation."""
    keys = keyring.opening(organisation_id, envelope.key_id_of(sealed))
    return envelope.unseal(keys.cipher, envelope.place(label, row, organisation_id), sealed)


def blind(value: str | None, *, label: str, organisation_id: UUID) -> bytes:
    """The 16 bytes of one value under the active key."""
    return blind_by(keyring.active(organisation_id), label, value or "")


def blind_by(keys: keyring.KeySet, label: str, value: str) -> bytes:
    return hmac.digest(keys.blind_key(label), value.encode(), "sha256")[:16]


# -- the columns of a row ------------------------------------------------------------------------------------------


@cache
def sealed_fields(model: type[models.Model]) -> "dict[str, SealedField]":
    """The sealed fields of a model by attribute."""
    return {field.attname: field for field in model._meta.concrete_fields if hasattr(field, "data_class")}  # type: ignore[misc] # noqa: SLF001


@cache
def blind_indexes(model: type[models.Model]) -> "dict[str, tuple[BlindIndex, ...]]":
    """The blind indexes of a model by the attribute that they index."""
    found: list[Any] = [field for field in model._meta.concrete_fields if hasattr(field, "rule")]  # noqa: SLF001
    return {name: tuple(index for index in found if index.of == name) for name in {index.of for index in found}}


def organisation_of(obj: models.Model) -> UUID:
    found = getattr(obj, getattr(obj, "seal_organisation", "organisation_id"))
    if not isinstance(found, UUID):
        raise PlaintextRefused(f"{obj._meta.label} has no organisation yet: nothing can be sealed for it")  # noqa: SLF001
    return found


def seal_columns(obj: models.Model, names: Iterable[str]) -> dict[bytes, bytes | None]:
    """Seal what was assigned to these attributes, with their blind indexes; the tags that the row's seal must hold."""
    changes: dict[bytes, bytes | None] = {}
    fields, indexes, organisation = sealed_fields(type(obj)), blind_indexes(type(obj)), organisation_of(obj)
    for name in names:
        field, value = fields[name], obj.__dict__[name].for_sealing()
        sealed = None if value is None else _sealed(obj, field, organisation, value)
        obj.__dict__[name] = Sealed(sealed)
        changes[field.mark] = sealed and sealed[-envelope.TAG :]
        for index in indexes.get(name, ()):
            obj.__dict__[index.attname] = changes[index.mark] = index.token(value, organisation)
    return changes


def _sealed(obj: models.Model, field: "SealedField", organisation: UUID, value: Any) -> bytes:
    at = envelope.place(field.label, obj.pk, organisation)
    if field.data_class == "S4":
        return envelope.seal(*members.sealing_key(record_of(obj)), at, value, envelope.RECORD)
    keys = keyring.active(organisation)
    return envelope.seal(keys.id, keys.cipher, at, value)


def record_of(obj: models.Model) -> tuple[str, str]:
    """The record whose decision covers this row: itself, or the one that it is sealed under.

    It is bound into the seal of the row: a note that was moved under another record opens no more.
    """
    kind = _kind(type(obj))
    return (kind, str(obj.id)) if kind else obj.sealed_under()  # type: ignore[attr-defined]


@cache
def _kind(model: type[models.Model]) -> str:
    """The kind of a model's records; empty where its rows stand under other ones."""
    return "" if hasattr(model, "sealed_under") else model._meta.label_lower  # noqa: SLF001


def open_column(obj: models.Model, field: "SealedField", row: "Standing | None" = None) -> Any:
    """The plaintext of one column, proved to be the newest that the row was sealed with. Tampered otherwise.

    ``row`` is the object's own, where the caller has just asked for it.
    """
    value = obj.__dict__.get(field.attname)
    if value is None:  # not loaded: the descriptor asks the database
        value = getattr(obj, field.attname)
    if type(value) is Pending:
        return value.for_sealing()
    return (row if type(row) is SealedRow else sealed_row(obj)).open(field, value)


def open_columns(obj: models.Model, names: Iterable[str], row: "Standing") -> dict[str, Any]:
    """The same for several columns of one row; in the place of one that does not open stands its fault, raised by nobody."""
    fields, held = sealed_fields(type(obj)), obj.__dict__
    found: dict[str, Any] = {}
    for name in names:
        try:
            value = held.get(name)
            if (
                type(row) is SealedRow and type(value) is Sealed
            ):  # a page asks a hundred times: no step more than needed
                found[name] = row.open(fields[name], value)
            else:
                found[name] = open_column(obj, fields[name], row)
        except (Tampered, KeyDestroyed) as fault:
            found[name] = fault
    return found


# -- the seal of a row ---------------------------------------------------------------------------------------------


class Standing:
    """Whose a row is and under which record it stands, as it says itself."""

    __slots__ = ("organisation", "owner", "record")

    def __init__(self, obj: models.Model) -> None:
        self.organisation, self.record = organisation_of(obj), record_of(obj)
        self.owner: bytes = obj.id.bytes + self.organisation.bytes  # type: ignore[attr-defined]

    @property
    def bound(self) -> bytes:
        return self.owner + "|".join(self.record).encode()


class SealedRow(Standing):
    """A row as its seal proves it: whose it is, under which record it stands, and the newest tag of each column."""

    __slots__ = ("seal", "state")

    def __init__(self, obj: models.Model, seal_: bytes, state: RowState | None = None) -> None:
        Standing.__init__(self, obj)
        self.seal = seal_
        self.state = state or rowseals.read(seal_, mac_by=self._mac, bound=self.bound)

    def _mac(self, key_id: int, told: bytes) -> bytes:
        return keyring.opening(self.organisation, key_id).row_mac(told)

    def newest(self, field: "SealedField", value: Sealed) -> bytes | None:
        """The ciphertext of a column if it is the one that the seal names; Tampered for an older or another one."""
        sealed = value.ciphertext
        if not self.state.names(field.mark, sealed):
            raise Tampered(f"{field.label} is not the newest value of its row")
        return sealed

    def open(self, field: "SealedField", value: Sealed) -> Any:
        """The plaintext of a column's value."""
        sealed = self.newest(field, value)
        if sealed is None:
            return None
        key_id = envelope.key_id_of(sealed, field.version)
        if field.version == envelope.RECORD:
            cipher = members.opening_key(key_id, self.record)
        else:
            cipher = keyring.opening(self.organisation, key_id).cipher
        return envelope.unseal(cipher, field.measured + self.owner, sealed)


def sealed_row(obj: Any) -> SealedRow:
    """The row that the seal proves; kept with the object until its seal changes. Tampered where the seal does not fit the row."""
    kept: SealedRow | None = obj.__dict__.get(_ROW)
    if kept is None or kept.seal != obj.row_seal:
        kept = obj.__dict__[_ROW] = stored_row(obj, obj.row_seal)
    return kept


def generation(obj: models.Model) -> int:
    """How often the row was sealed: an action that saves it says so in the journal, which tells a row put back as it once was."""
    return sealed_row(obj).state.counter


def claimed_row(obj: Any) -> Standing:
    """Where a row says that it stands: proved if its seal fits, and what it says itself if not (nothing opens then)."""
    try:
        return sealed_row(obj)
    except Tampered:
        return Standing(obj)


def stored_row(obj: models.Model, seal_: bytes | memoryview | None) -> SealedRow:
    if not seal_:
        raise Tampered("a row has lost its seal")
    return SealedRow(obj, bytes(seal_))


def set_state(obj: Any, state: RowState) -> None:
    """Give the row a new seal by the organisation's active key."""
    row = SealedRow(obj, b"", state)
    keys = keyring.active(row.organisation)
    row.seal = obj.row_seal = rowseals.write(state, key_id=keys.id, mac=keys.row_mac, bound=row.bound)
    obj.__dict__[_ROW] = row
