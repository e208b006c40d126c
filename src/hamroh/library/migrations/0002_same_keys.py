"""What records are found and held against each other by, and the order of what a record leads to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SameKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=200)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="same_keys", to="library.record"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["key"], name="records_by_same_key")],
                "constraints": [models.UniqueConstraint(fields=("record", "key"), name="same_key_once")],
            },
        ),
        migrations.AddField(
            model_name="record", name="folded_titles", field=models.TextField(blank=True, default="", editable=False)
        ),
        migrations.AddField(
            model_name="recordlink", name="position", field=models.PositiveSmallIntegerField(default=0)
        ),
    ]
