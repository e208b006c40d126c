from django.db import migrations, models


class Migration(migrations.Migration):
    """Filled forms, campaigns and days whose time is over are found by an index."""

    dependencies = [("fieldwork", "0003_campaigns_and_days")]
    operations = [
        migrations.AddIndex("submission", models.Index(fields=["organisation", "received_at"], name="submissions_due")),
        migrations.AddIndex("campaign", models.Index(fields=["organisation", "until_date"], name="campaigns_due")),
        migrations.AddIndex("fieldday", models.Index(fields=["organisation", "on_date"], name="field_days_due")),
    ]
