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
    """Courses, rounds and all that belongs to them, gatherings and what they asked, and keys of calendars."""

    initial = True

    dependencies = [
        ('accounts', '0017_emergency_notices'),
        ('directory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='CalendarKey',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Course',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('kind', models.CharField(choices=[('border', 'Border and immigration control'), ('migration', 'Essentials of migration management'), ('budget', 'Household budgeting'), ('trainers', 'Training of trainers'), ('departure', 'Before departure'), ('rights', 'Legal literacy'), ('skills', 'Skills and trades'), ('projects', 'Design of projects'), ('tour', 'Study tour'), ('other', 'Other')], max_length=10)),
                    ('names', models.JSONField(default=dict)),
                    ('objectives', models.JSONField(default=dict)),
                    ('outline', models.JSONField(default=list)),
                    ('hours', models.PositiveSmallIntegerField(null=True)),
                    ('languages', models.JSONField(default=list)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Gathering',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('kind', models.CharField(choices=[('roundtable', 'Roundtable'), ('debate', 'Debate'), ('council', 'Public council'), ('conference', 'Conference'), ('meeting', 'Working meeting')], max_length=12)),
                    ('titles', models.JSONField(default=dict)),
                    ('abouts', models.JSONField(default=dict)),
                    ('on_date', models.CharField(blank=True, max_length=10)),
                    ('is_public', models.BooleanField(default=False)),
                    ('source', models.CharField(blank=True, max_length=300)),
                    ('remarks', models.JSONField(default=dict)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('parties', models.ManyToManyField(related_name='+', to='directory.party')),
                    ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.adminunit')),
                ],
            ),
            migrations.CreateModel(
                name='Recommendation',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('resolution', 'Resolution'), ('recommendation', 'Recommendation')], max_length=14)),
                    ('texts', models.JSONField(default=dict)),
                    ('addressee_name', models.CharField(blank=True, max_length=200)),
                    ('due_date', models.DateField(null=True)),
                    ('state', models.CharField(choices=[('open', 'Open'), ('taken_up', 'Taken up'), ('done', 'Done'), ('refused', 'Refused'), ('lapsed', 'Lapsed')], default='open', max_length=10)),
                    ('reminded_date', models.DateField(null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('addressee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                    ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recommendations', to='training.gathering')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='RecommendationLine',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('open', 'Open'), ('taken_up', 'Taken up'), ('done', 'Done'), ('refused', 'Refused'), ('lapsed', 'Lapsed')], max_length=10)),
                    ('words', models.CharField(blank=True, max_length=500)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.gathering')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='training.recommendation')),
                ],
            ),
            migrations.CreateModel(
                name='Round',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('number', models.PositiveSmallIntegerField(null=True)),
                    ('of_number', models.PositiveSmallIntegerField(null=True)),
                    ('spot', models.CharField(blank=True, max_length=160)),
                    ('starts', models.CharField(blank=True, max_length=10)),
                    ('ends', models.CharField(blank=True, max_length=10)),
                    ('language', models.CharField(blank=True, max_length=5)),
                    ('state', models.CharField(choices=[('planned', 'Planned'), ('announced', 'Announced'), ('running', 'Running'), ('held', 'Held'), ('dropped', 'Called off')], default='planned', max_length=10)),
                    ('owners', models.TextField(blank=True, default='')),
                    ('places', models.PositiveSmallIntegerField(null=True)),
                    ('takes_sign_ups', models.BooleanField(default=False)),
                    ('before', models.PositiveIntegerField(null=True)),
                    ('most_points', models.PositiveSmallIntegerField(null=True)),
                    ('scores', models.JSONField(default=dict)),
                    ('source', models.CharField(blank=True, max_length=300)),
                    ('remarks', models.JSONField(default=dict)),
                    ('closed_date', models.DateField(null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='training.course')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.adminunit')),
                ],
            ),
            migrations.CreateModel(
                name='Material',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('title', models.CharField(max_length=200)),
                    ('language', models.CharField(blank=True, max_length=5)),
                    ('copies', models.PositiveIntegerField(null=True)),
                    ('record_code', models.CharField(blank=True, max_length=20)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                ],
            ),
            migrations.CreateModel(
                name='Grown',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                ],
            ),
            migrations.CreateModel(
                name='Enrolment',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('name', hamroh.vault.fields.SealedText(data_class='S3', label='training.enrolment.name', null=True)),
                    ('name_index', hamroh.vault.fields.BlindIndex(label='training.enrolment.name_index', of='name', rule='exact')),
                    ('phone', hamroh.vault.fields.SealedText(data_class='S3', label='training.enrolment.phone', null=True)),
                    ('phone_index', hamroh.vault.fields.BlindIndex(label='training.enrolment.phone_index', of='phone', rule='phone_tail')),
                    ('alias', hamroh.vault.fields.SealedText(data_class='S3', label='training.enrolment.alias', null=True)),
                    ('person', models.UUIDField(default=uuid.uuid4)),
                    ('person_first', models.UUIDField(null=True)),
                    ('sex', models.CharField(blank=True, choices=[('f', 'Woman'), ('m', 'Man')], max_length=1)),
                    ('age', models.CharField(blank=True, choices=[('0-17', 'Under 18'), ('18-29', '18 to 29'), ('30-59', '30 to 59'), ('60', '60 and more')], max_length=8)),
                    ('agency', models.CharField(blank=True, max_length=160)),
                    ('country', models.CharField(blank=True, max_length=2)),
                    ('role', models.CharField(blank=True, max_length=80)),
                    ('before', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                    ('after', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                    ('left_date', models.DateField(null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                ],
            ),
            migrations.CreateModel(
                name='Counted',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('sex', models.CharField(blank=True, max_length=1)),
                    ('age', models.CharField(blank=True, max_length=8)),
                    ('agency', models.CharField(blank=True, max_length=160)),
                    ('country', models.CharField(blank=True, max_length=2)),
                    ('role', models.CharField(blank=True, max_length=80)),
                    ('number', models.PositiveIntegerField()),
                    ('at_least', models.BooleanField(default=False)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                ],
            ),
            migrations.CreateModel(
                name='Certificate',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('code', hamroh.vault.fields.SealedText(data_class='S3', label='training.certificate.code')),
                    ('initials', hamroh.vault.fields.SealedText(data_class='S3', label='training.certificate.initials', null=True)),
                    ('shows', models.CharField(choices=[('valid', 'Only whether it is valid'), ('course', 'The course and its dates, too'), ('initials', 'The course, its dates and the initials')], default='valid', max_length=10)),
                    ('state', models.CharField(choices=[('valid', 'Valid'), ('revoked', 'Revoked')], default='valid', max_length=10)),
                    ('issued_date', models.DateField()),
                    ('revoked_date', models.DateField(null=True)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.enrolment')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                ],
            ),
            migrations.CreateModel(
                name='Borne',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('bearing', models.CharField(choices=[('organiser', 'Organises it'), ('partner', 'Organises it together with others'), ('donor', 'Pays for it'), ('host', 'Hosts it')], max_length=10)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                ],
            ),
            migrations.CreateModel(
                name='Session',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('on_date', models.DateField()),
                    ('part', models.PositiveSmallIntegerField()),
                    ('marks', models.JSONField(default=dict)),
                    ('heads', models.PositiveIntegerField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                ],
            ),
            migrations.CreateModel(
                name='Mended',
                fields=[
                    ('id', models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('before', models.JSONField()),
                    ('heads_before', models.PositiveIntegerField(null=True)),
                    ('changed', models.PositiveSmallIntegerField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.session')),
                ],
            ),
            migrations.CreateModel(
                name='SignUp',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('name', hamroh.vault.fields.SealedText(data_class='S3', label='training.sign_up.name')),
                    ('way_back', hamroh.vault.fields.SealedText(data_class='S3', label='training.sign_up.way_back')),
                    ('lang', models.CharField(max_length=5)),
                    ('number', models.PositiveIntegerField()),
                    ('state', models.CharField(choices=[('waiting', 'Not answered yet'), ('listed', 'On the waiting list'), ('confirmed', 'Confirmed'), ('declined', 'Declined')], default='waiting', max_length=10)),
                    ('came_date', models.DateField(default=django.utils.timezone.localdate)),
                    ('enrolment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='training.enrolment')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                ],
            ),
            migrations.CreateModel(
                name='Trainer',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('name', hamroh.vault.fields.SealedText(data_class='S3', label='training.trainer.name', null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('learned', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='training.enrolment')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.round')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.AddIndex(
                model_name='course',
                index=models.Index(fields=['organisation', 'kind'], name='courses_of_a_house'),
            ),
            migrations.AddIndex(
                model_name='gathering',
                index=models.Index(fields=['organisation', '-on_date'], name='gatherings_of_a_house'),
            ),
            migrations.AddIndex(
                model_name='recommendation',
                index=models.Index(fields=['gathering', 'made_at'], name='asked_by_a_gathering'),
            ),
            migrations.AddIndex(
                model_name='recommendation',
                index=models.Index(fields=['state', 'due_date'], name='asked_by_day'),
            ),
            migrations.AddIndex(
                model_name='recommendationline',
                index=models.Index(fields=['recommendation', 'made_at'], name='lines_of_what_was_asked'),
            ),
            migrations.AddIndex(
                model_name='round',
                index=models.Index(fields=['organisation', 'state', '-starts'], name='rounds_of_a_house'),
            ),
            migrations.AddIndex(
                model_name='round',
                index=models.Index(fields=['course', 'starts'], name='rounds_of_a_course'),
            ),
            migrations.AddIndex(
                model_name='round',
                index=models.Index(fields=['organisation', 'closed_date'], name='rounds_by_end'),
            ),
            migrations.AddIndex(
                model_name='round',
                index=models.Index(fields=['state', 'starts'], name='rounds_announced'),
            ),
            migrations.AddConstraint(
                model_name='round',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_date__isnull', False), ('state__in', ('held', 'dropped'))), models.Q(models.Q(('state__in', ('held', 'dropped')), _negated=True), ('closed_date__isnull', True)), _connector='OR'), name='a_round_is_over_on_a_day'),
            ),
            migrations.AddConstraint(
                model_name='round',
                constraint=models.UniqueConstraint(fields=('course', 'number'), name='a_round_of_a_course'),
            ),
            migrations.AddIndex(
                model_name='material',
                index=models.Index(fields=['round', 'made_at'], name='materials_of_a_round'),
            ),
            migrations.AddConstraint(
                model_name='grown',
                constraint=models.UniqueConstraint(fields=('round', 'parent'), name='a_parent_is_said_once'),
            ),
            migrations.AddConstraint(
                model_name='grown',
                constraint=models.CheckConstraint(condition=models.Q(('round', models.F('parent')), _negated=True), name='no_round_is_its_own_parent'),
            ),
            migrations.AddIndex(
                model_name='enrolment',
                index=models.Index(fields=['round', 'number'], name='people_of_a_round'),
            ),
            migrations.AddIndex(
                model_name='enrolment',
                index=models.Index(fields=['organisation', 'person'], name='rounds_of_a_person'),
            ),
            migrations.AddConstraint(
                model_name='enrolment',
                constraint=models.UniqueConstraint(fields=('round', 'number'), name='a_number_in_a_round'),
            ),
            migrations.AddIndex(
                model_name='counted',
                index=models.Index(fields=['round', 'made_at'], name='counted_in_a_round'),
            ),
            migrations.AddIndex(
                model_name='certificate',
                index=models.Index(fields=['round', 'issued_date'], name='certificates_of_a_round'),
            ),
            migrations.AddConstraint(
                model_name='certificate',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'valid')), fields=('enrolment',), name='one_valid_certificate_for_a_person'),
            ),
            migrations.AddConstraint(
                model_name='borne',
                constraint=models.UniqueConstraint(fields=('round', 'party', 'bearing'), name='a_bearing_is_said_once'),
            ),
            migrations.AddConstraint(
                model_name='session',
                constraint=models.UniqueConstraint(fields=('round', 'on_date', 'part'), name='a_session_of_a_day'),
            ),
            migrations.AddConstraint(
                model_name='session',
                constraint=models.CheckConstraint(condition=models.Q(('part__in', (1, 2))), name='two_sessions_a_day'),
            ),
            migrations.AddIndex(
                model_name='mended',
                index=models.Index(fields=['session', '-made_at'], name='mends_of_a_session'),
            ),
            migrations.AddIndex(
                model_name='signup',
                index=models.Index(fields=['round', 'state', 'number'], name='sign_ups_of_a_round'),
            ),
            migrations.AddConstraint(
                model_name='trainer',
                constraint=models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('round', 'user'), name='a_trainer_is_named_once'),
            ),
            migrations.AddConstraint(
                model_name='trainer',
                constraint=models.UniqueConstraint(condition=models.Q(('learned__isnull', False)), fields=('round', 'learned'), name='a_learner_trains_once'),
            ),
        ]),
        *(GuardRows(name) for name in ("Course", "Round", "Gathering")),
        *(GuardRows(name, part_of="round") for name in ("Borne", "Grown", "Material", "Counted", "Enrolment", "Trainer", "Session", "Mended", "SignUp", "Certificate")),
        *(GuardRows(name, part_of="gathering") for name in ("Recommendation", "RecommendationLine")),
    ]
