import django.db.models.deletion
import django.utils.timezone
import hamroh.web.codes
import hamroh.web.ids
from django.conf import settings
from django.db import migrations, models

from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables

#: columns of what was frozen: the database changes them for nobody
FIXED = "content, digest, report_id, frozen_at"
TABLE = "projects_frozenreport"
_SQLITE = (
    f"CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OF {FIXED} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{TABLE} is never changed'); END",
)
_POSTGRES = (
    """CREATE OR REPLACE FUNCTION projects_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME; END $$""",
    f"CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OF {FIXED} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION projects_stays()",
)


def guard(apps, schema_editor):
    for statement in _POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_stays{on}")


class Migration(migrations.Migration):
    """Reports to donors, and what they said when they were approved."""

    dependencies = [
        ("accounts", "0018_recovery_papers"),
        ("projects", "0002_activities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="DonorReport",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("code", models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("template", models.CharField(max_length=20)),
                        ("starts", models.CharField(max_length=10)),
                        ("ends", models.CharField(max_length=10)),
                        ("languages", models.JSONField(default=list)),
                        ("words", models.JSONField(default=dict)),
                        ("stories", models.JSONField(default=list)),
                        ("tables", models.JSONField(default=list)),
                        ("left_out", models.JSONField(default=list)),
                        ("titles", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("proposed", "Waits for a second person"),
                                    ("approved", "Approved"),
                                    ("replaced", "Replaced by a corrected one"),
                                    ("dropped", "Given up"),
                                ],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        ("sent_back", models.CharField(blank=True, max_length=500)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("proposed_at", models.DateTimeField(null=True)),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="projects.donorreport",
                            ),
                        ),
                        (
                            "made_by",
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
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project"
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="FrozenReport",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("content", models.BinaryField()),
                        ("digest", models.CharField(max_length=64)),
                        ("frozen_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="frozen",
                                to="projects.donorreport",
                            ),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="donorreport",
                    index=models.Index(fields=["organisation", "-made_at"], name="donor_reports_of_a_house"),
                ),
                migrations.AddIndex(
                    model_name="donorreport",
                    index=models.Index(fields=["project", "state", "ends"], name="donor_reports_of_a_project"),
                ),
                migrations.AddConstraint(
                    model_name="donorreport",
                    constraint=models.UniqueConstraint(fields=("code", "version"), name="a_version_of_a_report_once"),
                ),
                migrations.AddConstraint(
                    model_name="donorreport",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "proposed"))),
                        fields=("code",),
                        name="one_open_version_of_a_report",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="donorreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("proposed_by__isnull", False),
                                ("state__in", ("approved", "replaced")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("approved", "replaced")), _negated=True),
                                ("approved_at__isnull", True),
                                ("approved_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_report_is_approved_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="donorreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="two_people_approve_a_report",
                    ),
                ),
            ]
        ),
        GuardRows("DonorReport"),
        GuardRows("FrozenReport", part_of="report"),
        migrations.RunPython(guard, unguard),
    ]
