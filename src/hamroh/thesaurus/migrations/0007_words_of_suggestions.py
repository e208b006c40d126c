from django.db import migrations, models


class Migration(migrations.Migration):
    """How far a suggestion is, in the words that are used now; the table stays as it is."""

    dependencies = [("thesaurus", "0006_whole_alphabets")]
    operations = [
        migrations.AlterField(
            "suggestion",
            "state",
            models.CharField(
                choices=[
                    ("open", "New"),
                    ("discussed", "In discussion"),
                    ("accepted", "Accepted"),
                    ("rejected", "Rejected"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="open",
                max_length=10,
            ),
        ),
    ]
