from django.db import migrations, models


class Migration(migrations.Migration):
    """A place that was told belongs to the team and the area of its case: a lawyer whose role is limited to them opens it, too."""

    dependencies = [("tracing", "0005_linked_lists")]
    operations = [
        migrations.AddField("releasedplace", "team", models.CharField(blank=True, max_length=40)),
        migrations.AddField("releasedplace", "area", models.CharField(blank=True, max_length=200)),
    ]
