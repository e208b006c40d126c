import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
import hamroh.web.codes
from hamroh.web.tables import MakeTables
from hamroh.accounts.rowsecurity import GuardRows


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_evidence"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        MakeTables([
            migrations.CreateModel(
                name="Received",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                    ("referral_id", models.UUIDField(unique=True)),
                    ("code", models.CharField(max_length=12, unique=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafted", "Not sent yet"),
                                ("sent", "Sent"),
                                ("seen", "Looked at"),
                                ("accepted", "Accepted"),
                                ("declined", "Declined"),
                                ("in_service", "They work on it"),
                                ("completed", "Completed"),
                                ("lapsed", "Nobody answered in time"),
                                ("revoked", "Taken back"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "urgency",
                        models.CharField(
                            choices=[("now", "Today"), ("soon", "Within the week"), ("later", "It can wait")], max_length=5
                        ),
                    ),
                    ("until_date", models.DateField()),
                    (
                        "envelope",
                        hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.received.envelope", null=True),
                    ),
                    ("payload", hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.received.payload", null=True)),
                    ("answer", hamroh.vault.fields.SealedText(data_class="S3", label="cases.received.answer", null=True)),
                    ("became_id", models.UUIDField(null=True)),
                    ("came_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("settled_at", models.DateTimeField(null=True)),
                    (
                        "from_organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
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
                    "indexes": [
                        models.Index(fields=["organisation", "state", "-came_at"], name="received_by_state"),
                        models.Index(fields=["organisation", "settled_at"], name="received_by_end"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Referral",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                    (
                        "official",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("police", "The police"),
                                ("mahalla", "The mahalla or the municipality"),
                                ("religious", "A religious leader"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "code",
                        models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafted", "Not sent yet"),
                                ("sent", "Sent"),
                                ("seen", "Looked at"),
                                ("accepted", "Accepted"),
                                ("declined", "Declined"),
                                ("in_service", "They work on it"),
                                ("completed", "Completed"),
                                ("lapsed", "Nobody answered in time"),
                                ("revoked", "Taken back"),
                            ],
                            default="drafted",
                            max_length=10,
                        ),
                    ),
                    (
                        "urgency",
                        models.CharField(
                            choices=[("now", "Today"), ("soon", "Within the week"), ("later", "It can wait")], max_length=5
                        ),
                    ),
                    ("until_date", models.DateField()),
                    ("facts", hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.referral.facts")),
                    ("answer", hamroh.vault.fields.SealedText(data_class="S3", label="cases.referral.answer", null=True)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("sent_at", models.DateTimeField(null=True)),
                    ("seen_at", models.DateTimeField(null=True)),
                    ("accepted_at", models.DateTimeField(null=True)),
                    ("opened_at", models.DateTimeField(null=True)),
                    ("settled_at", models.DateTimeField(null=True)),
                    (
                        "case",
                        models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                    ),
                    (
                        "consent",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.consent"
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                        ),
                    ),
                    (
                        "to_organisation",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.organisation",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["case", "-made_at"], name="referrals_of_a_case"),
                        models.Index(fields=["organisation", "state", "until_date"], name="referrals_by_state"),
                    ],
                },
            ),
        ]),
        GuardRows("Referral", part_of="case"),
        GuardRows("Received"),
    ]
