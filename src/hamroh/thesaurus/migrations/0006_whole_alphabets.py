from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('thesaurus', '0005_finding'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='label',
            index=models.Index(fields=['scheme', 'lang', 'initial', 'sort_key', 'kind', 'concept'], name='label_letters'),
        ),
        migrations.RemoveIndex(model_name='label', name='label_alphabet'),
        migrations.AddIndex(
            model_name='concept',
            index=models.Index(fields=['scheme'], name='concepts_out_of_use', condition=models.Q(status='deprecated')),
        ),
    ]
