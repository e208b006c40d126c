import django.db.models.deletion
import django.utils.timezone
import hamroh.vault.fields
import hamroh.web.codes
import uuid
from django.conf import settings
from django.db import migrations, models

from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables

#: what an entry of the ledger says of itself in the clear; its lines carry the seal of their row
_STANDS = "organisation_id, group_id, cycle_id, meeting_id, number, made_by_id, made_at"
_POSTGRES = """CREATE OR REPLACE FUNCTION groups_entry_stands() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'an entry of the ledger is never changed'; END $$"""


def guard(apps, schema_editor):
    """The database refuses to change an entry, whoever asks; retention alone removes it with its group."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRES)
        body = "FOR EACH ROW EXECUTE FUNCTION groups_entry_stands()"
    else:
        body = "BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never changed'); END"
    schema_editor.execute(f"CREATE TRIGGER groups_entry_stands BEFORE UPDATE OF {_STANDS} ON groups_entry {body}")


def unguard(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(f"DROP TRIGGER groups_entry_stands{' ON groups_entry' if is_postgres else ''}")
    if is_postgres:
        schema_editor.execute("DROP FUNCTION groups_entry_stands()")


class Migration(migrations.Migration):
    """Cycles of savings, meetings, the ledger, and what telephones carry of them."""

    dependencies = [
        ('groups', '0001_groups'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Carried',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('meeting_number', models.PositiveSmallIntegerField()),
                    ('label', models.CharField(blank=True, max_length=60)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('public', models.TextField()),
                    ('private', hamroh.vault.fields.SealedBytes(data_class='S3', label='groups.carried.private')),
                    ('expires_at', models.DateTimeField()),
                    ('seen_at', models.DateTimeField(null=True)),
                    ('revoked_at', models.DateTimeField(null=True)),
                    ('wiped_at', models.DateTimeField(null=True)),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Cycle',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('currency', models.CharField(max_length=3)),
                    ('terms', models.JSONField(default=dict)),
                    ('starts_date', models.DateField()),
                    ('state', models.CharField(choices=[('open', 'Running'), ('shared', 'Shared out')], default='open', max_length=8)),
                    ('began_with', models.PositiveSmallIntegerField(default=0)),
                    ('shared_date', models.DateField(null=True)),
                    ('out', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.cycle.out', null=True)),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Meeting',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('held_date', models.DateField()),
                    ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=8)),
                    ('came', models.PositiveSmallIntegerField(null=True)),
                    ('expected', models.PositiveSmallIntegerField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('attendance', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.meeting.attendance', null=True)),
                    ('minutes', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.meeting.minutes', null=True)),
                    ('cash', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.meeting.cash', null=True)),
                    ('book', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.meeting.book', null=True)),
                    ('why', hamroh.vault.fields.SealedText(data_class='S3', label='groups.meeting.why', null=True)),
                    ('cycle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.cycle')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('number', models.PositiveIntegerField()),
                    ('lines', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.entry.lines')),
                    ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.cycle')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.meeting')),
                ],
            ),
            migrations.CreateModel(
                name='Parcel',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('key', models.UUIDField()),
                    ('digest', models.CharField(max_length=64)),
                    ('state', models.CharField(choices=[('waiting', 'To be settled'), ('taken', 'Taken in')], default='waiting', max_length=8)),
                    ('differs', models.PositiveSmallIntegerField(default=0)),
                    ('told', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.parcel.told')),
                    ('settled', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.parcel.settled', null=True)),
                    ('carried', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.carried')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.meeting')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.AddIndex(
                model_name='carried',
                index=models.Index(fields=['group', '-made_at'], name='telephones_of_a_group'),
            ),
            migrations.AddConstraint(
                model_name='cycle',
                constraint=models.UniqueConstraint(fields=('group', 'number'), name='a_cycle_has_its_number'),
            ),
            migrations.AddConstraint(
                model_name='cycle',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('group',), name='a_group_has_one_cycle_open'),
            ),
            migrations.AddConstraint(
                model_name='cycle',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('shared_date__isnull', True), ('state', 'open')), models.Q(('shared_date__isnull', False), ('state', 'shared')), _connector='OR'), name='a_cycle_is_shared_out_on_a_day'),
            ),
            migrations.AddIndex(
                model_name='meeting',
                index=models.Index(fields=['group', '-held_date'], name='meetings_of_a_group'),
            ),
            migrations.AddConstraint(
                model_name='meeting',
                constraint=models.UniqueConstraint(fields=('group', 'number'), name='a_meeting_has_its_number'),
            ),
            migrations.AddConstraint(
                model_name='meeting',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('group',), name='a_group_has_one_meeting_open'),
            ),
            migrations.AddConstraint(
                model_name='meeting',
                constraint=models.CheckConstraint(condition=models.Q(('came__isnull', True), ('came__lte', models.F('expected')), _connector='OR'), name='no_more_come_than_are_expected'),
            ),
            migrations.AddIndex(
                model_name='entry',
                index=models.Index(fields=['meeting', 'number'], name='entries_of_a_meeting'),
            ),
            migrations.AddConstraint(
                model_name='entry',
                constraint=models.UniqueConstraint(fields=('cycle', 'number'), name='an_entry_has_its_number'),
            ),
            migrations.AddIndex(
                model_name='parcel',
                index=models.Index(fields=['group', 'state', '-made_at'], name='parcels_of_a_group'),
            ),
            migrations.AddConstraint(
                model_name='parcel',
                constraint=models.UniqueConstraint(fields=('carried', 'key', 'digest'), name='a_parcel_comes_in_once'),
            ),
        ]),
        *(GuardRows(name, part_of="group") for name in ("Cycle", "Meeting", "Entry", "Carried", "Parcel")),
        migrations.RunPython(guard, unguard),
    ]
