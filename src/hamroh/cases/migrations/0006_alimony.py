import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.accounts.rowsecurity import GuardRows

PARTS = [
    ("terms", "Currency and days"),
    ("period", "The time that is worked out"),
    ("child", "Children"),
    ("decision", "Decisions and agreements"),
    ("income", "His income"),
    ("payment", "Payments"),
    ("relief", "Arrears forgiven"),
    ("choice", "Choices where the law is silent"),
    ("assumption", "What the lawyer states"),
]


def _to(model, kept=django.db.models.deletion.CASCADE, name="+", **options):
    return models.ForeignKey(on_delete=kept, related_name=name, to=model, **options)


class Migration(migrations.Migration):
    """What is told of an alimony matter, each thing in a sealed row."""

    dependencies = [("cases", "0005_matters"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="AlimonyFact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                ("part", models.CharField(choices=PARTS, max_length=12)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("facts", hamroh.vault.fields.SealedJSON(data_class="S3", label="cases.alimony_fact.facts")),
                ("case", _to("cases.case")),
                ("matter", _to("cases.matter", name="alimony")),
                ("organisation", _to("accounts.organisation", django.db.models.deletion.PROTECT)),
                ("person", _to("cases.person", null=True)),
                ("told_by", _to(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT)),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "part", "told_at"], name="alimony_of_a_matter")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("part__in", ("terms", "period"))),
                        fields=("matter", "part"),
                        name="alimony_terms_are_told_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("matter", "person"),
                        name="alimony_of_a_child_once",
                    ),
                ],
            },
        ),
        GuardRows("AlimonyFact", part_of="case"),
    ]
