import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import hamroh.web.codes
import hamroh.web.ids
from django.conf import settings
from django.db import migrations, models

from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    """What is done and how far it reaches; risks and lessons."""

    dependencies = [("accounts", "0018_recovery_papers"), ("directory", "0001_initial"), ("thesaurus", "0007_words_of_suggestions"), migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("projects", "0001_projects")]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Lesson",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                        ("titles", models.JSONField(default=dict)),
                        ("texts", models.JSONField(default=dict)),
                        ("is_public", models.BooleanField(default=False)),
                        ("on_date", models.CharField(blank=True, max_length=10)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("words", models.TextField(blank=True, default="")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("themes", models.ManyToManyField(blank=True, related_name="+", to="thesaurus.concept")),
                        ("project", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                        ("titles", models.JSONField(default=dict)),
                        ("abouts", models.JSONField(default=dict)),
                        ("starts", models.CharField(blank=True, max_length=10)),
                        ("ends", models.CharField(blank=True, max_length=10)),
                        ("state", models.CharField(choices=[("planned", "Planned"), ("ongoing", "Going on"), ("done", "Done"), ("stopped", "Stopped")], default="planned", max_length=8)),
                        ("is_public", models.BooleanField(default=False)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("remarks", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("themes", models.ManyToManyField(blank=True, related_name="+", to="thesaurus.concept")),
                        ("project", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="Activity",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                        ("who_name", models.CharField(blank=True, max_length=200)),
                        ("whats", models.JSONField(default=dict)),
                        ("sector", models.CharField(blank=True, max_length=20)),
                        ("spot", models.CharField(blank=True, max_length=160)),
                        ("is_hidden", models.BooleanField(default=False)),
                        ("starts", models.CharField(blank=True, max_length=10)),
                        ("ends", models.CharField(blank=True, max_length=10)),
                        ("state", models.CharField(choices=[("planned", "Planned"), ("ongoing", "Going on"), ("done", "Done"), ("stopped", "Stopped")], default="planned", max_length=8)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("remark", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("place", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.adminunit")),
                        ("who", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.party")),
                        ("indicator", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="projects.indicator")),
                        ("project", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="Reach",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("group", models.CharField(blank=True, max_length=120)),
                        ("sex", models.CharField(blank=True, max_length=1)),
                        ("age", models.CharField(blank=True, max_length=8)),
                        ("number", models.PositiveIntegerField()),
                        ("at_least", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("activity", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reach", to="projects.activity")),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ],
                ),
                migrations.CreateModel(
                    name="Risk",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("texts", models.JSONField(default=dict)),
                        ("likelihood", models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                        ("harm", models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                        ("doings", models.JSONField(default=dict)),
                        ("review_date", models.DateField(null=True)),
                        ("state", models.CharField(choices=[("open", "Watched"), ("happened", "It happened"), ("over", "Over")], default="open", max_length=8)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("owner", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.project")),
                    ],
                ),
                migrations.CreateModel(
                    name="CampaignMaterial",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("leaflet", "Leaflet"), ("poster", "Poster"), ("booklet", "Booklet"), ("video", "Film"), ("audio", "Recording"), ("post", "Post on the internet"), ("kit", "Kit"), ("other", "Other")], max_length=10
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("language", models.CharField(blank=True, max_length=5)),
                        ("copies", models.PositiveIntegerField(null=True)),
                        ("record_code", models.CharField(blank=True, max_length=20)),
                        ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.campaign")),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ],
                    options={"indexes": [models.Index(fields=["campaign", "made_at"], name="made_for_a_campaign")]},
                ),
                migrations.CreateModel(
                    name="CampaignReach",
                    fields=[
                        ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("language", models.CharField(blank=True, max_length=5)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("meeting", "Meetings"),
                                    ("door", "From door to door"),
                                    ("school", "Schools"),
                                    ("transport", "Buses, trains and stations"),
                                    ("airport", "Airports and borders"),
                                    ("radio", "Radio"),
                                    ("tv", "Television"),
                                    ("press", "Newspapers"),
                                    ("internet", "Internet"),
                                    ("message", "Messages to telephones"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("at_least", models.BooleanField(default=False)),
                        ("per_month", models.BooleanField(default=False)),
                        (
                            "how_known",
                            models.CharField(
                                choices=[
                                    ("counted", "People were counted"),
                                    ("given", "Copies were counted"),
                                    ("measured", "A survey of the audience"),
                                    ("platform", "A platform's own figure"),
                                    ("carried", "Passengers or visitors of the place"),
                                    ("estimated", "Estimated"),
                                    ("told", "Told by a partner"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("on_date", models.CharField(blank=True, max_length=10)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.campaign")),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                        ("place", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.adminunit")),
                    ],
                    options={"indexes": [models.Index(fields=["campaign", "how_known", "made_at"], name="reach_of_a_campaign")]},
                ),
                migrations.AddIndex(model_name="lesson", index=models.Index(fields=["organisation", "-made_at"], name="lessons_of_a_house")),
                migrations.AddIndex(model_name="lesson", index=models.Index(fields=["project", "-made_at"], name="lessons_of_a_project")),
                migrations.AddIndex(model_name="campaign", index=models.Index(fields=["organisation", "-starts", "-made_at"], name="efforts_of_a_house")),
                migrations.AddIndex(model_name="campaign", index=models.Index(fields=["project", "-starts"], name="efforts_of_a_project")),
                migrations.AddIndex(model_name="activity", index=models.Index(fields=["organisation", "-starts", "-made_at"], name="activities_of_a_house")),
                migrations.AddIndex(model_name="activity", index=models.Index(fields=["project", "-starts"], name="activities_of_a_project")),
                migrations.AddIndex(model_name="activity", index=models.Index(fields=["place"], name="activities_of_a_place")),
                migrations.AddIndex(model_name="activity", index=models.Index(fields=["organisation", "state", "starts"], name="activities_by_state")),
                migrations.AddIndex(model_name="reach", index=models.Index(fields=["activity", "made_at"], name="reach_of_an_activity")),
                migrations.AddIndex(model_name="risk", index=models.Index(fields=["project", "state", "made_at"], name="risks_of_a_project")),
                migrations.AddIndex(model_name="risk", index=models.Index(fields=["organisation", "state", "review_date"], name="risks_by_review")),
                migrations.AddConstraint(model_name="risk", constraint=models.CheckConstraint(condition=models.Q(("harm__gte", 1), ("harm__lte", 5), ("likelihood__gte", 1), ("likelihood__lte", 5)), name="a_risk_is_of_five")),
            ]
        ),
        *(GuardRows(name) for name in ("Activity", "Campaign", "Lesson")),
        GuardRows("Risk", part_of="project"),
        GuardRows("Reach", part_of="activity"),
        *(GuardRows(name, part_of="campaign") for name in ("CampaignMaterial", "CampaignReach")),
    ]
