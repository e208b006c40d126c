"""The last day of a round can be moved, one reviewer excused; answers to findings are kept per language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_published_stays")]
    operations = [
        migrations.AddField("round", "moves", models.JSONField(blank=True, default=list)),
        migrations.AddField("reviewer", "excused_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("reviewer", "reminded_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("findinganswer", "reasons", models.JSONField(blank=True, default=dict)),
    ]
