import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.web.tables import MakeTables
from hamroh.accounts.rowsecurity import GuardRows

_STEPS = [
    ("done", "Done"),
    ("not_needed", "Not needed"),
    ("wanted", "She wants it"),
    ("unwanted", "She does not want it"),
]
_TURNS = [
    ("hers", "To be done by this day"),
    ("theirs", "The others have until this day"),
    ("from", "Possible from this day on"),
    ("ours", "Our own reminder"),
]
_DEADLINES = [("open", "Open"), ("done", "Done"), ("dropped", "Does not count any more")]
_HEARINGS = [("ahead", "Set"), ("held", "Held"), ("put_off", "Put off"), ("cancelled", "Cancelled")]
_RESULTS = [
    ("won", "What she wanted"),
    ("partly", "A part of it"),
    ("agreed", "They agreed"),
    ("lost", "Nothing"),
    ("withdrawn", "She withdrew it"),
    ("handed_on", "Somebody else goes on with it"),
]
_WAYS = [("sent", "Sent"), ("received", "Received")]


def _to(model, kept=django.db.models.deletion.CASCADE, name="+", **options):
    return models.ForeignKey(on_delete=kept, related_name=name, to=model, **options)


def _by():
    return _to(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT)


def _facts(label, **options):
    return hamroh.vault.fields.SealedJSON(data_class="S3", label=label, **options)


def _row(name):
    return [
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
        ("organisation", _to("accounts.organisation", django.db.models.deletion.PROTECT)),
        ("case", _to("cases.case")),
        ("matter", _to("cases.matter", name=name)),
    ]


class Migration(migrations.Migration):
    """What was done in a matter, its days counted from the law, its hearings, what went abroad, and calendars to be fetched."""

    dependencies = [("cases", "0004_casework"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        MakeTables([
            migrations.CreateModel(
                name="MatterStep",
                fields=[
                    *_row("steps"),
                    ("code", models.CharField(max_length=40)),
                    ("state", models.CharField(choices=_STEPS, max_length=12)),
                    ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("changed_by", _by()),
                    ("facts", _facts("cases.matter_step.facts", null=True)),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("matter", "code"), name="a_step_of_a_matter_once")]
                },
            ),
            migrations.CreateModel(
                name="Deadline",
                fields=[
                    *_row("deadlines"),
                    ("turn", models.CharField(choices=_TURNS, max_length=8)),
                    ("term", models.CharField(blank=True, max_length=40)),
                    ("rule", models.CharField(blank=True, max_length=80)),
                    ("calendar", models.CharField(blank=True, max_length=2)),
                    ("base_date", models.DateField(null=True)),
                    ("due_date", models.DateField()),
                    ("last_date", models.DateField()),
                    ("state", models.CharField(choices=_DEADLINES, default="open", max_length=8)),
                    ("settled_date", models.DateField(null=True)),
                    ("facts", _facts("cases.deadline.facts", null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["organisation", "state", "due_date"], name="deadlines_ahead"),
                        models.Index(fields=["matter", "state", "due_date"], name="deadlines_of_a_matter"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("term", ""), ("base_date__isnull", False), _connector="OR"),
                            name="a_term_is_counted_from_a_day",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Hearing",
                fields=[
                    *_row("hearings"),
                    ("starts_at", models.DateTimeField()),
                    ("state", models.CharField(choices=_HEARINGS, default="ahead", max_length=10)),
                    ("facts", _facts("cases.hearing.facts", null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["organisation", "state", "starts_at"], name="hearings_ahead"),
                        models.Index(fields=["matter", "starts_at"], name="hearings_of_a_matter"),
                    ]
                },
            ),
            migrations.CreateModel(
                name="Dispatch",
                fields=[
                    *_row("dispatches"),
                    ("way", models.CharField(choices=_WAYS, max_length=8)),
                    ("country", models.CharField(max_length=2)),
                    ("on_date", models.DateField()),
                    ("made_by", _by()),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("alarm", _to("cases.deadline", django.db.models.deletion.SET_NULL, null=True)),
                    ("facts", _facts("cases.dispatch.facts")),
                ],
                options={"indexes": [models.Index(fields=["matter", "on_date"], name="dispatches_of_a_matter")]},
            ),
            migrations.CreateModel(
                name="CalendarToken",
                fields=[
                    (
                        "user",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="+",
                            serialize=False,
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("digest", models.CharField(max_length=64, unique=True)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("fetched_at", models.DateTimeField(null=True)),
                ],
            ),
        ]),
        migrations.AlterField("matter", "result", models.CharField(blank=True, choices=_RESULTS, max_length=20)),
        *(GuardRows(name, part_of="case") for name in ("MatterStep", "Deadline", "Hearing", "Dispatch")),
    ]
