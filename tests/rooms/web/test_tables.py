"""Many tables made in one step of a migration: as if they had been made one by one."""

from typing import Any

import pytest
from django.apps.registry import Apps
from django.conf import settings
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from hamroh.web.tables import MakeTables, models_known

KEY = ("id", models.BigAutoField(primary_key=True))
STEPS = [
    migrations.CreateModel("Road", [KEY, ("name", models.CharField(max_length=20))]),
    migrations.CreateModel("Stone", [KEY, ("road", models.ForeignKey("tried.road", models.CASCADE))]),
    migrations.AddField("road", "last", models.ForeignKey("tried.stone", models.SET_NULL, null=True)),
    migrations.AddIndex("stone", models.Index(fields=["road"], name="stones_of_a_road")),
    migrations.AddConstraint("road", models.UniqueConstraint(fields=["name"], name="road_name_once")),
]


def made_by(steps: list[Any]) -> ProjectState:
    """The state after the steps, with their tables in the database."""
    state = ProjectState()
    state.apps
    for step in steps:
        before = state.clone()
        step.state_forwards("tried", state)
        with connection.schema_editor(atomic=True) as editor:
            step.database_forwards("tried", editor, before, state)
    return state


def tables() -> dict[str, Any]:
    """Columns, indexes and constraints of the tables that were tried."""
    with connection.cursor() as cursor:
        names = [each for each in connection.introspection.table_names(cursor) if each.startswith("tried_")]
        return {
            name: (
                {(each.name, each.type_code, each.null_ok) for each in connection.introspection.get_table_description(cursor, name)},
                sorted(
                    (str(said["columns"]), said["unique"], said["foreign_key"] or (), said["index"])
                    for said in connection.introspection.get_constraints(cursor, name).values()
                ),
            )
            for name in names
        }  # fmt: skip


@pytest.fixture
def undo(transactional_db: None) -> Any:
    yield
    with connection.cursor() as cursor:
        for name in ("tried_stone", "tried_road"):
            cursor.execute(f"DROP TABLE IF EXISTS {name}" + (" CASCADE" if connection.vendor == "postgresql" else ""))


def test_it_makes_what_the_steps_make_one_by_one(undo) -> None:
    made_by(STEPS)
    single = tables()
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE tried_stone" + (" CASCADE" if connection.vendor == "postgresql" else ""))
        cursor.execute("DROP TABLE tried_road")
    made_by([MakeTables(STEPS)])
    assert single
    assert tables() == single


def test_it_takes_its_tables_away_again(undo) -> None:
    step = MakeTables(STEPS)
    after = made_by([step])
    with connection.constraint_checks_disabled(), connection.schema_editor(atomic=False) as editor:
        step.database_backwards("tried", editor, after, ProjectState())
    assert tables() == {}


def test_it_leaves_the_state_that_the_steps_leave() -> None:
    one_by_one, together = ProjectState(), ProjectState()
    together.apps
    for step in STEPS:
        step.state_forwards("tried", one_by_one)
    MakeTables(STEPS).state_forwards("tried", together)
    assert together.models == one_by_one.models
    assert together.apps.get_model("tried", "road")._meta.get_field("last").related_model.__name__ == "Stone"


@pytest.mark.parametrize(
    "step", [migrations.AddField("hill", "x", models.IntegerField()), migrations.DeleteModel("Road")]
)
def test_it_adds_to_no_other_tables(step) -> None:
    with pytest.raises(TypeError):
        MakeTables([STEPS[0], step])


def test_it_still_knows_which_model_a_setting_names() -> None:
    with models_known():
        key = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE).deconstruct()[3]["to"]
        other = models.ForeignKey("tried.road", models.CASCADE).deconstruct()[3]["to"]
    assert (getattr(key, "setting_name", ""), getattr(other, "setting_name", "")) == ("AUTH_USER_MODEL", "")


def test_it_leaves_django_as_it_was_after_migrating() -> None:
    usual = Apps.get_swappable_settings_name
    with pytest.raises(ZeroDivisionError), models_known():
        1 / 0
    assert Apps.get_swappable_settings_name is usual
