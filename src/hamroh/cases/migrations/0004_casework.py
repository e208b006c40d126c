import django.db.models.deletion
import django.utils.timezone
import hamroh.vault.fields
import hamroh.web.ids
import uuid
from django.conf import settings
from django.db import migrations, models

from hamroh.web.tables import MakeTables
from hamroh.accounts.rowsecurity import GuardRows


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_safety'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Advice',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('area', models.CharField(blank=True, max_length=200)),
                    ('on_date', models.DateField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('topic', models.CharField(choices=[('alimony', 'Alimony'), ('paternity', 'Paternity'), ('divorce', 'Divorce'), ('missing', 'Husband declared missing'), ('dead', 'Husband declared dead'), ('residence', 'Her place in the house'), ('division', 'Division of property'), ('debt', 'Husband’s loan'), ('protection', 'Protection from violence'), ('support', 'State support'), ('documents', 'Documents'), ('early_marriage', 'Early or forced marriage'), ('health', 'Health'), ('livelihood', 'Money and work'), ('other', 'Something else')], max_length=16)),
                    ('age_band', models.CharField(choices=[('u18', 'under 18'), ('18-29', '18 to 29'), ('30-44', '30 to 44'), ('45-59', '45 to 59'), ('60', '60 or older'), ('unknown', 'not known')], max_length=8)),
                    ('place', models.CharField(choices=[('office', 'In the office'), ('village', 'In the village'), ('phone', 'By telephone'), ('home', 'At her home'), ('court', 'At the court or an office'), ('elsewhere', 'Elsewhere')], max_length=10)),
                    ('minutes', models.PositiveSmallIntegerField()),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='cases.advice.words', null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Encounter',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('place', models.CharField(choices=[('office', 'In the office'), ('village', 'In the village'), ('phone', 'By telephone'), ('home', 'At her home'), ('court', 'At the court or an office'), ('elsewhere', 'Elsewhere')], max_length=10)),
                    ('on_date', models.DateField()),
                    ('minutes', models.PositiveSmallIntegerField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('present', hamroh.vault.fields.SealedText(data_class='S3', label='cases.encounter.present', null=True)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='cases.encounter.words', null=True)),
                ],
            ),
            migrations.CreateModel(
                name='MobileDay',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('area', models.CharField(blank=True, max_length=200)),
                    ('on_date', models.DateField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('place', hamroh.vault.fields.SealedText(data_class='S3', label='cases.mobile_day.place')),
                ],
            ),
            migrations.CreateModel(
                name='Move',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('before', models.CharField(choices=[('draft', 'Begun'), ('intake', 'Intake'), ('assessed', 'Assessed'), ('planned', 'Planned'), ('active', 'Under way'), ('on_hold', 'On hold'), ('closing', 'Waits for approval to close'), ('closed', 'Closed'), ('reopened', 'Reopened')], max_length=12)),
                    ('after', models.CharField(choices=[('draft', 'Begun'), ('intake', 'Intake'), ('assessed', 'Assessed'), ('planned', 'Planned'), ('active', 'Under way'), ('on_hold', 'On hold'), ('closing', 'Waits for approval to close'), ('closed', 'Closed'), ('reopened', 'Reopened')], max_length=12)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='cases.move.words', null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Need',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('domain', models.CharField(choices=[('legal', 'Law'), ('safety', 'Safety'), ('shelter', 'A place to live'), ('health', 'Health'), ('support', 'Somebody to talk to'), ('livelihood', 'Money and work'), ('child', 'The children'), ('documents', 'Papers')], max_length=12)),
                    ('goal', hamroh.vault.fields.SealedText(data_class='S3', label='cases.need.goal', null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('planned_date', models.DateField(null=True)),
                    ('due_date', models.DateField(null=True)),
                    ('outcome', models.CharField(blank=True, choices=[('met', 'Reached'), ('partly', 'Reached in part'), ('unmet', 'Not reached'), ('dropped', 'She no longer wants it')], max_length=8)),
                    ('outcome_date', models.DateField(null=True)),
                    ('outcome_words', hamroh.vault.fields.SealedText(data_class='S3', label='cases.need.outcome_words', null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('discipline', models.CharField(choices=[('case', 'Of the case'), ('legal', 'Of the law'), ('psychological', 'Of the psychologist'), ('medical', 'Of health')], max_length=14)),
                    ('on_date', models.DateField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='cases.note.words')),
                ],
            ),
            migrations.CreateModel(
                name='SavedFilter',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('query', models.CharField(max_length=120)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                ],
            ),
            migrations.CreateModel(
                name='Service',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('kind', models.CharField(choices=[('advice', 'Advice'), ('paper', 'A paper written'), ('court', 'Stood with her in court'), ('escort', 'Went with her to an office'), ('talk', 'A talk with the psychologist'), ('shelter', 'A safe place'), ('health', 'Help of a doctor'), ('goods', 'Money or things'), ('referral', 'Sent on to somebody'), ('other', 'Something else')], max_length=10)),
                    ('on_date', models.DateField()),
                    ('minutes', models.PositiveSmallIntegerField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='cases.service.words', null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Tally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('topic', models.CharField(choices=[('alimony', 'Alimony'), ('paternity', 'Paternity'), ('divorce', 'Divorce'), ('missing', 'Husband declared missing'), ('dead', 'Husband declared dead'), ('residence', 'Her place in the house'), ('division', 'Division of property'), ('debt', 'Husband’s loan'), ('protection', 'Protection from violence'), ('support', 'State support'), ('documents', 'Documents'), ('early_marriage', 'Early or forced marriage'), ('health', 'Health'), ('livelihood', 'Money and work'), ('other', 'Something else')], max_length=16)),
                    ('age_band', models.CharField(choices=[('u18', 'under 18'), ('18-29', '18 to 29'), ('30-44', '30 to 44'), ('45-59', '45 to 59'), ('60', '60 or older'), ('unknown', 'not known')], max_length=8)),
                    ('count', models.PositiveIntegerField(default=0)),
                ],
            ),
            migrations.AddField(
                model_name='advice',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='advice',
                name='owner',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='encounter',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='encounter',
                name='case',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case'),
            ),
            migrations.AddField(
                model_name='encounter',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='mobileday',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='mobileday',
                name='owner',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='advice',
                name='day',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cases.mobileday'),
            ),
            migrations.AddField(
                model_name='move',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='move',
                name='case',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case'),
            ),
            migrations.AddField(
                model_name='move',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='need',
                name='case',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case'),
            ),
            migrations.AddField(
                model_name='need',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='note',
                name='about',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.person'),
            ),
            migrations.AddField(
                model_name='note',
                name='author',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='note',
                name='case',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case'),
            ),
            migrations.AddField(
                model_name='note',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='savedfilter',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='savedfilter',
                name='user',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='service',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='service',
                name='case',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case'),
            ),
            migrations.AddField(
                model_name='service',
                name='need',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.need'),
            ),
            migrations.AddField(
                model_name='service',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddField(
                model_name='tally',
                name='day',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='cases.mobileday'),
            ),
            migrations.AddField(
                model_name='tally',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            ),
            migrations.AddIndex(
                model_name='encounter',
                index=models.Index(fields=['case', '-on_date'], name='encounters_of_a_case'),
            ),
            migrations.AddIndex(
                model_name='mobileday',
                index=models.Index(fields=['organisation', '-on_date'], name='days_of_an_organisation'),
            ),
            migrations.AddIndex(
                model_name='advice',
                index=models.Index(fields=['organisation', 'on_date'], name='advice_by_day'),
            ),
            migrations.AddIndex(
                model_name='move',
                index=models.Index(fields=['case', '-made_at'], name='moves_of_a_case'),
            ),
            migrations.AddIndex(
                model_name='need',
                index=models.Index(fields=['case', 'outcome'], name='needs_of_a_case'),
            ),
            migrations.AddConstraint(
                model_name='need',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('outcome_date', None)), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('outcome_date', None), _negated=True)), _connector='OR'), name='an_outcome_has_a_day'),
            ),
            migrations.AddIndex(
                model_name='note',
                index=models.Index(fields=['case', 'discipline', '-made_at'], name='notes_of_a_case'),
            ),
            migrations.AddConstraint(
                model_name='savedfilter',
                constraint=models.UniqueConstraint(fields=('user', 'organisation', 'query'), name='a_filter_is_kept_once'),
            ),
            migrations.AddIndex(
                model_name='service',
                index=models.Index(fields=['case', '-on_date'], name='services_of_a_case'),
            ),
            migrations.AddConstraint(
                model_name='tally',
                constraint=models.UniqueConstraint(fields=('day', 'topic', 'age_band'), name='one_tally_of_a_kind'),
            ),
        ]),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['organisation', '-changed_at'], name='cases_by_change'),
        ),
        GuardRows("MobileDay"),
        GuardRows("Advice"),
        GuardRows("SavedFilter"),
        GuardRows("Tally", part_of="day"),
        *(GuardRows(name, part_of="case") for name in ("Move", "Need", "Service", "Encounter", "Note")),
    ]
