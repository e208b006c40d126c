from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pages", "0002_known_days")]

    operations = [
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["organisation", "came_date"], name="letters_by_age"),
        ),
    ]
