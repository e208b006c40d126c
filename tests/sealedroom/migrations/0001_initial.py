import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_access"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Matter",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("row_seal", hamroh.vault.fields.RowSeal()),
                        ("team", models.CharField(blank=True, max_length=40)),
                        ("area", models.CharField(blank=True, max_length=200)),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=12
                            ),
                        ),
                        ("opened_week", models.DateField()),
                        ("name", hamroh.vault.fields.SealedText(data_class="S3", label="sealedroom.matter.name")),
                        (
                            "phone",
                            hamroh.vault.fields.SealedText(data_class="S3", label="sealedroom.matter.phone", null=True),
                        ),
                        (
                            "phone_index",
                            hamroh.vault.fields.BlindIndex(
                                label="sealedroom.matter.phone_index", of="phone", rule="phone_tail"
                            ),
                        ),
                        (
                            "document",
                            hamroh.vault.fields.SealedText(
                                data_class="S3", label="sealedroom.matter.document", null=True
                            ),
                        ),
                        (
                            "document_index",
                            hamroh.vault.fields.BlindIndex(
                                label="sealedroom.matter.document_index", of="document", rule="document_exact"
                            ),
                        ),
                        (
                            "born",
                            hamroh.vault.fields.SealedDate(data_class="S3", label="sealedroom.matter.born", null=True),
                        ),
                        (
                            "story",
                            hamroh.vault.fields.SealedJSON(data_class="S3", label="sealedroom.matter.story", null=True),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Note",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("row_seal", hamroh.vault.fields.RowSeal()),
                        ("text", hamroh.vault.fields.SealedText(data_class="S3", label="sealedroom.note.text")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notes",
                                to="sealedroom.matter",
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
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Shelter",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("row_seal", hamroh.vault.fields.RowSeal()),
                        ("code", models.CharField(max_length=20)),
                        (
                            "address",
                            hamroh.vault.fields.SealedText(
                                data_class="S4", label="sealedroom.shelter.address", null=True
                            ),
                        ),
                        (
                            "beds",
                            hamroh.vault.fields.SealedJSON(data_class="S3", label="sealedroom.shelter.beds", null=True),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        GuardRows("Matter"),
        GuardRows("Note", part_of="matter"),
        GuardRows("Shelter"),
    ]
