import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
import hamroh.web.ids
from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    """Books of facts, one for a source and a quarter, and tables that are asked for again."""

    initial = True

    dependencies = [
        ("accounts", "0019_donors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Book",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                        ("source", models.CharField(max_length=20)),
                        ("quarter", models.CharField(max_length=7)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=6
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("taken_out", models.PositiveIntegerField(default=0)),
                        ("block", hamroh.vault.fields.SealedBytes(data_class="S3", label="statistics.book.block")),
                        ("records", hamroh.vault.fields.SealedBytes(data_class="S3", label="statistics.book.records")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="KeptTable",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("asked", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="kepttable",
                    index=models.Index(fields=["organisation", "-made_at"], name="kept_tables_of_a_house"),
                ),
                migrations.AddConstraint(
                    model_name="book",
                    constraint=models.UniqueConstraint(
                        fields=("organisation", "source", "quarter"), name="one_book_for_a_quarter"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="kepttable",
                    constraint=models.UniqueConstraint(fields=("organisation", "digest"), name="a_table_is_kept_once"),
                ),
            ]
        ),
        *(GuardRows(name) for name in ("Book", "KeptTable")),
    ]
