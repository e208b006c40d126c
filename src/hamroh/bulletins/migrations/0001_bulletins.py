import django.db.models.deletion
import django.utils.timezone
import hamroh.vault.fields
import hamroh.web.codes
import hamroh.web.ids
import uuid
from django.conf import settings
from django.db import migrations, models

from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    """Issues with their sections and papers, readers, and letters to them."""

    initial = True

    dependencies = [
        ("accounts", "0018_recovery_papers"),
        ("pages", "0002_known_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Issue",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True
                            ),
                        ),
                        ("titles", models.JSONField(default=dict)),
                        ("leads", models.JSONField(default=dict)),
                        ("from_date", models.DateField()),
                        ("until_date", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("asked", "Waits for a second person"),
                                    ("out", "Out"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("released_at", models.DateTimeField(null=True)),
                        ("letters_sent", models.PositiveIntegerField(default=0)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "released_by",
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
                    name="Paper",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("lang", models.CharField(max_length=2)),
                        ("digest", models.CharField(max_length=64)),
                        ("content", models.BinaryField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "issue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="bulletins.issue"
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
                    ],
                ),
                migrations.CreateModel(
                    name="Reader",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("row_seal", hamroh.vault.fields.RowSeal(blank=True)),
                        (
                            "code",
                            models.CharField(
                                default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True
                            ),
                        ),
                        ("address", hamroh.vault.fields.SealedText(data_class="S3", label="bulletins.reader.address")),
                        (
                            "address_index",
                            hamroh.vault.fields.BlindIndex(
                                label="bulletins.reader.address_index", of="address", rule="exact"
                            ),
                        ),
                        ("lang", models.CharField(max_length=2)),
                        ("asked_date", models.DateField()),
                        ("confirmed_date", models.DateField(null=True)),
                        ("bounces", models.PositiveSmallIntegerField(default=0)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Letter",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("issue", "Issue"), ("confirm", "Confirm"), ("known", "Known")], max_length=8
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Waits"),
                                    ("sending", "Is being sent"),
                                    ("sent", "Sent"),
                                    ("failed", "Refused"),
                                    ("doubtful", "Nobody knows"),
                                ],
                                default="queued",
                                max_length=8,
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("claimed_at", models.DateTimeField(null=True)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("fault", models.CharField(blank=True, max_length=20)),
                        (
                            "issue",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="bulletins.issue",
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
                            "reader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="bulletins.reader",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("foreword", "Foreword"),
                                    ("article", "Article"),
                                    ("training", "Training"),
                                    ("gathering", "Gathering"),
                                    ("campaign", "Campaign"),
                                    ("project", "Project"),
                                    ("groups", "Groups"),
                                    ("exercise", "Exercise"),
                                    ("figures", "Figures"),
                                    ("story", "Story"),
                                    ("donors", "Who pays for it"),
                                    ("contacts", "Contacts"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("titles", models.JSONField(default=dict)),
                        ("texts", models.JSONField(default=dict)),
                        ("quotes", models.JSONField(default=dict)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("ref", models.CharField(blank=True, max_length=80)),
                        ("story", models.UUIDField(null=True)),
                        ("figures", models.JSONField(default=dict)),
                        ("gone_at", models.DateTimeField(null=True)),
                        ("gone_after", models.PositiveIntegerField(default=0)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "issue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="bulletins.issue",
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
                            "picture",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pages.picture",
                            ),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="issue",
                    index=models.Index(fields=["organisation", "-until_date"], name="issues_of_a_house"),
                ),
                migrations.AddIndex(
                    model_name="issue",
                    index=models.Index(fields=["state", "-released_at"], name="issues_that_are_out"),
                ),
                migrations.AddConstraint(
                    model_name="issue",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("until_date__gte", models.F("from_date"))),
                        name="an_issue_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="issue",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "out"), _negated=True),
                            models.Q(
                                ("asked_by__isnull", False),
                                ("released_at__isnull", False),
                                ("released_by__isnull", False),
                                models.Q(("released_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="two_people_let_an_issue_out",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="paper",
                    constraint=models.UniqueConstraint(fields=("issue", "lang"), name="a_paper_in_a_language"),
                ),
                migrations.AddIndex(
                    model_name="reader",
                    index=models.Index(fields=["organisation", "confirmed_date"], name="readers_of_a_house"),
                ),
                migrations.AddConstraint(
                    model_name="reader",
                    constraint=models.UniqueConstraint(
                        fields=("organisation", "address_index"), name="a_reader_asks_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="letter",
                    index=models.Index(fields=["state", "due_at"], name="letters_that_are_due"),
                ),
                migrations.AddIndex(
                    model_name="letter",
                    index=models.Index(fields=["issue", "state"], name="letters_of_an_issue"),
                ),
                migrations.AddConstraint(
                    model_name="letter",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("issue__isnull", False)),
                        fields=("reader", "issue"),
                        name="an_issue_goes_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issue__isnull", False), ("kind", "issue")),
                            models.Q(models.Q(("kind", "issue"), _negated=True), ("issue", None)),
                            _connector="OR",
                        ),
                        name="a_letter_brings_what_it_says",
                    ),
                ),
                migrations.AddIndex(
                    model_name="section",
                    index=models.Index(fields=["issue", "place"], name="sections_of_an_issue"),
                ),
                migrations.AddIndex(
                    model_name="section",
                    index=models.Index(fields=["story"], name="sections_that_tell_a_story"),
                ),
                migrations.AddConstraint(
                    model_name="section",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("story", None), models.Q(("kind", "story"), ("picture", None)), _connector="OR"
                        ),
                        name="a_story_has_no_face",
                    ),
                ),
            ]
        ),
        *(GuardRows(name) for name in ("Issue", "Reader")),
        *(GuardRows(name, part_of="issue") for name in ("Section", "Paper")),
        GuardRows("Letter", part_of="reader"),
    ]
