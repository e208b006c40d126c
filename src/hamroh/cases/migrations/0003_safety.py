import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.web.tables import MakeTables
from hamroh.accounts.rowsecurity import GuardRows

_WAYS = [
    ("call", "A call"), ("sms", "An SMS"), ("messenger", "A message in an app"), ("email", "An e-mail"),
    ("person", "Through somebody she trusts"), ("visit", "A visit"),
]
_STATES = [
    ("queued", "Waits for a safe time"), ("released", "May go out now"), ("refused", "Refused"), ("cancelled", "Cancelled"),
    ("sent", "Done by hand"),
]
_RISKS = [("unknown", "Not asked yet"), ("low", "Low"), ("medium", "Medium"), ("high", "High")]


def _key():
    return models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)


def _to(model, kept=django.db.models.deletion.CASCADE, **options):
    return models.ForeignKey(on_delete=kept, related_name="+", to=model, **options)


def _row(*, of_case=True):
    """What every sealed row of the room has."""
    columns = [
        ("id", _key()),
        ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
        ("organisation", _to("accounts.organisation", django.db.models.deletion.PROTECT)),
    ]
    return [*columns, ("case", _to("cases.case"))] if of_case else columns


def _by(**options):
    return _to(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, **options)


def _now():
    return models.DateTimeField(default=django.utils.timezone.now)


class Migration(migrations.Migration):
    """What goes out to her, screens of danger and plans against it, intakes that are not cases yet; whose data a consent is about."""

    dependencies = [
        ("cases", "0002_same_person"),
        ("accounts", "0008_case_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        MakeTables([
            migrations.CreateModel("Outgoing", [
                *_row(),
                ("contact", _to("cases.safecontact", null=True)),
                ("way", models.CharField(choices=_WAYS, max_length=10)),
                ("state", models.CharField(choices=_STATES, default="queued", max_length=10)),
                ("body", hamroh.vault.fields.SealedText(data_class="S3", label="cases.outgoing.body", null=True)),
                ("facts", hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.outgoing.facts", null=True)),
                ("leaves_message", models.BooleanField(default=False)),
                ("made_by", _by()),
                ("made_at", _now()),
                ("settled_at", models.DateTimeField(null=True)),
            ]),
            migrations.CreateModel("RiskScreen", [
                *_row(),
                ("tool", models.CharField(max_length=20)),
                ("answers", hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.risk_screen.answers")),
                ("scored", models.CharField(choices=_RISKS, max_length=8)),
                ("level", models.CharField(choices=_RISKS, max_length=8)),
                ("override", hamroh.vault.fields.SealedText(data_class="S3", label="cases.risk_screen.override", null=True)),
                ("taken_by", _by()),
                ("made_at", _now()),
                ("next_due_date", models.DateField()),
                ("look_by", models.DateTimeField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                ("looked_by", _by(null=True)),
            ]),
            migrations.CreateModel("SafetyPlan", [
                *_row(),
                ("facts", hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.safety_plan.facts", null=True)),
                ("made_by", _by()),
                ("changed_at", _now()),
            ]),
            migrations.CreateModel("Draft", [
                *_row(of_case=False),
                ("owner", _to(settings.AUTH_USER_MODEL)),
                ("answers", hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.draft.answers", null=True)),
                ("made_at", _now()),
                ("changed_at", _now()),
                ("expires_at", models.DateTimeField()),
                ("case", _to("cases.case", null=True)),
            ]),
            migrations.AddIndex("outgoing", models.Index(fields=["case", "state", "-made_at"], name="outgoing_of_a_case")),
            migrations.AddIndex("riskscreen", models.Index(fields=["case", "-made_at"], name="screens_of_a_case")),
            migrations.AddIndex(
                "riskscreen", models.Index(fields=["organisation", "looked_at", "look_by"], name="screens_to_look_at")
            ),
            migrations.AddConstraint(
                "safetyplan", models.UniqueConstraint(fields=("case",), name="one_safety_plan_in_a_case")
            ),
            migrations.AddIndex("draft", models.Index(fields=["owner", "case", "-changed_at"], name="drafts_of_a_worker")),
        ]),
        migrations.AddField("consent", "about", _to("cases.person", null=True)),
        *(GuardRows(name, part_of="case") for name in ("Outgoing", "RiskScreen", "SafetyPlan")),
        GuardRows("Draft"),
    ]
