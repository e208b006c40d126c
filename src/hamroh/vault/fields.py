"""Sealed fields: assigned in plain, stored sealed, read as something opaque; ``vault.open`` alone gives the value back.

A model with sealed fields inherits from ``SealedModel``, which gives it a random id and the seal of its row, and has an
``organisation_id`` (or names another attribute in ``seal_organisation``).
"""

import contextlib
import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import connections, models, router
from django.db.models.query_utils import DeferredAttribute

from hamroh.vault import envelope, keyring, rowseals, sealing
from hamroh.vault.errors import PlaintextRefused, Tampered
from hamroh.vault.rules import RULES
from hamroh.vault.values import Pending, Sealed, pending

CLASSES = ("S3", "S4")
if TYPE_CHECKING:
    _Bytes = models.BinaryField[Any, Any]
else:
    _Bytes = models.BinaryField


#: options of a blind index that nobody chooses
_FIXED = {"max_length", "null", "blank", "db_index", "editable"}


class SealedAttribute(DeferredAttribute):
    """What is assigned waits to be sealed; what is read is opaque."""

    field: "SealedField"

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.taken(value)


class SealedField(_Bytes):
    """Base of sealed fields. ``label`` is permanent: it is bound into every value, so that a rename needs no resealing."""

    takes: type | tuple[type, ...] = object
    descriptor_class = SealedAttribute

    def __init__(self, *, label: str, data_class: str = "S3", **options: Any) -> None:
        self.label, self.data_class = label, data_class
        self.mark, self.measured = rowseals.mark(label), envelope.measured(label)
        self.version = envelope.RECORD if data_class == "S4" else envelope.ORGANISATION
        super().__init__(**{**options, "editable": False})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, arguments, options = super().deconstruct()
        options.pop("editable", None)
        return name, path, arguments, {**options, "label": self.label, "data_class": self.data_class}

    def taken(self, value: Any) -> Sealed | Pending:
        """What the attribute holds after an assignment; TypeError for a value of another type, without showing it."""
        if value is not None and not isinstance(value, Sealed | Pending) and not isinstance(value, self.takes):
            raise TypeError(f"{self.name} takes {self.takes} and was given {type(value).__name__}")
        return pending(value)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed:
        return Sealed(None if value is None else bytes(value))

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = instance.__dict__[self.attname]
        if isinstance(value, Pending):
            if not add or not isinstance(instance, SealedModel):
                raise PlaintextRefused(f"{self.name} is not sealed yet: save it through its model")
            instance.seal_new()
        return instance.__dict__[self.attname]

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise PlaintextRefused(f"{self.name} takes only what was sealed for its row")
        return super().get_db_prep_value(None if value is None else value.ciphertext, connection, prepared)

    def to_python(self, value: Any) -> Any:
        return value

    def clean(self, value: Any, _instance: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **_options: Any) -> None:
        return None

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: the database cannot compare it; use a blind index")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed: the database cannot read it ({lookup_name})")


class SealedText(SealedField):
    takes = str


class SealedBytes(SealedField):
    takes = bytes


class SealedDate(SealedField):
    takes = dt.date


class SealedJSON(SealedField):
    """Anything that JSON holds; one document a row for narrative parts is cheaper than many fields."""

    takes = (dict, list, str, int, float, bool)


class BlindIndex(_Bytes):
    """16 bytes by which a sealed value is looked up: HMAC-SHA256 of its ruled form under a key of organisation and label.

    Set by the vault whenever the field named ``of`` is; never index what takes few values.
    """

    def __init__(self, *, of: str, rule: str, label: str, **options: Any) -> None:
        self.of, self.rule, self.label = of, rule, label
        self.mark = rowseals.mark(label)
        super().__init__(
            **{**options, "max_length": 16, "null": True, "db_index": True, "editable": False, "blank": True}
        )

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, arguments, options = super().deconstruct()
        kept = {key: value for key, value in options.items() if key not in _FIXED}
        return name, path, arguments, {**kept, "of": self.of, "rule": self.rule, "label": self.label}

    def token(self, value: Any, organisation_id: UUID) -> bytes | None:
        """The index of a plaintext; None where the rule finds too little in it."""
        ruled = RULES[self.rule](value) if value is not None else None
        return None if ruled is None else sealing.blind(ruled, label=self.label, organisation_id=organisation_id)

    def tokens(self, value: str, organisation_id: UUID) -> list[bytes]:
        """The index under every key that may have made it, for looking up while keys are being exchanged."""
        ruled = RULES[self.rule](value)
        if ruled is None:
            return []
        return [sealing.blind_by(keys, self.label, ruled) for keys in keyring.readable(organisation_id)]

    def plaintexts(self, values: Iterable[str], organisation_id: UUID) -> dict[bytes, str]:
        """Many plaintexts by their indexes, under every key that may have made them; keys are read once."""
        readable = keyring.readable(organisation_id)
        ruled = {value: RULES[self.rule](value) for value in values}
        return {
            sealing.blind_by(keys, self.label, plain): value
            for value, plain in ruled.items() if plain is not None for keys in readable
        }  # fmt: skip

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and not isinstance(value, bytes | memoryview):
            raise PlaintextRefused(f"{self.name} is a blind index: look up with with_blind()")
        return super().get_prep_value(value)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> bytes | None:
        return None if value is None else bytes(value)


class RowSeal(_Bytes):
    """The seal of the row: which values are its newest ones."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "editable": False, "blank": True})

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        if add and isinstance(instance, SealedModel):
            instance.seal_new()
        return super().pre_save(instance, add)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> bytes | None:
        return None if value is None else bytes(value)


class SealedQuerySet(models.QuerySet[Any]):
    """Writes keep the seals of rows; look-ups go through blind indexes."""

    def with_blind(self, *, organisation_id: UUID, **wanted: str) -> Self:
        """Rows of an organisation whose blind index fits a plaintext: ``with_blind(organisation_id=o, phone_index="93 555 00 12")``."""
        owner = getattr(self.model, "seal_organisation", "organisation_id")
        found = self.filter(**{owner: organisation_id})
        for name, value in wanted.items():
            index: Any = self.model._meta.get_field(name)  # noqa: SLF001
            found = found.filter(**{f"{name}__in": index.tokens(value, organisation_id)})
        return found

    def update(self, **values: Any) -> int:
        if kept := sorted(guarded(self.model) & set(values)):
            raise PlaintextRefused(f"each row is sealed on its own: save rows instead of updating {', '.join(kept)}")
        return super().update(**values)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        rows, names = list(objs), set(fields)
        model: type[models.Model] = self.model
        if sealed := names & set(sealing.sealed_fields(model)):
            _require_transaction(self.db)
            for row in rows:
                names |= row.seal_changes(sealed, using=self.db)
        plain: models.QuerySet[Any] = models.QuerySet(self.model, using=self.db)
        return plain.bulk_update(rows, sorted(names), batch_size)


class SealedModel(models.Model):
    """A row with sealed fields: random id, the seal of the row, and writes that touch only the columns that changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    row_seal = RowSeal()

    objects = SealedQuerySet.as_manager()
    seal_organisation = "organisation_id"

    class Meta:
        abstract = True

    def save(
        self, *, force_insert: Any = False, force_update: bool = False, using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:  # fmt: skip
        """Save, sealing what was assigned. Sealed columns that were not assigned are left alone, not written back."""
        using = using or router.db_for_write(type(self), instance=self)
        with self._unsealed_again_on_failure():
            if self._state.adding:
                super().save(force_insert=force_insert or True, using=using)
            else:
                self._save_changes(force_update=force_update, using=using, update_fields=update_fields)

    def _save_changes(self, *, force_update: bool, using: str, update_fields: Iterable[str] | None) -> None:
        names = self._unsealed_columns() if update_fields is None else set(update_fields)
        assigned = {name for name in self._assigned() if update_fields is None or name in names}
        names -= guarded(type(self))
        if assigned:
            _require_transaction(using)
            names |= assigned | self.seal_changes(assigned, using=using)
        super().save(force_update=force_update, using=using, update_fields=names)

    @contextlib.contextmanager
    def _unsealed_again_on_failure(self) -> Iterator[None]:
        """A save that fails takes nothing away: what was assigned still waits, as the key it was sealed by may be undone."""
        before = {name: self.__dict__[name] for name in self._assigned()} | {"row_seal": self.row_seal}
        try:
            yield
        except BaseException:
            self.__dict__.update(before)
            raise

    def seal_new(self) -> None:
        """Seal a row that is to be inserted; what was sealed for another row is refused."""
        before, waiting = self._own_state(), self._assigned()
        if waiting or not self.row_seal:
            sealing.set_state(self, before.after(sealing.seal_columns(self, waiting)))

    def seal_changes(self, names: Iterable[str], *, using: str) -> set[str]:
        """Seal what was assigned to ``names`` on top of the row's stored seal; the further columns to write.

        The stored seal is read under lock, so that two writers of different columns do not undo each other's.
        """
        waiting = [name for name in names if isinstance(self.__dict__.get(name), Pending)]
        if set(waiting) != set(names):
            raise PlaintextRefused("a sealed column is written only when a new value was assigned to it")
        rows = type(self)._base_manager.using(using).select_for_update().filter(pk=self.pk)  # noqa: SLF001
        stored = rows.values_list("row_seal", flat=True).first()
        state = sealing.stored_row(self, stored).state
        sealing.set_state(self, state.after(sealing.seal_columns(self, waiting)))
        indexes = sealing.blind_indexes(type(self))
        return {"row_seal", *(index.name for name in waiting for index in indexes.get(name, ()))}

    def _assigned(self) -> list[str]:
        return [name for name in sealing.sealed_fields(type(self)) if isinstance(self.__dict__.get(name), Pending)]

    def _own_state(self) -> rowseals.RowState:
        """What the row was sealed with before (a part of it, assigned anew); PlaintextRefused where that was another row."""
        held = {name: self.__dict__.get(name) for name in sealing.sealed_fields(type(self))}
        sealed = {name: value for name, value in held.items() if isinstance(value, Sealed)}
        if not sealed:
            return rowseals.EMPTY
        try:
            for name, value in sealed.items():
                sealing.sealed_row(self).newest(sealing.sealed_fields(type(self))[name], value)
        except Tampered:
            raise PlaintextRefused(
                f"{', '.join(sealed)}: sealed for another row; open it and assign the value"
            ) from None
        return sealing.sealed_row(self).state

    def _unsealed_columns(self) -> set[str]:
        deferred = self.get_deferred_fields()
        columns = {field.name: field.attname for field in self._meta.concrete_fields if not field.primary_key}
        return {name for name, attribute in columns.items() if attribute not in deferred}


def guarded(model: type[models.Model]) -> set[str]:
    """The columns of a model that only the vault may write."""
    indexes = {index.name for found in sealing.blind_indexes(model).values() for index in found}
    return {*sealing.sealed_fields(model), *indexes, "row_seal"}


def _require_transaction(using: str) -> None:
    if not connections[using].in_atomic_block:
        raise RuntimeError("the seal of a row changes with its columns: open the action's transaction first")
