"""Sealed exports and who released them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import hamroh.vault.fields
import hamroh.web.codes
from hamroh.accounts.rowsecurity import GuardRows


def _to(model, kept=django.db.models.deletion.PROTECT, **options):
    return models.ForeignKey(on_delete=kept, related_name="+", to=model, **options)


class Migration(migrations.Migration):
    """A wish to take cases out, who let it go, and the file while it stands."""

    dependencies = [("cases", "0012_rule_packs"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel("Export", [
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
            ("organisation", _to("accounts.organisation")),
            ("team", models.CharField(max_length=40, blank=True)),
            ("area", models.CharField(max_length=200, blank=True)),
            ("asked_by", _to(settings.AUTH_USER_MODEL)),
            ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
            ("code", models.CharField(max_length=12, unique=True, default=hamroh.web.codes.new_code, editable=False)),
            ("state", models.CharField(max_length=10, default="asked", choices=[
                ("asked", "Waits for a second person"), ("released", "May be made"), ("made", "Ready to be fetched"),
                ("declined", "Not let go"), ("over", "Over: nothing of it is kept"),
            ])),
            ("case", _to("cases.case", django.db.models.deletion.CASCADE, null=True)),
            ("query", models.CharField(max_length=120, blank=True)),
            ("purpose", models.CharField(max_length=12, choices=[
                ("own_copy", "Her own copy, which she asked for"), ("court", "For a court or an authority, in her own matter"),
                ("inspection", "For an authority that may inspect us by law"), ("work", "For our own work on these cases"),
                ("statistics", "To count, without names and words"),
            ])),
            ("parts", models.JSONField(default=list)),
            ("locked_by", models.CharField(max_length=8, choices=[
                ("password", "By a password that we make: a ZIP file with AES-256"),
                ("key", "To the recipient’s key: a file of age"),
            ])),
            ("recipient", models.CharField(max_length=80, blank=True)),
            ("people_count", models.PositiveIntegerField()),
            ("cases_count", models.PositiveIntegerField()),
            ("words", hamroh.vault.fields.SealedText(data_class="S3", label="cases.export.words")),
            ("released_by", _to(settings.AUTH_USER_MODEL, null=True)),
            ("released_at", models.DateTimeField(null=True)),
            ("made_at", models.DateTimeField(null=True)),
            ("fetched_at", models.DateTimeField(null=True)),
            ("expires_at", models.DateTimeField()),
            ("content", hamroh.vault.fields.SealedBytes(data_class="S3", label="cases.export.content", null=True)),
        ], options={
            "indexes": [
                models.Index(fields=["organisation", "-asked_at"], name="exports_of_a_house"),
                models.Index(fields=["state", "expires_at"], name="exports_that_end"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(released_by__isnull=True) | ~Q(released_by=F("asked_by")), name="a_second_person_lets_go"
                ),
                models.CheckConstraint(
                    condition=~Q(state__in=("released", "made")) | Q(people_count__lte=50) | Q(released_by__isnull=False),
                    name="many_people_leave_by_two",
                ),
            ],
        }),
        GuardRows("Export"),
    ]  # fmt: skip
