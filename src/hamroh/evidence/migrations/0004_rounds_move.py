"""The last day of a round can be moved, one reviewer excused; answers to findings are kept per language, and stay when they are published."""

from django.db import migrations, models

_TABLE, _REFUSED = "evidence_findinganswer", "a published edition is never changed"
_COLUMNS = "edition_id, fingerprint, rule, reason, reasons, withdrawn_at"
_FROZEN = "(SELECT state FROM evidence_edition WHERE id = {row}.edition_id) IN ('published', 'withdrawn')"


def guard(apps, schema_editor):
    """SQLite makes a table anew to add a column, and forgets its triggers; both databases learn of the new column."""
    new, old = _FROZEN.format(row="NEW"), _FROZEN.format(row="OLD")
    stays, no_more = f"{_TABLE}_published_stays", f"{_TABLE}_published_no_more"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {stays} ON {_TABLE}")
        schema_editor.execute(
            f"CREATE TRIGGER {stays} BEFORE UPDATE OF {_COLUMNS} ON {_TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION evidence_published_stays_{_TABLE}()"
        )
        return
    abort = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    for name, event, condition in (
        (stays, f"UPDATE OF {_COLUMNS}", f"({old} OR {new})"),
        (no_more, "INSERT", new),
    ):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {_TABLE} WHEN {condition} {abort}")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_published_stays")]
    operations = [
        migrations.AddField("round", "moves", models.JSONField(blank=True, default=list)),
        migrations.AddField("reviewer", "excused_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("reviewer", "reminded_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("findinganswer", "reasons", models.JSONField(blank=True, default=dict)),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
