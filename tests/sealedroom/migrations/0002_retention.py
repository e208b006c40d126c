from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sealedroom", "0001_initial"), ("accounts", "0005_retention")]

    operations = [
        migrations.AddField("Matter", "closed_week", models.DateField(null=True, blank=True)),
        migrations.AddField("Shelter", "left_date", models.DateField(null=True, blank=True)),
        migrations.AddIndex("Matter", models.Index(fields=["organisation", "closed_week"], name="matters_by_closure")),
        migrations.AddIndex("Shelter", models.Index(fields=["organisation", "left_date"], name="shelters_by_leaving")),
    ]
