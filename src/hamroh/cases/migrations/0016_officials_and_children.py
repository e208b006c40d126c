"""Officials are consented to one by one, after advice; a paper may be about a child."""

import django.db.models.deletion
from django.db import migrations, models

_OFFICIALS = [("police", "The police"), ("mahalla", "The mahalla or the municipality"), ("religious", "A religious leader")]
_DISCIPLINES = [
    ("case", "Of the case"), ("legal", "Of the law"), ("psychological", "Of the psychologist"), ("medical", "Of health"),
]  # fmt: skip


class Migration(migrations.Migration):
    """Lines of before name no official and say nothing of advice: they open nothing to officials, and she is asked again."""

    dependencies = [("cases", "0015_consents_of_a_child")]
    operations = [
        migrations.AddField("consent", "official", models.CharField(blank=True, choices=_OFFICIALS, default="", max_length=10), preserve_default=False),
        migrations.AddField("consent", "is_advised", models.BooleanField(default=False)),
        migrations.AddField("evidence", "about", models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.person",
        )),
        migrations.AddField("evidence", "discipline", models.CharField(choices=_DISCIPLINES, default="case", max_length=14)),
    ]  # fmt: skip
