import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.web.tables import MakeTables
from hamroh.accounts.rowsecurity import GuardRows

_OF_A_CASE = ("TraffickingScreen", "RecoveryPeriod", "Assistance", "PoliceDecision")
_KEYED = ("Whereabouts", "Identification")


def _to(model, kept=django.db.models.deletion.CASCADE, **options):
    return models.ForeignKey(on_delete=kept, related_name="+", to=model, **options)


def _by(**options):
    return _to(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, **options)


def _now():
    return models.DateTimeField(default=django.utils.timezone.now)


def _facts(label, data_class="S3", **options):
    return hamroh.vault.fields.SealedJSON(data_class=data_class, label=f"cases.{label}", **options)


def _row():
    """What every sealed row of a case has."""
    return [
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
        ("organisation", _to("accounts.organisation", django.db.models.deletion.PROTECT)),
        ("case", _to("cases.case")),
    ]


def _keyed():
    """A row under a key of its own: about whom, and who wrote it down."""
    return [
        *_row(),
        ("person", _to("cases.person")),
        ("owner", _by()),
        ("team", models.CharField(blank=True, max_length=40)),
        ("area", models.CharField(blank=True, max_length=200)),
        ("made_at", _now()),
    ]


class Migration(migrations.Migration):
    """What shows trafficking in persons, and what followed.

    Places under a key of their own take the place of the table of places under the case's key, which nothing ever wrote to.
    """

    dependencies = [
        ("cases", "0010_links_and_transfers"),
        ("directory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.DeleteModel("Whereabouts"),
        MakeTables([
            migrations.CreateModel("Whereabouts", [
                *_keyed(),
                ("address", hamroh.vault.fields.SealedText(data_class="S4", label="cases.whereabouts.address", null=True)),
                ("facts", _facts("whereabouts.facts", "S4", null=True)),
            ], options={"abstract": False}),
            migrations.CreateModel("Identification", [
                *_keyed(), ("facts", _facts("identification.facts", "S4")),
            ], options={"abstract": False}),
            migrations.CreateModel("TraffickingScreen", [
                *_row(),
                ("person", _to("cases.person")),
                ("tool", models.CharField(max_length=20)),
                ("answers", _facts("trafficking_screen.answers")),
                ("taken_by", _by()),
                ("made_at", _now()),
                ("finished_at", models.DateTimeField(null=True)),
            ], options={
                "indexes": [models.Index(fields=["case", "-made_at"], name="trafficking_asked")],
                "constraints": [models.UniqueConstraint(
                    fields=["person"], condition=models.Q(finished_at__isnull=True), name="one_open_asking_of_a_person"
                )],
            }),
            migrations.CreateModel("RecoveryPeriod", [
                *_row(),
                ("person", _to("cases.person")),
                ("began_date", models.DateField()),
                ("last_date", models.DateField()),
                ("days", models.PositiveSmallIntegerField()),
                ("basis", models.CharField(max_length=8, choices=[
                    ("rule", "From a rule of the law"), ("stated", "A lawyer states it"),
                    ("paper", "A paper of the authority says it"),
                ])),
                ("rule", models.CharField(max_length=80, blank=True)),
                ("ended_date", models.DateField(null=True)),
                ("made_by", _by()),
                ("made_at", _now()),
                ("facts", _facts("recovery_period.facts")),
            ], options={
                "indexes": [
                    models.Index(fields=["organisation", "ended_date", "last_date"], name="recovery_that_ends"),
                    models.Index(fields=["case", "-began_date"], name="recovery_of_a_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["person"], condition=models.Q(ended_date__isnull=True), name="one_recovery_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(last_date__gte=models.F("began_date")), name="recovery_ends_after_it_begins"
                    ),
                ],
            }),
            migrations.CreateModel("Assistance", [
                *_row(),
                ("person", _to("cases.person")),
                ("kind", models.CharField(max_length=8, choices=[
                    ("shelter", "A safe place"), ("goods", "Food, clothes, money"), ("health", "Help of a doctor"),
                    ("talk", "Talks with a psychologist"), ("legal", "A lawyer"), ("papers", "Papers"), ("return", "The way home"),
                    ("school", "School or a course"), ("work", "Work"), ("other", "Something else"),
                ])),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(null=True)),
                ("party", _to("directory.party", django.db.models.deletion.SET_NULL, null=True)),
                ("made_by", _by()),
                ("made_at", _now()),
                ("facts", _facts("assistance.facts")),
            ], options={
                "indexes": [models.Index(fields=["case", "-from_date"], name="assistance_of_a_case")],
                "constraints": [models.CheckConstraint(
                    condition=models.Q(to_date__isnull=True) | models.Q(to_date__gte=models.F("from_date")),
                    name="assistance_ends_after_it_begins",
                )],
            }),
            migrations.CreateModel("PoliceDecision", [
                *_row(),
                ("wants", models.CharField(max_length=8, choices=[
                    ("wanted", "She wants the police to be told"), ("unwanted", "She does not want it"),
                ])),
                ("taken_by", _by()),
                ("made_at", _now()),
                ("facts", _facts("police_decision.facts")),
            ], options={"indexes": [models.Index(fields=["case", "-made_at"], name="police_decisions_of_a_case")]}),
        ]),
        *(GuardRows(name) for name in _KEYED),
        *(GuardRows(name, part_of="case") for name in _OF_A_CASE),
    ]  # fmt: skip
