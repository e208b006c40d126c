import django.db.models.deletion
import django.utils.timezone
import hamroh.vault.fields
import hamroh.web.codes
import uuid
from django.conf import settings
from django.db import migrations, models

from hamroh.web.tables import MakeTables
from hamroh.accounts.rowsecurity import GuardRows


class Migration(migrations.Migration):
    """Files of records for other organisations, what was passed on, words that may leave, and what a record is called elsewhere."""

    dependencies = [
        ('accounts', '0014_partner_notices'),
        ('tracing', '0003_partners'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Description',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.description.words')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('read_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='PassedRecord',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('source_at', models.DateTimeField()),
                    ('entry_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='RecordFile',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('state', models.CharField(choices=[('asked', 'Waits for a second person'), ('released', 'May be made'), ('made', 'Ready to be fetched'), ('declined', 'Not let go'), ('over', 'Over: nothing of it is kept')], default='asked', max_length=10)),
                    ('holds', models.CharField(choices=[('requests', 'People whom we look for'), ('pool', 'People of a list who agreed to it')], max_length=8)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.record_file.words')),
                    ('office_phone', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.record_file.office_phone', null=True)),
                    ('locked_by', models.CharField(choices=[('password', 'By a password that we make: a ZIP file with AES-256'), ('key', 'To the recipient’s key: a file of age')], max_length=8)),
                    ('recipient', models.CharField(blank=True, max_length=80)),
                    ('people_count', models.PositiveIntegerField()),
                    ('released_at', models.DateTimeField(null=True)),
                    ('made_at', models.DateTimeField(null=True)),
                    ('fetched_at', models.DateTimeField(null=True)),
                    ('expires_at', models.DateTimeField()),
                    ('content', hamroh.vault.fields.SealedBytes(data_class='S3', label='tracing.record_file.content', null=True)),
                ],
            ),
            migrations.AddField(
                model_name='description',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='description',
                name='read_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='description',
                name='request',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request'),
            ),
            migrations.AddField(
                model_name='description',
                name='written_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='passedrecord',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='passedrecord',
                name='record',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.poolrecord'),
            ),
            migrations.AddField(
                model_name='passedrecord',
                name='request',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.request'),
            ),
            migrations.AddField(
                model_name='passedrecord',
                name='to_organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='recordfile',
                name='asked_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='recordfile',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='recordfile',
                name='pool',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.pool'),
            ),
            migrations.AddField(
                model_name='recordfile',
                name='released_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='recordfile',
                name='to_organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='passedrecord',
                name='file',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.recordfile'),
            ),
            migrations.AddIndex(
                model_name='description',
                index=models.Index(fields=['request', '-made_at'], name='descriptions_of_a_request'),
            ),
            migrations.AddConstraint(
                model_name='description',
                constraint=models.CheckConstraint(condition=models.Q(('read_by__isnull', True), models.Q(('read_by', models.F('written_by')), _negated=True), _connector='OR'), name='another_reads_a_description'),
            ),
            migrations.AddIndex(
                model_name='recordfile',
                index=models.Index(fields=['organisation', '-asked_at'], name='record_files_of_a_house'),
            ),
            migrations.AddIndex(
                model_name='recordfile',
                index=models.Index(fields=['state', 'expires_at'], name='record_files_that_end'),
            ),
            migrations.AddConstraint(
                model_name='recordfile',
                constraint=models.CheckConstraint(condition=models.Q(('released_by__isnull', True), models.Q(('released_by', models.F('asked_by')), _negated=True), _connector='OR'), name='another_lets_records_go'),
            ),
            migrations.AddConstraint(
                model_name='recordfile',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('released', 'made')), _negated=True), ('people_count__lte', 50), ('released_by__isnull', False), _connector='OR'), name='many_records_leave_by_two'),
            ),
            migrations.AddConstraint(
                model_name='recordfile',
                constraint=models.CheckConstraint(condition=models.Q(('to_organisation', models.F('organisation')), _negated=True), name='records_leave_for_somebody_else'),
            ),
            migrations.AddIndex(
                model_name='passedrecord',
                index=models.Index(fields=['organisation', 'to_organisation', 'ended_at'], name='passed_records_by_end'),
            ),
            migrations.AddConstraint(
                model_name='passedrecord',
                constraint=models.UniqueConstraint(fields=('to_organisation', 'request'), name='a_request_is_passed_once_to_each'),
            ),
            migrations.AddConstraint(
                model_name='passedrecord',
                constraint=models.UniqueConstraint(fields=('to_organisation', 'record'), name='a_record_is_passed_once_to_each'),
            ),
        ]),
        migrations.AddField(
            model_name='poolrecord',
            name='expires_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='poolrecord',
            name='foreign_id',
            field=hamroh.vault.fields.SealedText(data_class='S3', label='tracing.pool_record.foreign_id', null=True),
        ),
        migrations.AddField(
            model_name='poolrecord',
            name='foreign_index',
            field=hamroh.vault.fields.BlindIndex(label='tracing.pool_record.foreign_index', of='foreign_id', rule='exact'),
        ),
        migrations.AddField(
            model_name='poolrecord',
            name='source_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='poolrecord',
            index=models.Index(fields=['gone_at', 'expires_at'], name='records_that_expire'),
        ),
        GuardRows("RecordFile"),
        GuardRows("PassedRecord"),
        GuardRows("Description", part_of="request"),
    ]
