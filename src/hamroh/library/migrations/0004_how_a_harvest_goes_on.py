"""What a harvest keeps to go on, records of others that we do not show, and how the columns of a list are read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0002_same_keys")]

    operations = [
        migrations.AddField(model_name="centre", name="told", field=models.JSONField(blank=True, default=dict)),
        migrations.AddField(
            model_name="run", name="asked", field=models.CharField(blank=True, default="", max_length=20)
        ),
        migrations.AddField(
            model_name="run", name="stamp", field=models.CharField(blank=True, default="", max_length=20)
        ),
        migrations.AddField(
            model_name="batch", name="catalogue", field=models.CharField(blank=True, default="", max_length=60)
        ),
        migrations.AddField(model_name="batch", name="columns", field=models.JSONField(blank=True, default=dict)),
        migrations.CreateModel(
            name="Hidden",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=300)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hidden", to="library.centre"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("centre", "key"), name="hidden_record_once")]
            },
        ),
    ]
