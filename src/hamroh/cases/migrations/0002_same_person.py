import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.web.tables import MakeTables
from hamroh.accounts.rowsecurity import GuardRows

_ANSWERS = [("same", "The same person"), ("different", "Two different people"), ("unsure", "Not sure")]
_KINDS = [("sides", "On her side in one file, against her in the other"), ("twice", "Perhaps in two files")]
_ENDS = [
    ("different", "They are two different people"),
    ("go_on", "It is one person, and we may go on all the same"),
]


def _to(model, kept=django.db.models.deletion.CASCADE, **options):
    return models.ForeignKey(on_delete=kept, related_name="+", to=model, **options)


def _by(**options):
    return _to(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, **options)


def _row():
    return [
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
        ("organisation", _to("accounts.organisation", django.db.models.deletion.PROTECT)),
        ("case", _to("cases.case")),
    ]


class Migration(migrations.Migration):
    """Two people of files are judged to be one or not, and a supervisor is asked where they stand on both sides."""

    dependencies = [("cases", "0001_people_and_cases"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        MakeTables([
            migrations.CreateModel(
                name="Judgement",
                fields=[
                    *_row(),
                    ("one", _to("cases.person")),
                    ("other", _to("cases.person")),
                    ("answer", models.CharField(choices=_ANSWERS, max_length=10)),
                    ("words", hamroh.vault.fields.SealedText(data_class="S3", label="cases.judgement.words", null=True)),
                    ("made_by", _by()),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["one", "-made_at"], name="judgements_of_one"),
                        models.Index(fields=["other", "-made_at"], name="judgements_of_other"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("one", models.F("other")), _negated=True),
                            name="judged_beside_somebody_else",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Conflict",
                fields=[
                    *_row(),
                    ("person", _to("cases.person")),
                    ("other", _to("cases.person")),
                    ("kind", models.CharField(choices=_KINDS, max_length=8)),
                    ("grounds", models.JSONField(default=list)),
                    ("shown", models.BooleanField(default=False)),
                    ("asked_by", _by(null=True)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("ended_by", _by(null=True)),
                    ("end", models.CharField(blank=True, choices=_ENDS, max_length=10)),
                    ("words", hamroh.vault.fields.SealedText(data_class="S3", label="cases.conflict.words", null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["case", "ended_at"], name="conflicts_of_a_case"),
                        models.Index(fields=["organisation", "ended_at", "-made_at"], name="conflicts_to_decide"),
                        models.Index(fields=["asked_by", "-made_at"], name="conflicts_of_a_worker"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=["person", "other", "kind"], name="asked_once_of_two_people")
                    ],
                },
            ),
        ]),
        migrations.AddField("person", "compared_at", models.DateTimeField(null=True)),
        GuardRows("Judgement", part_of="case"),
        GuardRows("Conflict", part_of="case"),
    ]
