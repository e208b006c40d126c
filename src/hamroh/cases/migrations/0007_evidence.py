import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.accounts.rowsecurity import GuardRows

KINDS = [
    ("message", "A message"), ("receipt", "A receipt or a transfer slip"), ("document", "A document"),
    ("photo", "A photograph"), ("recording", "A recording"), ("other", "Something else"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_alimony"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("file_id", models.UUIDField(unique=True)),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("facts", hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.evidence.facts")),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                ("copy_of", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="cases.evidence")),
                ("matter", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="cases.matter")),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                ("taken_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"indexes": [models.Index(fields=["case", "-taken_at"], name="evidence_of_a_case")]},
        ),
        GuardRows("Evidence", part_of="case"),
    ]
