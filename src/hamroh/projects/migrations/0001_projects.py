import django.db.models.deletion
import django.utils.timezone
import hamroh.web.codes
import hamroh.web.ids
from django.conf import settings
from django.db import migrations, models

from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    """The register of projects, their money, and the framework of their results."""

    initial = True

    dependencies = [("accounts", "0018_recovery_papers"), ("directory", "0001_initial"), ("thesaurus", "0007_words_of_suggestions"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=16)),
                        ("titles", models.JSONField(default=dict)),
                        ("abouts", models.JSONField(default=dict)),
                        ("units", models.JSONField(default=dict)),
                        ("measure", models.CharField(choices=[("number", "A number"), ("percent", "Per cent"), ("words", "Words")], default="number", max_length=8)),
                        ("direction", models.CharField(choices=[("up", "More is better"), ("down", "Less is better")], default="up", max_length=4)),
                        ("aggregation", models.CharField(choices=[("sum", "They are added"), ("last", "The last one counts"), ("average", "Their mean"), ("none", "They are never put together")], default="sum", max_length=8)),
                        ("baseline_value", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                        ("baseline_words", models.CharField(blank=True, max_length=300)),
                        ("baseline_year", models.PositiveSmallIntegerField(null=True)),
                        ("baseline_notes", models.JSONField(default=dict)),
                        ("is_public", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ],
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                        ("reference", models.CharField(max_length=60)),
                        ("kind", models.CharField(choices=[("project", "Project"), ("programme", "Programme"), ("state", "State programme")], default="project", max_length=10)),
                        ("titles", models.JSONField(default=dict)),
                        ("abouts", models.JSONField(default=dict)),
                        ("objectives", models.JSONField(default=dict)),
                        ("for_whom", models.JSONField(default=dict)),
                        ("scope", models.CharField(choices=[("national", "National"), ("international", "International")], default="national", max_length=14)),
                        ("starts_planned", models.CharField(blank=True, max_length=10)),
                        ("ends_planned", models.CharField(blank=True, max_length=10)),
                        ("starts", models.CharField(blank=True, max_length=10)),
                        ("ends", models.CharField(blank=True, max_length=10)),
                        ("stopped_date", models.CharField(blank=True, max_length=10)),
                        ("stopped_why", models.JSONField(default=dict)),
                        ("period_notes", models.JSONField(default=dict)),
                        (
                            "visibility",
                            models.CharField(
                                choices=[("public", "Anybody"), ("network", "The organisations that work with Hamroh"), ("organisation", "Our organisation"), ("team", "Those who work on it, and supervisors")],
                                default="organisation",
                                max_length=12,
                            ),
                        ),
                        ("owners", models.TextField(blank=True, default="")),
                        ("policy_markers", models.JSONField(default=list)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("remarks", models.JSONField(default=dict)),
                        ("first_year", models.PositiveSmallIntegerField(null=True)),
                        ("last_year", models.PositiveSmallIntegerField(null=True)),
                        ("words", models.TextField(blank=True, default="")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("part_of", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="parts", to="projects.project")),
                        ("subjects", models.ManyToManyField(blank=True, related_name="+", to="thesaurus.concept")),
                    ],
                ),
                migrations.CreateModel(
                    name="Period",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("starts_date", models.DateField()),
                        ("ends_date", models.DateField()),
                        ("missing_notes", models.JSONField(default=dict)),
                        ("indicator", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="periods", to="projects.indicator")),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.AddField(model_name="indicator", name="project", field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                migrations.CreateModel(
                    name="Budget",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("starts_date", models.DateField()),
                        ("ends_date", models.DateField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("currency", models.CharField(max_length=3)),
                        ("value_date", models.DateField()),
                        ("is_revised", models.BooleanField(default=False)),
                        ("is_committed", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="Actual",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("at_least", models.BooleanField(default=False)),
                        ("dimensions", models.JSONField(default=dict)),
                        (
                            "source_kind",
                            models.CharField(
                                choices=[
                                    ("release", "A statistic that was released"),
                                    ("training", "A training"),
                                    ("campaign", "An awareness campaign"),
                                    ("survey", "A monitoring campaign"),
                                    ("evidence", "A figure of the evidence"),
                                    ("document", "A document"),
                                    ("typed", "Typed, with its reason"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("source_ref", models.CharField(blank=True, max_length=200)),
                        ("source_words", models.CharField(blank=True, max_length=300)),
                        ("withdrawn_why", models.CharField(blank=True, max_length=300)),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("approved_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("place", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.adminunit")),
                        ("superseded_by", models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="supersedes", to="projects.actual")),
                        ("period", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="actuals", to="projects.period")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="ProjectDay",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(choices=[("report", "A report is due"), ("review", "Review"), ("milestone", "Milestone"), ("payment", "A payment is due")], max_length=10)),
                        ("titles", models.JSONField(default=dict)),
                        ("on_date", models.DateField()),
                        ("done_date", models.DateField(null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="ProjectPaper",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("titles", models.JSONField(default=dict)),
                        ("url", models.URLField(blank=True, max_length=500)),
                        ("record_code", models.CharField(blank=True, max_length=20)),
                        ("language", models.CharField(blank=True, max_length=5)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("agreement", "Agreement"), ("proposal", "Proposal"), ("report", "Report"), ("evaluation", "Evaluation"), ("press", "Press release"), ("other", "Other")], default="other", max_length=10
                            ),
                        ),
                        ("on_date", models.CharField(blank=True, max_length=10)),
                        ("is_hidden", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="ProjectParty",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(blank=True, max_length=200)),
                        ("role", models.CharField(choices=[("1", "Pays for it"), ("2", "Answers for it"), ("3", "Runs it with others' money"), ("4", "Carries it out")], max_length=1)),
                        ("is_hidden", models.BooleanField(default=False)),
                        ("remark", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("party", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.party")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="ProjectPlace",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("share", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("is_hidden", models.BooleanField(default=False)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("place", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.adminunit")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="ProjectSector",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("vocabulary", models.CharField(default="1", max_length=4)),
                        ("code", models.CharField(max_length=20)),
                        ("names", models.JSONField(default=dict)),
                        ("share", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="Result",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("level", models.CharField(choices=[("impact", "Impact"), ("outcome", "Outcome"), ("output", "Output")], max_length=8)),
                        ("number", models.CharField(max_length=12)),
                        ("titles", models.JSONField(default=dict)),
                        ("abouts", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("parent", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="projects.result")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.AddField(model_name="indicator", name="result", field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="indicators", to="projects.result")),
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("dimensions", models.JSONField(default=dict)),
                        ("remark", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("period", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="projects.period")),
                        ("place", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.adminunit")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="Transaction",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("1", "Received"), ("2", "Promised to others"), ("3", "Passed on"), ("4", "Spent"), ("5", "Interest paid"), ("6", "Loan paid back"), ("7", "Money given back"), ("11", "Promised to us")], max_length=2
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("currency", models.CharField(max_length=3)),
                        ("on_date", models.DateField()),
                        ("value_date", models.DateField()),
                        ("provider_name", models.CharField(blank=True, max_length=200)),
                        ("receiver_name", models.CharField(blank=True, max_length=200)),
                        ("abouts", models.JSONField(default=dict)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                        ("provider", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.party")),
                        ("receiver", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.party")),
                    ],
                ),
                migrations.AddIndex(model_name="project", index=models.Index(fields=["organisation", "-first_year", "-made_at"], name="projects_of_a_house")),
                migrations.AddIndex(model_name="project", index=models.Index(fields=["visibility", "-first_year"], name="projects_by_reader")),
                migrations.AddConstraint(model_name="project", constraint=models.UniqueConstraint(fields=("organisation", "reference"), name="a_reference_in_a_house")),
                migrations.AddIndex(model_name="period", index=models.Index(fields=["project", "ends_date"], name="periods_by_end")),
                migrations.AddConstraint(model_name="period", constraint=models.UniqueConstraint(fields=("indicator", "starts_date", "ends_date"), name="a_period_once")),
                migrations.AddConstraint(model_name="period", constraint=models.CheckConstraint(condition=models.Q(("ends_date__gte", models.F("starts_date"))), name="a_period_ends_after")),
                migrations.AddIndex(model_name="budget", index=models.Index(fields=["project", "starts_date"], name="budgets_of_a_project")),
                migrations.AddConstraint(model_name="budget", constraint=models.CheckConstraint(condition=models.Q(("ends_date__gte", models.F("starts_date"))), name="a_budget_ends_after")),
                migrations.AddIndex(model_name="actual", index=models.Index(fields=["period", "superseded_by", "made_at"], name="actuals_of_a_period")),
                migrations.AddIndex(model_name="actual", index=models.Index(fields=["project", "approved_at"], name="actuals_to_approve")),
                migrations.AddConstraint(
                    model_name="actual",
                    constraint=models.CheckConstraint(
                        condition=models.Q(models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)), models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)), _connector="OR"), name="an_approval_is_whole"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actual", constraint=models.CheckConstraint(condition=models.Q(("approved_by__isnull", True), models.Q(("approved_by", models.F("made_by")), _negated=True), _connector="OR"), name="nobody_approves_her_own")
                ),
                migrations.AddIndex(model_name="projectday", index=models.Index(fields=["project", "on_date"], name="days_of_a_project")),
                migrations.AddIndex(model_name="projectday", index=models.Index(fields=["organisation", "done_date", "on_date"], name="days_of_a_house")),
                migrations.AddIndex(model_name="projectpaper", index=models.Index(fields=["project", "made_at"], name="papers_of_a_project")),
                migrations.AddIndex(model_name="projectparty", index=models.Index(fields=["project", "role"], name="parties_of_a_project")),
                migrations.AddIndex(model_name="projectparty", index=models.Index(fields=["party", "role"], name="projects_of_a_party")),
                migrations.AddConstraint(model_name="projectparty", constraint=models.CheckConstraint(condition=models.Q(("party__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"), name="a_project_party_is_said")),
                migrations.AddConstraint(model_name="projectparty", constraint=models.UniqueConstraint(fields=("project", "party", "role"), name="a_role_is_said_once")),
                migrations.AddIndex(model_name="projectplace", index=models.Index(fields=["place"], name="projects_of_a_place")),
                migrations.AddConstraint(model_name="projectplace", constraint=models.UniqueConstraint(fields=("project", "place"), name="a_place_of_a_project_once")),
                migrations.AddConstraint(model_name="projectsector", constraint=models.UniqueConstraint(fields=("project", "vocabulary", "code"), name="a_sector_of_a_project_once")),
                migrations.AddConstraint(model_name="result", constraint=models.UniqueConstraint(fields=("project", "number"), name="a_result_has_its_number")),
                migrations.AddConstraint(model_name="result", constraint=models.CheckConstraint(condition=models.Q(("parent", models.F("id")), _negated=True), name="no_result_is_its_own_parent")),
                migrations.AddIndex(model_name="indicator", index=models.Index(fields=["result", "made_at"], name="indicators_of_a_result")),
                migrations.AddConstraint(model_name="indicator", constraint=models.UniqueConstraint(fields=("project", "code"), name="an_indicator_has_its_code")),
                migrations.AddIndex(model_name="target", index=models.Index(fields=["period", "made_at"], name="targets_of_a_period")),
                migrations.AddIndex(model_name="transaction", index=models.Index(fields=["project", "on_date"], name="money_of_a_project")),
            ]
        ),
        GuardRows("Project"),
        *(GuardRows(name, part_of="project") for name in ("ProjectParty", "ProjectPlace", "ProjectSector", "Budget", "Transaction", "ProjectPaper", "ProjectDay", "Result", "Indicator", "Period", "Target", "Actual")),
    ]
