import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.vault.fields
import hamroh.web.codes
import hamroh.web.ids
from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    """Answers that are carried on or leave, monitoring campaigns, days in the villages."""

    dependencies = [
        ("accounts", "0016_review_notices"),
        ("directory", "0001_initial"),
        ("fieldwork", "0002_lists_and_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name="Campaign",
                fields=[
                    ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ("code", models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ("state", models.CharField(choices=[("planned", "Planned"), ("running", "Under way"), ("over", "Over")], default="planned", max_length=8)),
                    ("titles", models.JSONField(default=dict)),
                    ("questions", models.JSONField(default=dict)),
                    ("remarks", models.JSONField(default=dict)),
                    ("from_date", models.DateField()),
                    ("until_date", models.DateField()),
                    ("asked", models.CharField(blank=True, max_length=250)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("forms", models.ManyToManyField(related_name="+", to="fieldwork.form")),
                    ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                ],
            ),
            migrations.CreateModel(
                name="CampaignArea",
                fields=[
                    ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ("visits", models.PositiveIntegerField(default=0)),
                    ("interviews", models.PositiveIntegerField(default=0)),
                    ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="areas", to="fieldwork.campaign")),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("party", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.party")),
                    ("place", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.adminunit")),
                ],
            ),
            migrations.CreateModel(
                name="CampaignMember",
                fields=[
                    ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="team", to="fieldwork.campaign")),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name="CampaignParty",
                fields=[
                    ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="fieldwork.campaign")),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.party")),
                ],
            ),
            migrations.CreateModel(
                name="Carried",
                fields=[
                    ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ("outcome", models.CharField(max_length=20)),
                    ("kind", models.CharField(max_length=80)),
                    ("record_id", models.CharField(max_length=64)),
                    ("code", models.CharField(blank=True, max_length=60)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("undone_at", models.DateTimeField(null=True)),
                    ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("submission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="carried", to="fieldwork.submission")),
                ],
            ),
            migrations.CreateModel(
                name="FieldDay",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                    ("code", models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ("state", models.CharField(choices=[("planned", "Planned"), ("running", "Under way"), ("closed", "Closed")], default="planned", max_length=8)),
                    ("spot", hamroh.vault.fields.SealedText(data_class="S3", label="fieldwork.field_day.spot")),
                    ("on_date", models.DateField()),
                    ("words", hamroh.vault.fields.SealedText(data_class="S3", label="fieldwork.field_day.words", null=True)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("form", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="fieldwork.form")),
                    ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("place", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.adminunit")),
                ],
            ),
            migrations.CreateModel(
                name="DayTally",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("topic", models.CharField(choices=[("alimony", "Alimony"), ("paternity", "Paternity"), ("divorce", "Divorce"), ("missing", "Husband declared missing"), ("dead", "Husband declared dead"), ("residence", "Her place in the house"), ("division", "Division of property"), ("debt", "Husband’s loan"), ("protection", "Protection from violence"), ("support", "State support"), ("documents", "Documents"), ("early_marriage", "Early or forced marriage"), ("health", "Health"), ("livelihood", "Money and work"), ("other", "Something else")], max_length=16)),
                    ("who", models.CharField(choices=[("woman", "Woman"), ("man", "Man"), ("girl", "Girl"), ("boy", "Boy")], max_length=6)),
                    ("count", models.PositiveIntegerField(default=0)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("day", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tallies", to="fieldwork.fieldday")),
                ],
            ),
            migrations.CreateModel(
                name="DayTalk",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("topic", models.CharField(choices=[("alimony", "Alimony"), ("paternity", "Paternity"), ("divorce", "Divorce"), ("missing", "Husband declared missing"), ("dead", "Husband declared dead"), ("residence", "Her place in the house"), ("division", "Division of property"), ("debt", "Husband’s loan"), ("protection", "Protection from violence"), ("support", "State support"), ("documents", "Documents"), ("early_marriage", "Early or forced marriage"), ("health", "Health"), ("livelihood", "Money and work"), ("other", "Something else")], max_length=16)),
                    ("said", models.CharField(choices=[("rights", "What her rights are"), ("where", "Where to go, with the leaflet"), ("paper", "Helped with a paper"), ("call", "Whom to call"), ("again", "To come again"), ("case", "Her case was taken up")], max_length=8)),
                    ("count", models.PositiveIntegerField(default=0)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("day", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="talks", to="fieldwork.fieldday")),
                ],
            ),
            migrations.CreateModel(
                name="DayMember",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("last", models.JSONField(null=True)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("day", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="team", to="fieldwork.fieldday")),
                ],
            ),
            migrations.CreateModel(
                name="Finding",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                    ("severity", models.CharField(choices=[("1", "To be known"), ("2", "To be put right"), ("3", "Serious"), ("4", "Somebody is in danger")], max_length=1)),
                    ("words", hamroh.vault.fields.SealedText(data_class="S3", label="fieldwork.finding.words")),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="fieldwork.campaign")),
                    ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("place", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.adminunit")),
                ],
            ),
            migrations.CreateModel(
                name="FollowUp",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                    ("words", hamroh.vault.fields.SealedText(data_class="S3", label="fieldwork.follow_up.words")),
                    ("until_date", models.DateField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("is_dropped", models.BooleanField(default=False)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="follow_ups", to="fieldwork.campaign")),
                    ("finding", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="follow_ups", to="fieldwork.finding")),
                    ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name="Mapping",
                fields=[
                    ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ("outcome", models.CharField(max_length=20)),
                    ("fields", models.JSONField(default=dict)),
                    ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("form", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="mappings", to="fieldwork.form")),
                    ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                ],
            ),
            migrations.CreateModel(
                name="Report",
                fields=[
                    ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ("number", models.PositiveIntegerField()),
                    ("content", models.JSONField()),
                    ("digest", models.CharField(max_length=64)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="fieldwork.campaign")),
                    ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                ],
            ),
            migrations.CreateModel(
                name="Visit",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                    ("kind", models.CharField(choices=[("field", "Field"), ("school", "School"), ("household", "Household"), ("employer", "Employer"), ("office", "Authority"), ("other", "Another place")], default="other", max_length=10)),
                    ("on_date", models.DateField()),
                    ("interviews", models.PositiveIntegerField(default=0)),
                    ("words", hamroh.vault.fields.SealedText(data_class="S3", label="fieldwork.visit.words", null=True)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("campaign", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="fieldwork.campaign")),
                    ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("party", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.party")),
                    ("place", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.adminunit")),
                    ("submission", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="fieldwork.submission")),
                ],
            ),
            migrations.AddField(
                model_name="finding",
                name="visit",
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="findings", to="fieldwork.visit"),
            ),
            migrations.CreateModel(
                name="AnswersFile",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                    ("code", models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ("state", models.CharField(choices=[("asked", "Waits for a second person"), ("released", "May be made"), ("made", "Ready to be fetched"), ("declined", "Not let go"), ("over", "Over: nothing of it is kept")], default="asked", max_length=10)),
                    ("query", models.CharField(blank=True, max_length=200)),
                    ("rows_count", models.PositiveIntegerField()),
                    ("words", hamroh.vault.fields.SealedText(data_class="S3", label="fieldwork.answers_file.words")),
                    ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("released_at", models.DateTimeField(null=True)),
                    ("made_at", models.DateTimeField(null=True)),
                    ("fetched_at", models.DateTimeField(null=True)),
                    ("expires_at", models.DateTimeField()),
                    ("content", hamroh.vault.fields.SealedBytes(data_class="S3", label="fieldwork.answers_file.content", null=True)),
                    ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("form", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="fieldwork.form")),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                    ("released_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "indexes": [models.Index(fields=["organisation", "-asked_at"], name="answers_files_of_a_house"), models.Index(fields=["state", "expires_at"], name="answers_files_that_end")],
                    "constraints": [models.CheckConstraint(condition=models.Q(("released_by__isnull", True), models.Q(("released_by", models.F("asked_by")), _negated=True), _connector="OR"), name="a_second_lets_answers_go"), models.CheckConstraint(condition=models.Q(models.Q(("state__in", ("released", "made")), _negated=True), ("rows_count__lte", 50), ("released_by__isnull", False), _connector="OR"), name="many_answers_leave_by_two")],
                },
            ),
            migrations.AddIndex(
                model_name="campaign",
                index=models.Index(fields=["organisation", "-from_date"], name="campaigns_of_a_house"),
            ),
            migrations.AddConstraint(
                model_name="campaign",
                constraint=models.CheckConstraint(condition=models.Q(("until_date__gte", models.F("from_date"))), name="a_campaign_ends_after_it_begins"),
            ),
            migrations.AddConstraint(
                model_name="campaignarea",
                constraint=models.UniqueConstraint(fields=("campaign", "place"), name="an_area_of_a_campaign"),
            ),
            migrations.AddConstraint(
                model_name="campaignmember",
                constraint=models.UniqueConstraint(fields=("campaign", "person"), name="a_member_of_a_team"),
            ),
            migrations.AddConstraint(
                model_name="campaignparty",
                constraint=models.UniqueConstraint(fields=("campaign", "party"), name="a_party_goes_once"),
            ),
            migrations.AddConstraint(
                model_name="carried",
                constraint=models.UniqueConstraint(condition=models.Q(("undone_at", None)), fields=("submission", "outcome"), name="carried_once_at_a_time"),
            ),
            migrations.AddIndex(
                model_name="fieldday",
                index=models.Index(fields=["organisation", "-on_date"], name="field_days_of_a_house"),
            ),
            migrations.AddConstraint(
                model_name="daytally",
                constraint=models.UniqueConstraint(fields=("day", "topic", "who"), name="one_tally_of_a_day"),
            ),
            migrations.AddConstraint(
                model_name="daytalk",
                constraint=models.UniqueConstraint(fields=("day", "topic", "said"), name="one_talk_of_a_day"),
            ),
            migrations.AddConstraint(
                model_name="daymember",
                constraint=models.UniqueConstraint(fields=("day", "person"), name="a_member_of_a_day"),
            ),
            migrations.AddIndex(
                model_name="followup",
                index=models.Index(fields=["campaign", "ended_at", "until_date"], name="follow_ups_of_a_campaign"),
            ),
            migrations.AddConstraint(
                model_name="mapping",
                constraint=models.UniqueConstraint(fields=("form", "outcome"), name="a_mapping_of_an_outcome"),
            ),
            migrations.AddConstraint(
                model_name="report",
                constraint=models.UniqueConstraint(fields=("campaign", "number"), name="a_report_of_a_campaign"),
            ),
            migrations.AddIndex(
                model_name="visit",
                index=models.Index(fields=["campaign", "place"], name="visits_of_a_campaign"),
            ),
            migrations.AddIndex(
                model_name="finding",
                index=models.Index(fields=["campaign", "-severity", "-made_at"], name="findings_of_a_campaign"),
            ),
        ]),
        *(GuardRows(name) for name in ("Mapping", "AnswersFile", "Campaign", "FieldDay")),
        GuardRows("Carried", part_of="submission"),
        *(
            GuardRows(name, part_of="campaign")
            for name in ("CampaignParty", "CampaignArea", "CampaignMember", "Visit", "Finding", "FollowUp", "Report")
        ),
        *(GuardRows(name, part_of="day") for name in ("DayMember", "DayTally", "DayTalk")),
    ]
