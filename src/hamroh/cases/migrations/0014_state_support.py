"""Applications for support of the state."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.accounts.rowsecurity import GuardRows


def _to(model, kept=django.db.models.deletion.CASCADE, related="+", **options):
    return models.ForeignKey(on_delete=kept, related_name=related, to=model, **options)


class Migration(migrations.Migration):
    """What was asked of which office, and what it answered."""

    dependencies = [("cases", "0013_exports"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel("Application", [
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
            ("organisation", _to("accounts.organisation", django.db.models.deletion.PROTECT)),
            ("case", _to("cases.case")),
            ("matter", _to("cases.matter", related="applications")),
            ("state", models.CharField(max_length=10, default="collecting", choices=[
                ("collecting", "Papers are being collected"), ("filed", "Handed in"), ("granted", "Granted"),
                ("refused", "Refused"), ("silent", "No answer came"), ("appealed", "Contested"), ("withdrawn", "Withdrawn"),
            ])),
            ("filed_date", models.DateField(null=True)),
            ("answered_date", models.DateField(null=True)),
            ("alarm", _to("cases.deadline", django.db.models.deletion.SET_NULL, null=True)),
            ("made_by", _to(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT)),
            ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ("facts", hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.application.facts")),
        ], options={"indexes": [
            models.Index(fields=["matter", "made_at"], name="applications_of_a_matter"),
            models.Index(fields=["organisation", "state"], name="applications_that_wait"),
        ]}),
        GuardRows("Application", part_of="case"),
    ]  # fmt: skip
