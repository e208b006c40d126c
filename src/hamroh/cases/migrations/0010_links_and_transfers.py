import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.web.ids

_STATES = [
    ("draft", "Begun"), ("intake", "Intake"), ("assessed", "Assessed"), ("planned", "Planned"), ("active", "Under way"),
    ("on_hold", "On hold"), ("closing", "Waits for approval to close"), ("closed", "Closed"), ("reopened", "Reopened"),
    ("transferred", "Handed over"),
]  # fmt: skip
_PURPOSES = [
    ("service", "That we work on her case and keep its file"), ("share", "That one organisation learns what it needs"),
    ("transfer", "That another organisation takes her case over"),
    ("official", "That the police, the mahalla or a religious leader is asked"), ("tracing", "That somebody is looked for"),
    ("statistics", "That she is counted, without her name"), ("story", "That her story is told"),
    ("photo", "That a picture is used"),
]  # fmt: skip
_ENDS = [("settled", "The referral ended"), ("replaced", "A newer one was made"), ("guessed", "Wrong codes were tried")]


def _to(model, kept=django.db.models.deletion.PROTECT, related="+", **options):
    return models.ForeignKey(on_delete=kept, related_name=related, to=model, **options)


def _moment(**options):
    return models.DateTimeField(null=True, **options)


class Migration(migrations.Migration):
    """A service without an account reads a referral by a link; a case is handed over to another organisation."""

    dependencies = [
        ("cases", "0009_mediation"),
        ("directory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("consent", "to_service", _to("directory.service", null=True)),
        migrations.AddField("referral", "to_service", _to("directory.service", null=True)),
        migrations.AddField("referral", "is_transfer", models.BooleanField(default=False)),
        migrations.AddField("referral", "reads_on", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("received", "is_transfer", models.BooleanField(default=False)),
        migrations.AlterField("consent", "purpose", models.CharField(choices=_PURPOSES, max_length=12)),
        migrations.AlterField("case", "status", models.CharField(choices=_STATES, default="draft", max_length=12)),
        migrations.AlterField("move", "before", models.CharField(choices=_STATES, max_length=12)),
        migrations.AlterField("move", "after", models.CharField(choices=_STATES, max_length=12)),
        # no sealed row and not guarded: it is asked for by nobody who signed in, and says only whose rows to open
        migrations.CreateModel("ReferralLink", [
            ("id", models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ("organisation", _to("accounts.organisation")),
            ("referral", _to("cases.referral", django.db.models.deletion.CASCADE, "links")),
            ("digest", models.CharField(max_length=64, unique=True)),
            ("made_by", _to(settings.AUTH_USER_MODEL)),
            ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ("until_date", models.DateField()),
            ("code_digest", models.CharField(max_length=128, blank=True)),
            ("code_until", _moment()),
            ("wrong", models.PositiveSmallIntegerField(default=0)),
            ("seen_at", _moment()),
            ("opened_at", _moment()),
            ("ended_at", _moment()),
            ("end", models.CharField(max_length=10, choices=_ENDS, blank=True)),
        ], options={
            "indexes": [models.Index(fields=["referral", "-made_at"], name="links_of_a_referral")],
            "constraints": [models.UniqueConstraint(
                fields=["referral"], condition=models.Q(ended_at__isnull=True), name="one_open_link_of_a_referral"
            )],
        }),
    ]  # fmt: skip
