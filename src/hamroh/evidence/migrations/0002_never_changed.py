"""What was recorded and what was published is never changed: the database refuses it, whoever asks."""

from django.db import migrations

#: table, columns that are never changed (a person may leave: who recorded it is not among them)
GUARDED = {
    "evidence_observation": (
        "code", "series_id", "period", "value", "low", "high", "qualifier", "printed", "missing", "flags", "source_id",
        "quoted_in_id", "locator", "notes", "detail", "supersedes_id", "recorded_at",
    ),
    "evidence_frozenedition": ("edition_id", "manifest", "digest", "frozen_at"),
    "evidence_blockversion": ("block_id", "version", "content", "saved_at"),
}  # fmt: skip
_SQLITE = """CREATE TRIGGER {table}_stays BEFORE UPDATE OF {columns} ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"""
_POSTGRES = (
    """CREATE OR REPLACE FUNCTION evidence_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME; END $$""",
    "CREATE TRIGGER {table}_stays BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW EXECUTE FUNCTION evidence_stays()",
)


def guard(apps, schema_editor):
    statements = _POSTGRES if schema_editor.connection.vendor == "postgresql" else (_SQLITE,)
    for table, columns in GUARDED.items():
        for statement in statements:
            schema_editor.execute(statement.replace("{table}", table).replace("{columns}", ", ".join(columns)), params=None)


def unguard(apps, schema_editor):
    on = " ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in GUARDED:
        schema_editor.execute(f"DROP TRIGGER {table}_stays{on}".replace("{table}", table))


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
