import django.db.models.deletion
import django.utils.timezone
import hamroh.vault.fields
import hamroh.web.codes
import hamroh.web.ids
import uuid
from django.db import migrations, models

from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    """Lists that filled forms add to, the key of a version, and what was opened of what came sealed."""

    dependencies = [
        ('accounts', '0016_review_notices'),
        ('fieldwork', '0001_forms_and_submissions'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='content_index',
            field=hamroh.vault.fields.BlindIndex(label='fieldwork.attachment.content_index', of='content_hash', rule='exact'),
        ),
        migrations.AddField(
            model_name='formversion',
            name='form_key',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='fieldwork.formkey'),
        ),
        migrations.AddField(
            model_name='submission',
            name='opened_xml',
            field=hamroh.vault.fields.SealedBytes(data_class='S3', label='fieldwork.submission.opened_xml', null=True),
        ),
        MakeTables([
            migrations.CreateModel(
                name='EntityList',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('columns', models.JSONField(default=list)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Entity',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('entity_id', models.CharField(max_length=120)),
                    ('label', hamroh.vault.fields.SealedText(data_class='S3', label='fieldwork.entity.label')),
                    ('values', hamroh.vault.fields.SealedJSON(data_class='S3', label='fieldwork.entity.values')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('conflicts', models.BooleanField(default=False)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('of_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='fieldwork.entitylist')),
                ],
            ),
            migrations.CreateModel(
                name='EntityChange',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('base', models.PositiveIntegerField(null=True)),
                    ('version', models.PositiveIntegerField()),
                    ('conflicts', models.BooleanField(default=False)),
                    ('values', hamroh.vault.fields.SealedJSON(data_class='S3', label='fieldwork.entity_change.values')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='fieldwork.entity')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='fieldwork.submission')),
                ],
                options={
                    'indexes': [models.Index(fields=['entity', 'version'], name='changes_of_a_row')],
                },
            ),
            migrations.AddConstraint(
                model_name='entitylist',
                constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='a_list_of_a_house'),
            ),
            migrations.AddConstraint(
                model_name='entity',
                constraint=models.UniqueConstraint(fields=('of_list', 'entity_id'), name='a_row_of_a_list'),
            ),
        ]),
        *(GuardRows(name) for name in ("EntityList", "Entity")),
        GuardRows("EntityChange", part_of="entity"),
    ]
