import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.web.tables import MakeTables
from hamroh.accounts.rowsecurity import GuardRows

_TABLES = (
    "MediationWish", "Mediation", "MediationSession", "AgreedTerm", "Reunification", "TogetherCheck",
)  # fmt: skip


def _to(model, kept=django.db.models.deletion.CASCADE, related="+", **options):
    return models.ForeignKey(on_delete=kept, related_name=related, to=model, **options)


def _by(**options):
    return _to(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, **options)


def _or_none(model):
    return _to(model, django.db.models.deletion.SET_NULL, null=True)


def _now():
    return models.DateTimeField(default=django.utils.timezone.now)


def _facts(label, **options):
    return hamroh.vault.fields.SealedJSON(data_class="S3", label=f"cases.{label}.facts", **options)


def _row():
    """What every sealed row of a case has."""
    return [
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
        ("organisation", _to("accounts.organisation", django.db.models.deletion.PROTECT)),
        ("case", _to("cases.case")),
    ]


class Migration(migrations.Migration):
    """Talks with the other side, her wish for them, what was agreed; living together again, and the checks after it."""

    dependencies = [("cases", "0008_referrals"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        MakeTables([
            migrations.CreateModel("MediationWish", [
                *_row(),
                ("evidence", _or_none("cases.evidence")),
                ("facts", _facts("mediation_wish")),
                ("taken_by", _by()),
                ("made_at", _now()),
                ("answer", models.CharField(max_length=10, blank=True, choices=[("signed", "Signed: the talks may be held"), ("declined", "Not signed")])),
                ("answered_by", _by(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer_words", hamroh.vault.fields.SealedText(data_class="S3", label="cases.mediation_wish.answer_words", null=True)),
            ], options={"indexes": [models.Index(fields=["case", "-made_at"], name="wishes_of_a_case")]}),
            migrations.CreateModel("Mediation", [
                *_row(),
                ("state", models.CharField(max_length=12, default="open", choices=[
                    ("open", "Under way"), ("agreed", "They agreed"), ("not_agreed", "They did not agree"),
                    ("broken_off", "Broken off for her safety"),
                ])),
                ("matter", _or_none("cases.matter")),
                ("opened_date", models.DateField()),
                ("ended_date", models.DateField(null=True)),
                ("begun_by", _by()),
                ("made_at", _now()),
                ("facts", _facts("mediation")),
            ], options={"constraints": [models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="open"), name="one_open_mediation_in_a_case"
            )]}),
            migrations.CreateModel("MediationSession", [
                *_row(),
                ("mediation", _to("cases.mediation", related="sessions")),
                ("by", _by()),
                ("on_date", models.DateField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("made_at", _now()),
                ("facts", _facts("mediation_session")),
            ], options={"abstract": False}),
            migrations.CreateModel("AgreedTerm", [
                *_row(),
                ("mediation", _to("cases.mediation", related="terms")),
                ("due_date", models.DateField(null=True)),
                ("kept", models.CharField(max_length=8, blank=True, choices=[
                    ("kept", "Kept"), ("partly", "Kept in part"), ("broken", "Not kept"),
                ])),
                ("made_at", _now()),
                ("facts", _facts("agreed_term")),
            ], options={"abstract": False}),
            migrations.CreateModel("Reunification", [
                *_row(),
                ("began_date", models.DateField()),
                ("apart_date", models.DateField(null=True)),
                ("harm_date", models.DateField(null=True)),
                ("taken_by", _by()),
                ("made_at", _now()),
                ("facts", _facts("reunification")),
            ], options={"constraints": [models.UniqueConstraint(
                fields=["case"], condition=models.Q(apart_date__isnull=True), name="together_once_in_a_case"
            )]}),
            migrations.CreateModel("TogetherCheck", [
                *_row(),
                ("reunification", _to("cases.reunification", related="checks")),
                ("month", models.PositiveSmallIntegerField()),
                ("due_date", models.DateField()),
                ("done_date", models.DateField(null=True)),
                ("found", models.CharField(max_length=8, blank=True, choices=[
                    ("safe", "Together and safe"), ("unsafe", "Not safe"), ("apart", "No longer together"),
                ])),
                ("screen", _to("cases.riskscreen", null=True)),
                ("done_by", _by(null=True)),
                ("facts", _facts("together_check", null=True)),
            ], options={
                "indexes": [models.Index(fields=["organisation", "done_date", "due_date"], name="checks_that_come")],
                "constraints": [
                    models.UniqueConstraint(fields=["reunification", "month"], name="one_check_of_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(found="", done_date__isnull=True) | (~models.Q(found="") & models.Q(done_date__isnull=False)),
                        name="a_made_check_found_something",
                    ),
                ],
            }),
        ]),
        *(GuardRows(name, part_of="case") for name in _TABLES),
    ]  # fmt: skip
