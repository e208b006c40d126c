from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_last_date")]
    operations = [migrations.AddField("content", "words", models.BinaryField(default=b""))]
