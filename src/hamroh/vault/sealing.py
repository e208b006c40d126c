"""Sealing the columns of a row, and the face for a secret that stands outside a sealed model."""

import hmac
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from hamroh.vault import envelope, keyring, members, rowseals
from hamroh.vault.envelope import Place
from hamroh.vault.errors import PlaintextRefused, Tampered
from hamroh.vault.rowseals import RowState
from hamroh.vault.values import Pending, Sealed

if TYPE_CHECKING:
    from hamroh.vault.fields import BlindIndex, SealedField

_STATE = "_row_state"


# -- a secret on its own -------------------------------------------------------------------------------------------


def seal(value: Any, *, label: str, row: UUID, organisation_id: UUID = keyring.INSTALLATION) -> bytes:
    """Seal a value that is no field of a sealed model, such as the seed of a second factor. ``row`` is its owner's id."""
    keys = keyring.active(organisation_id)
    return envelope.seal(keys.cipher, keys.id, Place(label, row, organisation_id), value)


def unseal(sealed: bytes, *, label: str, row: UUID, organisation_id: UUID = keyring.INSTALLATION) -> Any:
    """What ``seal`` sealed with the same label, row and organisation."""
    keys = keyring.opening(organisation_id, envelope.key_id_of(sealed))
    return envelope.unseal(keys.cipher, Place(label, row, organisation_id), sealed)


def blind(value: str | None, *, label: str, organisation_id: UUID) -> bytes:
    """The 16 bytes of one value under the active key."""
    return blind_by(keyring.active(organisation_id), label, value or "")


def blind_by(keys: keyring.KeySet, label: str, value: str) -> bytes:
    return hmac.digest(keys.blind_key(label), value.encode(), "sha256")[:16]


def tokens(folds: Iterable[str], *, label: str, organisation_id: UUID) -> list[bytes]:
    """Blind tokens of several folds of one name, for a table of tokens; sorted, so that their order tells nothing."""
    keys = keyring.active(organisation_id)
    return sorted({blind_by(keys, label, fold) for fold in folds if fold})


# -- the columns of a row ------------------------------------------------------------------------------------------


@cache
def sealed_fields(model: type[models.Model]) -> "dict[str, SealedField]":
    """The sealed fields of a model by attribute."""
    return {field.attname: field for field in model._meta.concrete_fields if hasattr(field, "data_class")}  # type: ignore[misc] # noqa: SLF001


@cache
def blind_indexes(model: type[models.Model]) -> "dict[str, tuple[BlindIndex, ...]]":
    """The blind indexes of a model by the attribute that they index."""
    found = [field for field in model._meta.concrete_fields if hasattr(field, "rule")]  # noqa: SLF001
    return {name: tuple(index for index in found if index.of == name) for name in {index.of for index in found}}


def organisation_of(obj: models.Model) -> UUID:
    found = getattr(obj, getattr(obj, "seal_organisation", "organisation_id"))
    if not isinstance(found, UUID):
        raise PlaintextRefused(f"{obj._meta.label} has no organisation yet: nothing can be sealed for it")  # noqa: SLF001
    return found


def place_of(obj: models.Model, field: "SealedField") -> Place:
    return Place(field.label, obj.pk, organisation_of(obj))


def seal_columns(obj: models.Model, names: Iterable[str]) -> dict[bytes, bytes | None]:
    """Seal what was assigned to these attributes, with their blind indexes; the tags that the row's seal must hold."""
    changes: dict[bytes, bytes | None] = {}
    fields = sealed_fields(type(obj))
    for name in names:
        value = obj.__dict__[name].for_sealing()
        sealed = None if value is None else _sealed(obj, fields[name], value)
        obj.__dict__[name] = Sealed(sealed)
        changes[fields[name].mark] = sealed and sealed[-envelope.TAG :]
        for index in blind_indexes(type(obj)).get(name, ()):
            obj.__dict__[index.attname] = token = index.token(value, organisation_of(obj))
            changes[index.mark] = token
    return changes


def _sealed(obj: models.Model, field: "SealedField", value: Any) -> bytes:
    version, key_id, cipher = _sealing_key(obj, field)
    return envelope.seal(cipher, key_id, place_of(obj, field), value, version)


def _sealing_key(obj: models.Model, field: "SealedField") -> tuple[bytes, int, AESGCM]:
    if field.data_class == "S4":
        return envelope.RECORD, *members.sealing_key(record_of(obj))
    keys = keyring.active(organisation_of(obj))
    return envelope.ORGANISATION, keys.id, keys.cipher


def record_of(obj: models.Model) -> tuple[str, str]:
    """The record whose decision covers this row: itself, or the one that it is sealed under."""
    under = getattr(obj, "sealed_under", None)
    return under() if under else (obj._meta.label_lower, str(obj.pk))  # noqa: SLF001


def open_column(obj: models.Model, field: "SealedField") -> Any:
    """The plaintext of one column, proved to be the newest that the row was sealed with. Tampered otherwise."""
    value = getattr(obj, field.attname)
    if isinstance(value, Pending):
        return value.for_sealing()
    sealed = require_newest(obj, field)
    return None if sealed is None else envelope.unseal(_opening_key(obj, field, sealed), place_of(obj, field), sealed)


def require_newest(obj: models.Model, field: "SealedField") -> bytes | None:
    """The ciphertext of a column if the row's seal names it; Tampered for an older or another one."""
    sealed: bytes | None = getattr(obj, field.attname).ciphertext
    if state_of(obj).tags.get(field.mark) != (sealed and sealed[-envelope.TAG :]):
        raise Tampered(f"{field.label} is not the newest value of its row")
    return sealed


def _opening_key(obj: models.Model, field: "SealedField", sealed: bytes) -> AESGCM:
    version, key_id, _nonce = envelope.head(sealed)
    if (version == envelope.RECORD) != (field.data_class == "S4"):
        raise Tampered(f"{field.label} is sealed by a key of another class")
    if version == envelope.RECORD:
        return members.opening_key(key_id, record_of(obj))
    return keyring.opening(organisation_of(obj), key_id).cipher


# -- the seal of a row ---------------------------------------------------------------------------------------------


def state_of(obj: Any) -> RowState:
    """The state that the row's seal proves; kept with the object until its seal changes."""
    seal_ = obj.row_seal
    kept = obj.__dict__.get(_STATE)
    if kept is None or kept[0] is not seal_:
        kept = obj.__dict__[_STATE] = (seal_, read_state(obj, seal_))
    return kept[1]  # type: ignore[no-any-return]


def read_state(obj: models.Model, seal_: bytes | None) -> RowState:
    if not seal_:
        raise Tampered("a row has lost its seal")
    organisation = organisation_of(obj)
    return rowseals.read(
        bytes(seal_), key_of=lambda key_id: keyring.opening(organisation, key_id).row_key, row=obj.pk,
        organisation=organisation,
    )  # fmt: skip


def set_state(obj: Any, state: RowState) -> None:
    """Give the row a new seal by the organisation's active key."""
    organisation = organisation_of(obj)
    keys = keyring.active(organisation)
    obj.row_seal = rowseals.write(state, key_id=keys.id, key=keys.row_key, row=obj.pk, organisation=organisation)
    obj.__dict__[_STATE] = (obj.row_seal, state)
