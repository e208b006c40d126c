from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('thesaurus', '0003_editing'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='label',
            index=models.Index(fields=['folded'], name='label_folded', opclasses=['varchar_pattern_ops']),
        ),
    ]
