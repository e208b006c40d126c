import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0005_words")]
    operations = [
        migrations.AddField("record", "came_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AddIndex("record", models.Index(fields=["-came_at"], name="records_by_arrival")),
    ]
