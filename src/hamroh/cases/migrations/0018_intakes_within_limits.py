"""An intake lies where its worker's role reaches: who takes people in for one area or team alone can do so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty for intakes of workers whose role reaches everywhere."""

    dependencies = [("cases", "0017_moved_days")]
    operations = [
        migrations.AddField("draft", "team", models.CharField(max_length=40, blank=True, default=""), preserve_default=False),
        migrations.AddField("draft", "area", models.CharField(max_length=200, blank=True, default=""), preserve_default=False),
    ]
