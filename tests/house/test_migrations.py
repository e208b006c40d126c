"""Migrations say what the models say, in one line for each room."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

ROOMS = [each.label for each in apps.get_app_configs() if each.name.startswith("hamroh.")]


@pytest.mark.django_db
def test_it_has_a_migration_for_every_change_of_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", *ROOMS, check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


def test_it_has_one_last_migration_in_each_room() -> None:
    rooms = [app for app, _name in MigrationLoader(None).graph.leaf_nodes()]
    assert sorted(set(rooms)) == sorted(rooms)
