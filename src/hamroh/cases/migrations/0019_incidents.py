"""Acts of violence that she told of."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.accounts.rowsecurity import GuardRows


def _to(model, kept=django.db.models.deletion.CASCADE, **options):
    return models.ForeignKey(on_delete=kept, related_name="+", to=model, **options)


class Migration(migrations.Migration):
    """What was done is sealed; in the clear stands that somebody told of something, and when it was written down."""

    dependencies = [("cases", "0018_intakes_within_limits"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel("Incident", [
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
            ("organisation", _to("accounts.organisation", django.db.models.deletion.PROTECT)),
            ("case", _to("cases.case")),
            ("person", _to("cases.person")),
            ("tool", models.CharField(max_length=20)),
            ("facts", hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.incident.facts")),
            ("taken_by", _to(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT)),
            ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ("finished_at", models.DateTimeField(null=True)),
            ("set_aside_at", models.DateTimeField(null=True)),
        ], options={
            "indexes": [
                models.Index(fields=["case", "-made_at"], name="incidents_of_a_case"),
                models.Index(fields=["organisation", "finished_at"], name="incidents_that_count"),
            ],
            "constraints": [models.UniqueConstraint(
                fields=["person"], condition=models.Q(finished_at__isnull=True), name="one_open_incident_of_a_person"
            )],
        }),
        GuardRows("Incident", part_of="case"),
    ]  # fmt: skip
