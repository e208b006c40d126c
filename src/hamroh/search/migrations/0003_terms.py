from django.db import migrations

from hamroh.search.backends import sqlite


def create(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute(sqlite.CREATE_TERMS)


def drop(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE search_terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_tokens")]
    operations = [migrations.RunPython(create, drop)]
