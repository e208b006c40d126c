"""The system check refuses models whose sealing would not hold."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from hamroh.vault import checks, fields
from sealedroom.models import Matter


def faults(model) -> set[str]:
    columns = list(checks.sealed_columns(model))
    return {found.id for found in [*checks._model_faults(model, columns), *checks._label_faults([model])]}


def test_it_accepts_the_rooms_as_they_are() -> None:
    assert checks.check_sealed_models() == []


@isolate_apps("sealedroom")
def test_it_refuses_a_model_that_is_not_sealed() -> None:
    class Loose(models.Model):
        name = fields.SealedText(label="loose.name")

        class Meta:
            app_label = "sealedroom"

    assert faults(Loose) == {"vault.E001", "vault.E002", "vault.E003"}


@isolate_apps("sealedroom")
def test_it_refuses_a_label_used_twice() -> None:
    class Twice(fields.SealedModel):
        organisation_id = models.UUIDField()
        name = fields.SealedText(label="twice.name")
        other = fields.SealedText(label="twice.name")

        class Meta:
            app_label = "sealedroom"

    assert faults(Twice) == {"vault.E004"}


@isolate_apps("sealedroom")
def test_it_refuses_unsound_columns() -> None:
    class Unsound(fields.SealedModel):
        organisation_id = models.UUIDField()
        name = fields.SealedText(label="unsound.name", unique=True)
        place = fields.SealedText(label="unsound.place", data_class="S4")
        risk = fields.SealedText(label="unsound.risk", data_class="S5")
        place_index = fields.BlindIndex(of="place", rule="exact", label="unsound.place_index")
        none_index = fields.BlindIndex(of="nothing", rule="exact", label="unsound.none_index")
        rule_index = fields.BlindIndex(of="name", rule="guess", label="unsound.rule_index")

        class Meta:
            app_label = "sealedroom"

    assert faults(Unsound) == {"vault.E006", "vault.E007", "vault.E008", "vault.E009"}


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("sealedroom.matter.name S3\n", ""),
        ("sealedroom.matter.name S3\n", "sealedroom.matter.name S4\n"),
        ("sealedroom.matter.name S3\n", "sealedroom.matter.name retired\n"),
        ("sealedroom.note.text S3\n", "sealedroom.note.text S3\nsealedroom.note.gone S3\n"),
    ],
)
def test_it_refuses_a_label_that_changed(tmp_path, monkeypatch, line, instead) -> None:
    config = apps.get_app_config("sealedroom")
    listed = (checks.Path(config.path) / checks.REGISTRY).read_text(encoding="utf-8")
    (tmp_path / checks.REGISTRY).write_text(listed.replace(line, instead), encoding="utf-8")
    monkeypatch.setattr(config, "path", str(tmp_path))
    assert {found.id for found in checks._registry_faults(config)} == {"vault.E005"}


def test_it_remembers_retired_labels(tmp_path) -> None:
    path = tmp_path / checks.REGISTRY
    path.write_text("# head\nold.name retired\n", encoding="utf-8")
    assert checks.registered(path) == {"old.name": "retired"}
    assert Matter._meta.get_field("name").label == "sealedroom.matter.name"
