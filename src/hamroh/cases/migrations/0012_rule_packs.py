import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from hamroh.web.tables import MakeTables

import hamroh.web.ids


def _to(model, **options):
    return models.ForeignKey(**{"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": model} | options)


def _by():
    return _to(settings.AUTH_USER_MODEL)


def _now():
    return models.DateTimeField(default=django.utils.timezone.now)


class Migration(migrations.Migration):
    """Changes of rules that two people release, and days off that were announced: of no case and no organisation, so no rows are guarded."""

    dependencies = [("cases", "0011_trafficking"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        MakeTables([
            migrations.CreateModel("LawChange", [
                ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("organisation", _to("accounts.organisation")),
                ("sort", models.CharField(max_length=10, choices=[
                    ("amended", "The law was changed from a day on"), ("corrected", "The text was read anew"),
                    ("undone", "A change is taken back"), ("days", "Days off were announced"),
                ])),
                ("about", models.CharField(max_length=80)),
                ("base", models.CharField(max_length=40, blank=True)),
                ("since_date", models.DateField(null=True)),
                ("values", models.JSONField(default=dict)),
                ("was", models.JSONField(default=dict)),
                ("why", models.TextField()),
                ("undoes", _to("cases.lawchange", null=True)),
                ("proposed_by", _by()),
                ("proposed_at", _now()),
            ], options={
                "indexes": [
                    models.Index(fields=["about", "proposed_at"], name="changes_of_a_rule"),
                    models.Index(fields=["-proposed_at"], name="changes_of_the_law"),
                ],
                "constraints": [models.CheckConstraint(
                    condition=models.Q(sort="undone") ^ models.Q(undoes__isnull=True), name="taking_back_names_what_is_taken_back"
                )],
            }),
            migrations.CreateModel("LawVerdict", [
                ("change", models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="verdict", serialize=False,
                    to="cases.lawchange",
                )),
                ("kind", models.CharField(max_length=10, choices=[
                    ("released", "Released"), ("refused", "Refused"), ("withdrawn", "Withdrawn by who proposed it"),
                ])),
                ("by", _by()),
                ("proposed_by", _by()),
                ("at", _now()),
                ("words", models.TextField(blank=True)),
            ], options={
                "indexes": [models.Index(fields=["kind", "at"], name="verdicts_on_the_law")],
                "constraints": [models.CheckConstraint(
                    condition=models.Q(kind="withdrawn", by=models.F("proposed_by"))
                    | (~models.Q(kind="withdrawn") & ~models.Q(by=models.F("proposed_by"))),
                    name="nobody_releases_a_change_of_her_own",
                )],
            }),
        ]),
    ]  # fmt: skip
