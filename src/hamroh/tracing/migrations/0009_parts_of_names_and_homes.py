from django.db import migrations, models
from django.db.models import Q

import hamroh.vault.fields

_NOTHING = {
    f"{name}__isnull": True
    for name in ("name", "names", "born", "sex", "place", "phone", "phone_index", "note", "parts", "consent")
}


class Migration(migrations.Migration):
    """A record from elsewhere keeps how its home parts name and place, so that it is handed on as it came."""

    dependencies = [("tracing", "0008_requests_in_exchanges")]
    operations = [
        migrations.AddField(
            "poolrecord", "parts", hamroh.vault.fields.SealedJSON(data_class="S3", label="tracing.pool_record.parts", null=True)
        ),
        migrations.RemoveConstraint("poolrecord", "a_tombstone_holds_nothing"),
        migrations.AddConstraint(
            "poolrecord",
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(**_NOTHING), name="a_tombstone_holds_nothing"
            ),
        ),
    ]
