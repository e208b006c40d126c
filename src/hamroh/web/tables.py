"""A migration's step that makes many tables at once, and how all steps are taken quickly."""

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel


@contextlib.contextmanager
def models_known() -> Iterator[None]:
    """Migrate in this block in two thirds of the time.

    Django asks of every foreign key whether the model it leads to can be swapped by a setting, and forgets the answer whenever a model
    is made: of thousands, in migrations. It depends on the settings alone, so here it is found out once for each model.
    """
    usual, swapped = Apps.get_swappable_settings_name, dict[str, str | None]()

    def name(_apps: Apps, to: str) -> str | None:
        if to not in swapped:
            swapped[to] = usual(apps, to)
        return swapped[to]

    name.cache_clear = lambda: None  # type: ignore[attr-defined]
    Apps.get_swappable_settings_name = name  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Apps.get_swappable_settings_name = usual  # type: ignore[method-assign]


class MakeTables(Operation):
    """Create models together with the fields, indexes and constraints that are added to them in the same breath.

    ``operations`` are ``CreateModel`` and what adds to those models. Taken one by one Django works out all related models anew after each of
    them, which took most of the time of a first start; here they are worked out once, and every table is made as it is in the end.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Iterable[Operation]) -> None:
        self.operations = list(operations)
        made = {each.name_lower for each in self.operations if isinstance(each, CreateModel)}
        for each in self.operations:
            name = each.name_lower if isinstance(each, CreateModel) else getattr(each, "model_name_lower", "")
            name = name or getattr(each, "model_name", "").lower()
            if name not in made:
                raise TypeError(f"{each.describe()}: MakeTables makes tables and adds to no others")

    def state_forwards(self, app_label: str, state: Any) -> None:
        apps = state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)
        if apps is not None:
            state.apps = apps
            state.reload_models([(app_label, name) for name in self._names()], delay=True)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        for model in self._models(app_label, schema_editor, to_state):
            schema_editor.create_model(model)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        for model in reversed(self._models(app_label, schema_editor, from_state)):
            schema_editor.delete_model(model)

    def describe(self) -> str:
        return f"Make {len(self._names())} tables"

    def references_model(self, name: str, app_label: str) -> bool:
        return any(each.references_model(name, app_label) for each in self.operations)

    def _names(self) -> list[str]:
        return [each.name_lower for each in self.operations if isinstance(each, CreateModel)]

    def _models(self, app_label: str, editor: Any, state: Any) -> list[Any]:
        models = [state.apps.get_model(app_label, name) for name in self._names()]
        return [each for each in models if self.allow_migrate_model(editor.connection.alias, each)]
