import django.db.models.deletion
import django.utils.timezone
import hamroh.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from hamroh.web.tables import MakeTables
from hamroh.accounts.rowsecurity import GuardRows


class Migration(migrations.Migration):
    """Whole lists that are linked, the pairs that come of it, and what is said of a pair."""

    dependencies = [
        ('accounts', '0014_partner_notices'),
        ('tracing', '0004_records_passed_on'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Linkage',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('state', models.CharField(choices=[('running', 'Lists are compared'), ('done', 'Compared'), ('stopped', 'Stopped'), ('failed', 'Could not be compared')], default='running', max_length=8)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('whole', models.PositiveIntegerField(default=0)),
                    ('proposed', models.PositiveIntegerField(default=0)),
                    ('new', models.PositiveIntegerField(default=0)),
                    ('fault', models.CharField(blank=True, max_length=8)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('beside', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.pool')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('pool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.pool')),
                ],
                options={
                    'indexes': [models.Index(fields=['pool', '-made_at'], name='linkages_of_a_pool')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('organisation',), name='one_linkage_at_a_time_in_a_house'), models.CheckConstraint(condition=models.Q(('beside__isnull', True), models.Q(('beside', models.F('pool')), _negated=True), _connector='OR'), name='linked_with_another_list')],
                },
            ),
            migrations.CreateModel(
                name='Pair',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('band', models.CharField(max_length=8)),
                    ('chance', models.PositiveSmallIntegerField()),
                    ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('seen_at', models.DateTimeField(null=True)),
                    ('beside', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.poolrecord')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('pool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.pool')),
                    ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.poolrecord')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'seen_at', '-found_at'], name='pairs_to_look_at'), models.Index(fields=['pool', '-found_at'], name='pairs_of_a_pool')],
                    'constraints': [models.UniqueConstraint(fields=('record', 'beside'), name='two_records_are_a_pair_once'), models.CheckConstraint(condition=models.Q(('record', models.F('beside')), _negated=True), name='a_pair_is_two')],
                },
            ),
            migrations.CreateModel(
                name='PairVerdict',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('answer', models.CharField(choices=[('same', 'The same person'), ('different', 'Not the same person'), ('unsure', 'Not sure'), ('more', 'More is needed to say')], max_length=10)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.pair_verdict.words')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('beside', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.poolrecord')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('pool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.pool')),
                    ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.poolrecord')),
                ],
                options={
                    'indexes': [models.Index(fields=['record', '-made_at'], name='pair_verdicts_of_a_record'), models.Index(fields=['beside', '-made_at'], name='pair_verdicts_of_another')],
                },
            ),
        ]),
        migrations.AddField(
            model_name='candidate',
            name='chance',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        *(GuardRows(name, part_of="pool") for name in ("Linkage", "Pair", "PairVerdict")),
    ]
