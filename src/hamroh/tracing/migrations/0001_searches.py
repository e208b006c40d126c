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
    """Requests to look for somebody, lists of people who were met, candidates and verdicts."""

    initial = True

    dependencies = [
        ('accounts', '0011_referral_notices'),
        ('cases', '0001_people_and_cases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Pool',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('name', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.pool.name')),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.pool.facts', null=True)),
                    ('origin', models.CharField(choices=[('diaspora', 'Met by a diaspora group'), ('hospital', 'In a hospital'), ('requests', 'Sought by another organisation'), ('register', 'A register that was lent'), ('detention', 'A list of the police or a place of detention'), ('own', 'Met by ourselves')], max_length=10)),
                    ('basis', models.CharField(choices=[('consent', 'The people on it agreed'), ('vital', 'Their life depends on it, and they cannot be asked')], max_length=8)),
                    ('of_a_shelter', models.BooleanField(default=False)),
                    ('is_lent', models.BooleanField(default=False)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('until_date', models.DateField()),
                    ('ended_date', models.DateField(null=True)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='PoolImport',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('state', models.CharField(choices=[('waiting', 'Waits for your word'), ('running', 'Is taken in'), ('done', 'Taken in'), ('thrown', 'Thrown away'), ('undone', 'Taken back')], default='waiting', max_length=8)),
                    ('file_id', models.UUIDField(null=True)),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.pool_import.facts', null=True)),
                    ('rows', models.PositiveIntegerField(default=0)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('taken', models.PositiveIntegerField(default=0)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('pool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.pool')),
                ],
            ),
            migrations.CreateModel(
                name='PoolRecord',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('name', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.pool_record.name', null=True)),
                    ('names', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.pool_record.names', null=True)),
                    ('born', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.pool_record.born', null=True)),
                    ('sex', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.pool_record.sex', null=True)),
                    ('place', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.pool_record.place', null=True)),
                    ('phone', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.pool_record.phone', null=True)),
                    ('phone_index', hamroh.vault.fields.BlindIndex(label='tracing.pool_record.phone_index', of='phone', rule='phone_tail')),
                    ('note', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.pool_record.note', null=True)),
                    ('consent', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.pool_record.consent', null=True)),
                    ('origin_line', models.PositiveIntegerField(null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('gone_at', models.DateTimeField(null=True)),
                    ('gone_why', models.CharField(blank=True, choices=[('withdrawn', 'Taken back'), ('expired', 'Its time was over')], max_length=10)),
                    ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.poolimport')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('pool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.pool')),
                ],
            ),
            migrations.CreateModel(
                name='Request',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('team', models.CharField(blank=True, max_length=40)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('state', models.CharField(choices=[('open', 'Asked for'), ('searching', 'Searched for'), ('candidate', 'One person thinks it is this one'), ('verified', 'Two people judged it the same'), ('asked', 'The person found was asked'), ('answer', 'The person found has answered'), ('contact', 'In touch, as was agreed'), ('declined', 'Wishes no contact'), ('deceased', 'Has died'), ('closed', 'Ended')], default='open', max_length=10)),
                    ('route', models.CharField(choices=[('screening', 'The questions are weighed'), ('search', 'May be searched for'), ('protection', 'With a protection officer')], default='screening', max_length=10)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('until_date', models.DateField()),
                    ('closed_date', models.DateField(null=True)),
                    ('end', models.CharField(blank=True, choices=[('wish', 'Whoever asked wishes no search any more'), ('no_consent', 'The consent to search was taken back'), ('expired', 'Its time was over'), ('found', 'It is settled'), ('not_ours', 'Nothing that we may look for')], max_length=10)),
                    ('name', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.request.name')),
                    ('names', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.request.names', null=True)),
                    ('born', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.request.born', null=True)),
                    ('home', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.request.home', null=True)),
                    ('news', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.request.news', null=True)),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.request.facts', null=True)),
                    ('photo_id', models.UUIDField(null=True)),
                    ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cases.case')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='KnownPhone',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('value', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.known_phone.value')),
                    ('value_index', hamroh.vault.fields.BlindIndex(label='tracing.known_phone.value_index', of='value', rule='phone_tail')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Candidate',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('band', models.CharField(max_length=8)),
                    ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('seen_at', models.DateTimeField(null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.poolrecord')),
                    ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                ],
            ),
            migrations.CreateModel(
                name='Screening',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('answers', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.screening.answers')),
                    ('grounds', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.screening.grounds', null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                    ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='SeekerConsent',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answer', models.CharField(choices=[('given', 'Given'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], max_length=10)),
                    ('way', models.CharField(choices=[('signature', 'By her signature'), ('voice', 'By her word'), ('witness', 'By a mark before a witness')], max_length=10)),
                    ('text_version', models.CharField(max_length=20)),
                    ('text_digest', models.CharField(max_length=64)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.seeker_consent.words', null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                    ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to_organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Step',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('kind', models.CharField(choices=[('move', 'Moved'), ('note', 'Note'), ('route', 'Routed'), ('renewal', 'Renewed')], max_length=8)),
                    ('before', models.CharField(blank=True, max_length=10)),
                    ('after', models.CharField(blank=True, max_length=10)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.step.words', null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                ],
            ),
            migrations.CreateModel(
                name='Verdict',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answer', models.CharField(choices=[('same', 'The same person'), ('different', 'Not the same person'), ('unsure', 'Not sure'), ('more', 'More is needed to say')], max_length=10)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.verdict.words')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.request')),
                    ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.poolrecord')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                ],
            ),
            migrations.AddIndex(
                model_name='pool',
                index=models.Index(fields=['organisation', 'ended_date'], name='pools_by_end'),
            ),
            migrations.AddIndex(
                model_name='pool',
                index=models.Index(fields=['ended_date', 'until_date'], name='pools_that_expire'),
            ),
            migrations.AddConstraint(
                model_name='pool',
                constraint=models.CheckConstraint(condition=models.Q(('of_a_shelter', False)), name='a_shelter_is_never_a_pool'),
            ),
            migrations.AddConstraint(
                model_name='pool',
                constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['diaspora', 'hospital', 'requests', 'register', 'detention', 'own'])), name='pools_have_a_known_origin'),
            ),
            migrations.AddConstraint(
                model_name='pool',
                constraint=models.CheckConstraint(condition=models.Q(('basis', 'consent'), models.Q(('basis', 'vital'), ('origin', 'hospital')), _connector='OR'), name='only_a_hospital_asks_nobody'),
            ),
            migrations.AddIndex(
                model_name='poolimport',
                index=models.Index(fields=['pool', '-made_at'], name='imports_of_a_pool'),
            ),
            migrations.AddIndex(
                model_name='poolimport',
                index=models.Index(fields=['state', 'made_at'], name='imports_that_wait'),
            ),
            migrations.AddIndex(
                model_name='poolrecord',
                index=models.Index(fields=['pool', 'gone_at', '-made_at'], name='records_of_a_pool'),
            ),
            migrations.AddIndex(
                model_name='poolrecord',
                index=models.Index(fields=['batch', 'gone_at'], name='records_of_an_import'),
            ),
            migrations.AddConstraint(
                model_name='poolrecord',
                constraint=models.CheckConstraint(condition=models.Q(('gone_at__isnull', False), ('name__isnull', False), _connector='OR'), name='a_record_has_a_name_or_is_gone'),
            ),
            migrations.AddConstraint(
                model_name='poolrecord',
                constraint=models.CheckConstraint(condition=models.Q(('gone_at__isnull', True), models.Q(('born__isnull', True), ('consent__isnull', True), ('name__isnull', True), ('names__isnull', True), ('note__isnull', True), ('phone__isnull', True), ('phone_index__isnull', True), ('place__isnull', True), ('sex__isnull', True)), _connector='OR'), name='a_tombstone_holds_nothing'),
            ),
            migrations.AddIndex(
                model_name='request',
                index=models.Index(fields=['organisation', 'route', 'state', '-changed_at'], name='tracing_by_state'),
            ),
            migrations.AddIndex(
                model_name='request',
                index=models.Index(fields=['organisation', 'owner', '-made_at'], name='tracing_of_a_worker'),
            ),
            migrations.AddIndex(
                model_name='request',
                index=models.Index(fields=['organisation', 'closed_date'], name='tracing_by_end'),
            ),
            migrations.AddIndex(
                model_name='request',
                index=models.Index(fields=['closed_date', 'until_date'], name='tracing_that_expires'),
            ),
            migrations.AddConstraint(
                model_name='request',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_date__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_date__isnull', True)), _connector='OR'), name='a_request_ends_on_a_day'),
            ),
            migrations.AddConstraint(
                model_name='request',
                constraint=models.CheckConstraint(condition=models.Q(('route', 'search'), ('state__in', ('open', 'closed')), _connector='OR'), name='only_what_was_screened_is_searched'),
            ),
            migrations.AddIndex(
                model_name='candidate',
                index=models.Index(fields=['organisation', 'seen_at', '-found_at'], name='candidates_to_look_at'),
            ),
            migrations.AddConstraint(
                model_name='candidate',
                constraint=models.UniqueConstraint(fields=('request', 'record'), name='a_record_is_found_once'),
            ),
            migrations.AddConstraint(
                model_name='candidate',
                constraint=models.UniqueConstraint(fields=('request', 'other'), name='a_request_is_found_once'),
            ),
            migrations.AddConstraint(
                model_name='candidate',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('other__isnull', False), ('record__isnull', True)), models.Q(('other__isnull', True), ('record__isnull', False)), _connector='OR'), name='a_candidate_is_one_thing'),
            ),
            migrations.AddIndex(
                model_name='screening',
                index=models.Index(fields=['request', '-made_at'], name='screenings_of_a_request'),
            ),
            migrations.AddIndex(
                model_name='seekerconsent',
                index=models.Index(fields=['request', 'to_organisation', '-made_at'], name='consents_of_a_seeker'),
            ),
            migrations.AddIndex(
                model_name='step',
                index=models.Index(fields=['request', '-made_at'], name='steps_of_a_request'),
            ),
            migrations.AddIndex(
                model_name='verdict',
                index=models.Index(fields=['request', '-made_at'], name='verdicts_of_a_request'),
            ),
            migrations.AddIndex(
                model_name='verdict',
                index=models.Index(fields=['record', '-made_at'], name='verdicts_of_a_record'),
            ),
            migrations.AddIndex(
                model_name='verdict',
                index=models.Index(fields=['other', '-made_at'], name='verdicts_of_another'),
            ),
            migrations.AddConstraint(
                model_name='verdict',
                constraint=models.CheckConstraint(condition=models.Q(('other__isnull', True), models.Q(('other', models.F('request')), _negated=True), _connector='OR'), name='judged_beside_another_request'),
            ),
        ]),
        GuardRows("Request"),
        GuardRows("Pool"),
        *(
            GuardRows(name, part_of="request")
            for name in ("KnownPhone", "Screening", "SeekerConsent", "Step", "Candidate", "Verdict")
        ),
        *(GuardRows(name, part_of="pool") for name in ("PoolImport", "PoolRecord")),
    ]
