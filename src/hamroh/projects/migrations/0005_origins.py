import django.db.models.deletion
import django.utils.timezone
import hamroh.web.ids
from django.conf import settings
from django.db import migrations, models

from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    """Whence a project came that somebody else published."""

    dependencies = [("accounts", "0018_recovery_papers"), migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("projects", "0003_donor_reports")]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Origin",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("identifier", models.CharField(max_length=200)),
                        ("publisher_ref", models.CharField(blank=True, max_length=120)),
                        ("publisher_names", models.JSONField(default=dict)),
                        ("digest", models.CharField(max_length=64)),
                        ("told", models.JSONField(default=dict)),
                        ("brought_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("brought_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("project", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="origin", to="projects.project")),
                    ],
                    options={"constraints": [models.UniqueConstraint(fields=("organisation", "identifier"), name="an_origin_comes_once")]},
                ),
            ]
        ),
        GuardRows("Origin", part_of="project"),
    ]
