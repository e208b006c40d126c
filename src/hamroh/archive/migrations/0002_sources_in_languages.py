from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="moment", name="sources", field=models.JSONField(blank=True, default=dict)
        ),
    ]
