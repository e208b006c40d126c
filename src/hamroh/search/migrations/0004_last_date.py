from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_terms")]
    operations = [migrations.AddField("record", "last_date", models.DateField(null=True))]
