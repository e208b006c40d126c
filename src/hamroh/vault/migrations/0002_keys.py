import django.db.models.deletion
import uuid
from django.db import migrations, models

from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0001_initial'),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='MemberKey',
                fields=[
                    ('user_id', models.UUIDField(primary_key=True, serialize=False)),
                    ('public', models.BinaryField(max_length=32)),
                    ('mac', models.BinaryField(max_length=32)),
                    ('made_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='RecoveryKey',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('organisation_id', models.UUIDField(unique=True)),
                    ('public', models.BinaryField(max_length=32)),
                    ('mac', models.BinaryField(max_length=32)),
                    ('made_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='OrganisationKey',
                fields=[
                    ('id', models.AutoField(primary_key=True, serialize=False)),
                    ('organisation_id', models.UUIDField(db_index=True)),
                    ('state', models.CharField(choices=[('active', 'Active'), ('retiring', 'Retiring'), ('destroyed', 'Destroyed')], default='active', max_length=12)),
                    ('wrapped', models.BinaryField()),
                    ('wrapped_by', models.CharField(max_length=16)),
                    ('made_at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('organisation_id',), name='one_active_key_per_organisation'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'destroyed'), _negated=True), ('wrapped', b''), _connector='OR'), name='destroyed_key_is_gone')],
                },
            ),
            migrations.CreateModel(
                name='RecordKey',
                fields=[
                    ('id', models.AutoField(primary_key=True, serialize=False)),
                    ('organisation_id', models.UUIDField()),
                    ('kind', models.CharField(max_length=80)),
                    ('record_id', models.UUIDField()),
                    ('commitment', models.BinaryField(max_length=32)),
                    ('proof', models.BinaryField(max_length=32)),
                    ('current', models.BooleanField(default=True)),
                    ('made_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation_id'], name='record_keys_of_organisation')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('current', True)), fields=('kind', 'record_id'), name='one_current_key_per_record')],
                },
            ),
            migrations.CreateModel(
                name='RecoveryDrill',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('held_at', models.DateTimeField()),
                    ('actor_id', models.UUIDField(null=True)),
                    ('passed', models.BooleanField()),
                    ('recovery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drills', to='vault.recoverykey')),
                ],
            ),
            migrations.CreateModel(
                name='SealedFile',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('organisation_id', models.UUIDField(db_index=True)),
                    ('kind', models.CharField(max_length=80)),
                    ('record_id', models.UUIDField()),
                    ('wrapped', models.BinaryField()),
                    ('about', models.BinaryField()),
                    ('made_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['kind', 'record_id'], name='files_of_a_record')],
                },
            ),
            migrations.CreateModel(
                name='MemberLock',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(help_text="'passphrase', or the id of a passkey", max_length=200)),
                    ('salt', models.BinaryField(max_length=16)),
                    ('sealed', models.BinaryField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='locks', to='vault.memberkey')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('member', 'name'), name='one_lock_per_member_and_secret')],
                },
            ),
            migrations.CreateModel(
                name='RecordKeyShare',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('user_id', models.UUIDField()),
                    ('sealed', models.BinaryField()),
                    ('record_key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='vault.recordkey')),
                ],
                options={
                    'indexes': [models.Index(fields=['user_id'], name='shares_of_a_member')],
                    'constraints': [models.UniqueConstraint(fields=('record_key', 'user_id'), name='one_share_per_member')],
                },
            ),
            migrations.CreateModel(
                name='Rotation',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('organisation_id', models.UUIDField()),
                    ('kind', models.CharField(max_length=80)),
                    ('last_row', models.UUIDField(null=True)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('total', models.PositiveIntegerField(default=0)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('to_key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rotations', to='vault.organisationkey')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('to_key', 'kind'), name='one_rotation_per_key_and_kind')],
                },
            ),
        ]),
    ]
