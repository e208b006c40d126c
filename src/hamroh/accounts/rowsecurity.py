"""A second net under the policy, in PostgreSQL itself: a connection sees the rows of the organisations it was opened for.

The web's connections are opened for none; each request opens its own for the organisations that its person works in, and closes
it. Rows lent to one of them are seen, not changed. Commands and the worker act for the installation and are open for all.
SQLite has no such net: there the policy stands alone.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, connections, transaction
from django.db.migrations.operations.base import Operation

from hamroh.vault.fields import SealedModel

SETTING, EVERY = "hamroh.organisations", "*"
_MINE = f"string_to_array(current_setting('{SETTING}', true), ',')"
_LENT = f"""EXISTS (SELECT 1 FROM accounts_recordgrant lent WHERE lent.record_kind = '{{kind}}'
    AND lent.record_id = {{record}}::text AND lent.to_organisation_id::text = ANY ({_MINE})
    AND lent.revoked_at IS NULL AND lent.starts_at <= now() AND lent.ends_at > now())"""  # noqa: S608 - names of tables and columns, from models
_OWN = f"(current_setting('{SETTING}', true) = '{EVERY}' OR organisation_id::text = ANY ({_MINE}))"
_POLICIES = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    "CREATE POLICY own ON {table} USING ({own}) WITH CHECK ({own})",
    "CREATE POLICY lent ON {table} FOR SELECT USING ({lent})",
)
_GONE = (
    "DROP POLICY lent ON {table}",
    "DROP POLICY own ON {table}",
    "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
)


class GuardRows(Operation):
    """A migration's step: the rows of a model are seen by their organisation, and by whom their record is lent to.

    ``part_of`` names the relation to the record that the rows belong to, where they are not records themselves. A table of the
    vault is named with its app, ``vault.Hold``: the vault itself stands beneath organisations.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, name: str, part_of: str = "") -> None:
        self.name, self.part_of = name, part_of

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        self._run(schema_editor, self._model(app_label, to_state), _POLICIES)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        self._run(schema_editor, self._model(app_label, from_state), _GONE)

    def _model(self, app_label: str, state: Any) -> Any:
        app, _dot, name = self.name.rpartition(".")
        return state.apps.get_model(app or app_label, name)

    def describe(self) -> str:
        return f"Guard the rows of {self.name}"

    def _run(self, editor: Any, model: Any, statements: Iterable[str]) -> None:
        if editor.connection.vendor != "postgresql":
            return
        relation = model._meta.get_field(self.part_of) if self.part_of else model._meta.pk  # noqa: SLF001
        whole = relation.related_model if self.part_of else model
        table = editor.quote_name(model._meta.db_table)  # noqa: SLF001
        record = f"{table}.{editor.quote_name(relation.column)}"
        lent = _LENT.format(kind=whole._meta.label_lower, record=record)  # noqa: SLF001
        for statement in statements:
            editor.execute(statement.format(table=table, own=_OWN, lent=lent))


def unguarded_tables() -> list[str]:
    """Tables of models that an organisation keeps sealed, whose rows are not guarded; none where SQLite is used."""
    if connection.vendor != "postgresql":
        return []
    wanted = [model._meta.db_table for model in apps.get_models() if _is_kept_sealed(model)]  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY (%s) AND NOT (relrowsecurity AND relforcerowsecurity)",
            [wanted],
        )
        return sorted(name for (name,) in cursor)


def _is_kept_sealed(model: Any) -> bool:
    """Sealed rows of an organisation, and rows of the vault that say of themselves whose they are."""
    if getattr(model, "kept_by_organisation", False):
        return True
    return issubclass(model, SealedModel) and any(field.name == "organisation" for field in model._meta.fields)  # noqa: SLF001


def shut_by_default() -> None:
    """From now on new connections of this process are opened for no organisation."""
    options = connections.settings["default"].setdefault("OPTIONS", {})
    if "postgresql" in connections.settings["default"]["ENGINE"]:
        options["options"] = f"-c {SETTING}="


def open_pooled(connection: Any, **_told: Any) -> None:
    """Tell a session that a pool lent what it would have been told at its start; without a word it shows nothing."""
    asked = connection.settings_dict
    if asked.get("POOLED") and asked["OPTIONS"].get("options", "").endswith(f"={EVERY}"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, EVERY])


@contextmanager
def opened_for(organisations: Iterable[UUID]) -> Iterator[None]:
    """Let the connection see the rows of these organisations, and afterwards what it saw before."""
    if connection.vendor != "postgresql":
        yield
        return
    before = _set(",".join(sorted(map(str, organisations))))
    try:
        yield
    finally:
        if not (connection.in_atomic_block and connection.needs_rollback):
            _set(before)


@contextmanager
def opened_for_all() -> Iterator[None]:
    """For what the installation itself does: migrations of keys, retention, backups."""
    if connection.vendor != "postgresql":
        yield
        return
    before = _set(EVERY)
    try:
        yield
    finally:
        _set(before)


def _set(value: str) -> str:
    """Change the connection's setting and tell what it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true), set_config(%s, %s, false)", [SETTING, SETTING, value])
        return str(cursor.fetchone()[0] or "")


@transaction.atomic
def grant_to(role: str) -> None:
    """Let an unprivileged role read and write every table, and own none: what the web connects as."""
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        cursor.execute(
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {quoted}"
        )
        cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {quoted}")
