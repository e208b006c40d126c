from django.db import migrations

from hamroh.search.backends import postgres, sqlite


def create(apps, editor):
    statements = postgres.CREATE if editor.connection.vendor == "postgresql" else (sqlite.CREATE,)
    for statement in statements:
        editor.execute(statement)


def drop(apps, editor):
    editor.execute("DROP TABLE search_tokens")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
