"""A day that was counted anew says which day it was before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty for days that nothing moved."""

    dependencies = [("cases", "0016_officials_and_children")]
    operations = [
        migrations.AddField("deadline", "was_date", models.DateField(null=True)),
        migrations.AddField("deadline", "was_last_date", models.DateField(null=True)),
        migrations.AddField("deadline", "moved_at", models.DateTimeField(null=True)),
    ]
