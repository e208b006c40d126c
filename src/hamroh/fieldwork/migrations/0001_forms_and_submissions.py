import django.db.models.deletion
import django.utils.timezone
import hamroh.vault.fields
import hamroh.web.codes
import hamroh.web.ids
import uuid
from django.conf import settings
from django.db import migrations, models

from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    """Forms and their versions, devices and keys, what came in and what was said of it."""

    initial = True

    dependencies = [
        ('accounts', '0016_review_notices'),
        ('directory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Device',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('kind', models.CharField(choices=[('collect', 'An app that speaks OpenRosa'), ('browser', 'A browser')], default='collect', max_length=8)),
                    ('label', models.CharField(blank=True, max_length=60)),
                    ('secret', hamroh.vault.fields.SealedText(data_class='S3', label='fieldwork.device.secret', null=True)),
                    ('token_hash', models.CharField(blank=True, max_length=64)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('seen_at', models.DateTimeField(null=True)),
                    ('revoked_at', models.DateTimeField(null=True)),
                    ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Form',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('form_id', models.CharField(max_length=128)),
                    ('titles', models.JSONField(default=dict)),
                    ('purpose', models.CharField(choices=[('visit', 'Monitoring visit'), ('interview', 'Interview'), ('intake', 'First talk that becomes a case'), ('count', 'Count'), ('damage', 'Damage'), ('other', 'Other')], default='other', max_length=10)),
                    ('about_children', models.BooleanField(default=False)),
                    ('blurs_faces', models.BooleanField(default=False)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('quota', models.PositiveIntegerField(null=True)),
                    ('until_date', models.DateField(null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.adminunit')),
                    ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='fieldwork.form')),
                ],
            ),
            migrations.CreateModel(
                name='FormKey',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('public', models.TextField()),
                    ('private', hamroh.vault.fields.SealedBytes(data_class='S3', label='fieldwork.form_key.private', null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('retired_at', models.DateTimeField(null=True)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='FormVersion',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('version', models.CharField(max_length=64)),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Open'), ('closing', 'Closing'), ('closed', 'Closed')], default='draft', max_length=8)),
                    ('xml', models.TextField()),
                    ('md5', models.CharField(max_length=32)),
                    ('languages', models.JSONField(default=list)),
                    ('questions', models.JSONField(default=list)),
                    ('remarks', models.JSONField(default=list)),
                    ('sheet', models.BinaryField(null=True)),
                    ('is_encrypted', models.BooleanField(default=False)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='fieldwork.form')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='FormMedia',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120)),
                    ('kind', models.CharField(max_length=60)),
                    ('content', models.BinaryField(null=True)),
                    ('md5', models.CharField(blank=True, max_length=32)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='media', to='fieldwork.formversion')),
                ],
            ),
            migrations.CreateModel(
                name='Submission',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('instance_id', models.CharField(max_length=120)),
                    ('deprecates', models.CharField(blank=True, max_length=120)),
                    ('clashes', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('received', 'Received'), ('has_issues', 'Has issues'), ('edited', 'Edited'), ('approved', 'Approved'), ('rejected', 'Rejected')], default='received', max_length=10)),
                    ('is_whole', models.BooleanField(default=True)),
                    ('is_shut', models.BooleanField(default=False)),
                    ('filled_date', models.DateField(null=True)),
                    ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('xml', hamroh.vault.fields.SealedBytes(data_class='S3', label='fieldwork.submission.xml')),
                    ('content_hash', hamroh.vault.fields.SealedText(data_class='S3', label='fieldwork.submission.content_hash')),
                    ('content_index', hamroh.vault.fields.BlindIndex(label='fieldwork.submission.content_index', of='content_hash', rule='exact')),
                    ('answers', hamroh.vault.fields.SealedJSON(data_class='S3', label='fieldwork.submission.answers', null=True)),
                    ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='fieldwork.device')),
                    ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='fieldwork.form')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.adminunit')),
                    ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='fieldwork.formversion')),
                ],
            ),
            migrations.CreateModel(
                name='ReviewLine',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('state', models.CharField(choices=[('received', 'Received'), ('has_issues', 'Has issues'), ('edited', 'Edited'), ('approved', 'Approved'), ('rejected', 'Rejected')], max_length=10)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='fieldwork.review_line.words', null=True)),
                    ('changes', hamroh.vault.fields.SealedJSON(data_class='S3', label='fieldwork.review_line.changes', null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='fieldwork.submission')),
                ],
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('name', hamroh.vault.fields.SealedText(data_class='S3', label='fieldwork.attachment.name')),
                    ('name_index', hamroh.vault.fields.BlindIndex(label='fieldwork.attachment.name_index', of='name', rule='exact')),
                    ('path', models.CharField(blank=True, max_length=250)),
                    ('file_id', models.UUIDField(null=True)),
                    ('content_hash', hamroh.vault.fields.SealedText(data_class='S3', label='fieldwork.attachment.content_hash', null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='fieldwork.submission')),
                ],
            ),
            migrations.AddIndex(
                model_name='device',
                index=models.Index(fields=['organisation', '-made_at'], name='devices_of_a_house'),
            ),
            migrations.AddConstraint(
                model_name='device',
                constraint=models.UniqueConstraint(condition=models.Q(('token_hash', ''), _negated=True), fields=('token_hash',), name='a_token_of_one_device'),
            ),
            migrations.AddIndex(
                model_name='form',
                index=models.Index(fields=['organisation', '-changed_at'], name='forms_of_a_house'),
            ),
            migrations.AddConstraint(
                model_name='form',
                constraint=models.UniqueConstraint(fields=('organisation', 'form_id'), name='a_form_id_of_a_house'),
            ),
            migrations.AddIndex(
                model_name='assignment',
                index=models.Index(fields=['person', 'form'], name='assignments_of_a_person'),
            ),
            migrations.AddIndex(
                model_name='assignment',
                index=models.Index(fields=['form', 'place'], name='assignments_of_a_form'),
            ),
            migrations.AddIndex(
                model_name='formkey',
                index=models.Index(fields=['organisation', '-made_at'], name='form_keys_of_a_house'),
            ),
            migrations.AddIndex(
                model_name='formversion',
                index=models.Index(fields=['form', '-made_at'], name='versions_of_a_form'),
            ),
            migrations.AddConstraint(
                model_name='formversion',
                constraint=models.UniqueConstraint(fields=('form', 'version'), name='a_version_of_a_form'),
            ),
            migrations.AddConstraint(
                model_name='formversion',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('form',), name='one_open_version_of_a_form'),
            ),
            migrations.AddConstraint(
                model_name='formmedia',
                constraint=models.UniqueConstraint(fields=('version', 'name'), name='a_file_of_a_version'),
            ),
            migrations.AddIndex(
                model_name='submission',
                index=models.Index(fields=['form', 'state', '-received_at'], name='submissions_of_a_form'),
            ),
            migrations.AddIndex(
                model_name='submission',
                index=models.Index(fields=['organisation', 'state', '-received_at'], name='submissions_to_look_at'),
            ),
            migrations.AddIndex(
                model_name='submission',
                index=models.Index(fields=['sent_by', '-received_at'], name='submissions_of_a_person'),
            ),
            migrations.AddIndex(
                model_name='submission',
                index=models.Index(fields=['form', 'place'], name='submissions_by_place'),
            ),
            migrations.AddIndex(
                model_name='submission',
                index=models.Index(condition=models.Q(('deprecates', ''), _negated=True), fields=['form', 'deprecates'], name='submissions_that_mend'),
            ),
            migrations.AddConstraint(
                model_name='submission',
                constraint=models.UniqueConstraint(fields=('form', 'instance_id', 'content_index'), name='a_filled_form_comes_once'),
            ),
            migrations.AddIndex(
                model_name='reviewline',
                index=models.Index(fields=['submission', 'made_at'], name='lines_of_a_submission'),
            ),
            migrations.AddConstraint(
                model_name='attachment',
                constraint=models.UniqueConstraint(fields=('submission', 'name_index'), name='a_file_of_a_submission'),
            ),
        ]),
        *(GuardRows(name) for name in ("Form", "FormVersion", "FormMedia", "Assignment", "Device", "FormKey", "Submission")),
        *(GuardRows(name, part_of="submission") for name in ("Attachment", "ReviewLine")),
    ]
