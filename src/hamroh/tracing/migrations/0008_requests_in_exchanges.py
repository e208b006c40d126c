import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_ORGANISATION = {"null": True, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}
_OURS = {"null": True, "on_delete": django.db.models.deletion.CASCADE, "related_name": "+"}


class Migration(migrations.Migration):
    """Those who are missed are offered in private exchanges, too: to a partner that their families agreed to."""

    dependencies = [("accounts", "0016_review_notices"), ("tracing", "0007_private_exchanges")]
    operations = [
        migrations.AddField(
            "exchangepartner", "known_as", models.ForeignKey(to="accounts.organisation", **_ORGANISATION)
        ),
        migrations.AddField("exchange", "of_requests", models.BooleanField(db_default=False, default=False)),
        migrations.AlterField("exchangepair", "record", models.ForeignKey(to="tracing.poolrecord", **_OURS)),
        migrations.AddField("exchangepair", "request", models.ForeignKey(to="tracing.request", **_OURS)),
        migrations.AddConstraint(
            "exchange",
            models.CheckConstraint(
                condition=Q(of_requests=False) | Q(is_ours=True, pool__isnull=True), name="requests_are_only_offered"
            ),
        ),
        migrations.AddConstraint(
            "exchangepair",
            models.CheckConstraint(
                condition=Q(record__isnull=False, request__isnull=True) | Q(record__isnull=True, request__isnull=False),
                name="a_pair_is_of_a_record_or_a_request",
            ),
        ),
    ]
