"""Who approved what; and an edition that was published stays as it is: the database refuses changes, whoever asks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_FROZEN = "('published', 'withdrawn')"
#: parts of an edition with the columns that its frozen copy holds (a person may leave: who wrote it is not among them)
PARTS = {
    "evidence_block": ("edition_id", "key", "section", "slot", "position", "kind", "content", "version"),
    "evidence_printednote": ("edition_id", "number", "source_id", "ibid"),
    "evidence_findinganswer": ("edition_id", "fingerprint", "rule", "reason", "withdrawn_at"),
}
OWN = ("code", "profile_id", "organisation_id", "template_id", "label", "titles", "languages", "as_of", "apparatus")
_OF_FROZEN = f"(SELECT state FROM evidence_edition WHERE id = {{row}}.edition_id) IN {_FROZEN}"
#: what the edition itself must not do, once it is frozen: say something else, or become anything but withdrawn
_CHANGES = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in OWN)
_TURNS = "NEW.state <> OLD.state AND NOT (OLD.state = 'published' AND NEW.state = 'withdrawn')"
_EDITION = f"OLD.state IN {_FROZEN} AND ({_CHANGES} OR {_TURNS})"


def _wanted(is_postgres):
    """Table, name of the trigger, event, condition. SQLite empties tables by DELETE: there `verify` tells what is gone."""
    rows = [("evidence_edition", "published_stays", "UPDATE", _EDITION)]
    for table, columns in PARTS.items():
        rows.append((table, "published_no_more", "INSERT", _OF_FROZEN.format(row="NEW")))
        either = f"({_OF_FROZEN.format(row='OLD')} OR {_OF_FROZEN.format(row='NEW')})"
        rows.append((table, "published_stays", f"UPDATE OF {', '.join(columns)}", either))
        if is_postgres:
            rows.append((table, "published_not_gone", "DELETE", _OF_FROZEN.format(row="OLD")))
    if is_postgres:
        rows.append(("evidence_frozenedition", "published_not_gone", "DELETE", "true"))
    return rows


_POSTGRES = """CREATE OR REPLACE FUNCTION evidence_{trigger}_{table}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF {condition} THEN RAISE EXCEPTION 'a published edition is never changed'; END IF; RETURN {row}; END $$"""


def guard(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for table, name, event, condition in _wanted(is_postgres):
        if is_postgres:
            row = "OLD" if event == "DELETE" else "NEW"
            schema_editor.execute(_POSTGRES.format(trigger=name, table=table, condition=condition, row=row))
            body = f"FOR EACH ROW EXECUTE FUNCTION evidence_{name}_{table}()"
        else:
            said = condition.replace("IS DISTINCT FROM", "IS NOT")
            body = f"WHEN {said} BEGIN SELECT RAISE(ABORT, 'a published edition is never changed'); END"
        schema_editor.execute(f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} {body}")


def unguard(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for table, name, _event, _condition in _wanted(is_postgres):
        schema_editor.execute(f"DROP TRIGGER {table}_{name}{f' ON {table}' if is_postgres else ''}")
        if is_postgres:
            schema_editor.execute(f"DROP FUNCTION evidence_{name}_{table}()")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_never_changed"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField("edition", "approved_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "edition",
            "approved_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("edition", "approved_digest", models.CharField(blank=True, default="", max_length=64)),
        migrations.RunPython(guard, unguard),
    ]
