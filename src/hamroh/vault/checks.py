"""What Django's system check says of sealed models, before anything is written by them.

Labels are permanent: each room lists its own in ``sealed_labels.txt`` beside its ``apps.py``, one ``label class`` a line, where the
class is S3, S4, ``blind`` or ``retired`` (no column carries it any more and none ever may again).
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import models

from hamroh.vault import fields
from hamroh.vault.rules import RULES

REGISTRY, RETIRED, BLIND = "sealed_labels.txt", "retired", "blind"


def check_sealed_models(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:
    """Faults of every model with sealed columns, and of the lists of labels."""
    configs = list(app_configs or apps.get_app_configs())
    found: list[CheckMessage] = []
    for model in (model for config in configs for model in config.get_models()):
        if columns := list(sealed_columns(model)):
            found += _model_faults(model, columns)
    found += _label_faults(list(apps.get_models()))
    for config in configs:
        found += _registry_faults(config)
    return found


def sealed_columns(model: type[models.Model]) -> Iterator[Any]:
    kinds = (fields.SealedField, fields.BlindIndex)
    return (field for field in model._meta.local_concrete_fields if isinstance(field, kinds))  # noqa: SLF001


def _model_faults(model: type[models.Model], columns: list[Any]) -> Iterator[CheckMessage]:
    key = model._meta.pk  # noqa: SLF001
    if not issubclass(model, fields.SealedModel):
        yield Error("a model with sealed fields inherits from SealedModel", obj=model, id="vault.E001")
    owner = getattr(model, "seal_organisation", "organisation_id")
    if not any(field.attname == owner for field in model._meta.concrete_fields) and not hasattr(model, owner):  # noqa: SLF001
        yield Error(f"a sealed model has {owner}: keys belong to organisations", obj=model, id="vault.E002")
    if not isinstance(key, models.UUIDField) or key.default is not uuid.uuid4:
        yield Error("the key of a sealed model is a random uuid4, set before insert", obj=model, id="vault.E003")
    for column in columns:
        yield from _column_faults(model, column)


def _column_faults(model: type[models.Model], column: Any) -> Iterator[CheckMessage]:
    if column.unique:
        yield Error("a sealed column cannot be unique: every sealing differs", obj=column, id="vault.E006")
    if isinstance(column, fields.SealedField):
        if column.data_class not in fields.CLASSES:
            yield Error(f"data_class is one of {', '.join(fields.CLASSES)}", obj=column, id="vault.E007")
        return
    indexed = {field.attname: field for field in model._meta.concrete_fields}.get(column.of)  # noqa: SLF001
    if not isinstance(indexed, fields.SealedText) or column.rule not in RULES:
        yield Error("a blind index names a SealedText and a known rule", obj=column, id="vault.E008")
    elif indexed.data_class == "S4":
        yield Error(
            "a locating field is never indexed: the index would open it to the server", obj=column, id="vault.E009"
        )


def _label_faults(known: list[type[models.Model]]) -> Iterator[CheckMessage]:
    columns = [column for model in known for column in sealed_columns(model)]
    for label, times in Counter(column.label for column in columns).items():
        if times > 1:
            yield Error(f"the label {label} is used {times} times: a label is one column's for ever", id="vault.E004")
    for model in known:
        marks = Counter(column.mark for column in sealed_columns(model))
        if any(times > 1 for times in marks.values()):
            yield Error(
                "two labels of one model have the same mark: choose another for the newer", obj=model, id="vault.E004"
            )


def _registry_faults(config: AppConfig) -> Iterator[CheckMessage]:
    declared = {column.label: _class_of(column) for model in config.get_models() for column in sealed_columns(model)}
    path = Path(config.path) / REGISTRY
    listed = registered(path)
    for label, kind in declared.items():
        if listed.get(label) != kind:
            yield Error(
                f"{label} ({kind}) does not stand so in {path.name}: add a new label, never change one", obj=config,
                id="vault.E005",
            )  # fmt: skip
    for label in sorted(label for label, kind in listed.items() if kind != RETIRED and label not in declared):
        yield Error(f"no column carries {label}: give it back, or mark it retired", obj=config, id="vault.E005")


def registered(path: Path) -> dict[str, str]:
    """The labels of a room and their classes."""
    if not path.exists():
        return {}
    lines = (line.split("#")[0].split() for line in path.read_text(encoding="utf-8").splitlines())
    return {line[0]: line[1] for line in lines if len(line) == 2}


def _class_of(column: Any) -> str:
    return str(getattr(column, "data_class", BLIND))


def check_record_classes(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:  # noqa: ARG001 - Django's face of a check
    """Faults of the classes of records: tables that would be erased unasked, left behind or in the way; events without an index."""
    from hamroh.vault import retention

    return [fault for of in retention.classes() for fault in _class_faults(of)]


def _class_faults(of: Any) -> Iterator[CheckMessage]:
    from hamroh.vault import erasure

    along = {model._meta.label_lower for model in erasure.goes_along(of.model)}  # noqa: SLF001
    if along != set(of.goes_with):
        told = ", ".join(sorted(along ^ set(of.goes_with)))
        yield Error(
            f"goes_with names the tables that are erased with a record, no more, no less: {told}",
            obj=of.model,
            id="vault.E010",
        )
    for relation in erasure.relations_of(of.model):
        if relation.on_delete in (models.PROTECT, models.RESTRICT):
            label = relation.related_model._meta.label_lower  # noqa: SLF001
            yield Error(
                f"{label} would keep a record of this class for ever: let it go with it, or be unlinked",
                obj=of.model,
                id="vault.E011",
            )
    wanted = [of.model._meta.get_field(of.organisation).name, of.counted]  # noqa: SLF001
    if not any(list(index.fields[:2]) == wanted for index in of.model._meta.indexes):  # noqa: SLF001
        yield Error(
            f"due records are found by an index that begins with {wanted[0]}, {wanted[1]}",
            obj=of.model,
            id="vault.E012",
        )
    if not isinstance(of.model._meta.pk, models.UUIDField):  # noqa: SLF001
        yield Error("records that are let go have a uuid", obj=of.model, id="vault.E013")
