import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
from hamroh.accounts.rowsecurity import GuardRows


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_row_security")]
    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                ("words", hamroh.vault.fields.SealedText(data_class="S3", label="accounts.task.words")),
                ("due_date", models.DateField()),
                ("record_kind", models.CharField(blank=True, max_length=80)),
                ("record_id", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
                ("assignee", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.organisation")),
            ],
            options={"indexes": [models.Index(fields=["assignee", "done_at", "due_date"], name="tasks_of_a_person")]},
        ),
        GuardRows("Task"),
    ]
