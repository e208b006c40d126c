from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Coalesce

_NUMBER = Coalesce(F("number"), F("id"), output_field=models.IntegerField())


class Migration(migrations.Migration):
    """Keys are counted within their organisation or record: what they sealed can move to where other keys have the same id."""

    dependencies = [("vault", "0006_maker_of_papers")]
    operations = [
        migrations.AddField("organisationkey", "number", models.PositiveIntegerField(null=True)),
        migrations.AddField("recordkey", "number", models.PositiveIntegerField(null=True)),
        migrations.AddConstraint(
            "organisationkey", models.UniqueConstraint(F("organisation_id"), _NUMBER, name="one_key_per_number")
        ),
        migrations.AddConstraint(
            "recordkey",
            models.UniqueConstraint(F("kind"), F("record_id"), _NUMBER, name="one_record_key_per_number"),
        ),
    ]
