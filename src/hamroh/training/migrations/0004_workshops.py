import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.training.models.workshops
import hamroh.web.ids
from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    """Workshops on a household budget, and counts of what was shared with them."""

    dependencies = [
        ("accounts", "0017_emergency_notices"),
        ("training", "0001_training"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Workshop",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                default=hamroh.training.models.workshops.new_workshop_code,
                                editable=False,
                                max_length=8,
                                unique=True,
                            ),
                        ),
                        ("expected", models.PositiveSmallIntegerField()),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("released", models.JSONField(null=True)),
                        (
                            "opened_by",
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
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="training.round"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["round", "-opened_at"], name="workshops_of_a_round")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("released__isnull", True)),
                                    models.Q(("closed_at__isnull", False), ("released__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_workshop_tells_when_it_closes",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkshopCount",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("measure", models.CharField(max_length=8)),
                        ("currency", models.CharField(max_length=3)),
                        ("band", models.PositiveSmallIntegerField()),
                        ("households", models.PositiveSmallIntegerField(default=0)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "workshop",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="counts",
                                to="training.workshop",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workshop", "measure", "currency", "band"), name="a_count_of_a_workshop"
                            )
                        ],
                    },
                ),
            ]
        ),
        GuardRows("Workshop", part_of="round"),
        GuardRows("WorkshopCount", part_of="workshop"),
    ]
