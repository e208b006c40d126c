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
    """Agreements between organisations, what a partner is shown of a request, its searches and answers, and alarms."""

    dependencies = [
        ('accounts', '0014_partner_notices'),
        ('tracing', '0002_found_and_asked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Partnership',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('pact', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('state', models.CharField(choices=[('offered', 'Offered'), ('in_force', 'In force'), ('refused', 'Not agreed to'), ('ended', 'Ended')], default='offered', max_length=10)),
                    ('is_ours', models.BooleanField(default=False)),
                    ('terms', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.partnership.terms')),
                    ('contact', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.partnership.contact', null=True)),
                    ('their_contact', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.partnership.their_contact', null=True)),
                    ('per_person', models.PositiveSmallIntegerField(default=20)),
                    ('per_house', models.PositiveSmallIntegerField(default=60)),
                    ('until_date', models.DateField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('ended_date', models.DateField(null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Alarm',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('event', models.UUIDField()),
                    ('is_ours', models.BooleanField()),
                    ('signs', models.JSONField(default=list)),
                    ('about', models.CharField(max_length=12)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('lifted_at', models.DateTimeField(null=True)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.alarm.words', null=True)),
                    ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('who', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='tracing.partnership')),
                ],
            ),
            migrations.CreateModel(
                name='Share',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('told', models.JSONField(default=list)),
                    ('shown_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('looked_at', models.DateTimeField(null=True)),
                    ('searches', models.PositiveIntegerField(default=0)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                    ('to_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Reply',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('answer', models.CharField(choices=[('candidate', 'There may be somebody'), ('nobody', 'Nobody')], max_length=10)),
                    ('band', models.CharField(blank=True, max_length=8)),
                    ('officer', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.reply.officer', null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                    ('share', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='tracing.share')),
                ],
            ),
            migrations.CreateModel(
                name='Shown',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('request_id', models.UUIDField()),
                    ('code', models.CharField(max_length=12, unique=True)),
                    ('skeleton', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.shown.skeleton', null=True)),
                    ('as_of', models.DateTimeField(default=django.utils.timezone.now)),
                    ('shown_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('from_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='PartnerSearch',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('purpose', models.CharField(choices=[('first', 'To look whether we have met him'), ('new', 'Somebody was entered since'), ('asked', 'The other side asked us to look again')], max_length=8)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.partner_search.words')),
                    ('day', models.DateField()),
                    ('is_outside', models.BooleanField(default=False)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('shown', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.shown')),
                ],
            ),
            migrations.CreateModel(
                name='PartnerAnswer',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answer', models.CharField(choices=[('candidate', 'There may be somebody'), ('nobody', 'Nobody')], max_length=10)),
                    ('band', models.CharField(blank=True, max_length=8)),
                    ('record_id', models.UUIDField(null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.partnersearch')),
                    ('shown', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.shown')),
                ],
            ),
            migrations.AddIndex(
                model_name='partnership',
                index=models.Index(fields=['organisation', 'state', '-made_at'], name='partnerships_by_state'),
            ),
            migrations.AddIndex(
                model_name='partnership',
                index=models.Index(fields=['organisation', 'ended_date'], name='partnerships_by_end'),
            ),
            migrations.AddIndex(
                model_name='partnership',
                index=models.Index(fields=['state', 'until_date'], name='partnerships_that_expire'),
            ),
            migrations.AddConstraint(
                model_name='partnership',
                constraint=models.UniqueConstraint(fields=('pact', 'organisation'), name='a_pact_has_two_sides'),
            ),
            migrations.AddConstraint(
                model_name='partnership',
                constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('offered', 'in_force'))), fields=('organisation', 'partner'), name='one_partnership_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='partnership',
                constraint=models.CheckConstraint(condition=models.Q(('organisation', models.F('partner')), _negated=True), name='nobody_is_her_own_partner'),
            ),
            migrations.AddConstraint(
                model_name='partnership',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_date__isnull', True), ('state__in', ('offered', 'in_force'))), models.Q(models.Q(('state__in', ('offered', 'in_force')), _negated=True), ('ended_date__isnull', False)), _connector='OR'), name='a_partnership_ends_on_a_day'),
            ),
            migrations.AddIndex(
                model_name='alarm',
                index=models.Index(fields=['organisation', 'lifted_at', '-made_at'], name='alarms_that_wait'),
            ),
            migrations.AddIndex(
                model_name='alarm',
                index=models.Index(fields=['who', 'organisation', 'lifted_at'], name='alarms_of_a_person'),
            ),
            migrations.AddConstraint(
                model_name='alarm',
                constraint=models.UniqueConstraint(fields=('event', 'organisation'), name='an_alarm_has_two_sides'),
            ),
            migrations.AddConstraint(
                model_name='share',
                constraint=models.UniqueConstraint(fields=('request', 'to_organisation'), name='shown_to_a_partner_once'),
            ),
            migrations.AddIndex(
                model_name='reply',
                index=models.Index(fields=['request', '-made_at'], name='replies_to_a_request'),
            ),
            migrations.AddConstraint(
                model_name='reply',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'candidate'), models.Q(('band', ''), _negated=True)), models.Q(('answer', 'nobody'), ('band', '')), _connector='OR'), name='a_candidate_has_a_band'),
            ),
            migrations.AddIndex(
                model_name='shown',
                index=models.Index(fields=['organisation', 'ended_at', '-shown_at'], name='shown_by_partners'),
            ),
            migrations.AddConstraint(
                model_name='shown',
                constraint=models.UniqueConstraint(fields=('request_id', 'organisation'), name='a_request_is_shown_once'),
            ),
            migrations.AddConstraint(
                model_name='shown',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('skeleton__isnull', False)), models.Q(('ended_at__isnull', False), ('skeleton__isnull', True)), _connector='OR'), name='what_is_not_shown_is_empty'),
            ),
            migrations.AddIndex(
                model_name='partnersearch',
                index=models.Index(fields=['by', 'organisation', '-made_at'], name='partner_searches_of_one'),
            ),
            migrations.AddIndex(
                model_name='partnersearch',
                index=models.Index(fields=['organisation', 'day'], name='partner_searches_of_a_day'),
            ),
            migrations.AddIndex(
                model_name='partnersearch',
                index=models.Index(fields=['shown', '-made_at'], name='partner_searches_with_one'),
            ),
            migrations.AddIndex(
                model_name='partneranswer',
                index=models.Index(fields=['shown', '-made_at'], name='partner_answers_of_one'),
            ),
        ]),
        GuardRows("Partnership"),
        GuardRows("Shown"),
        GuardRows("Alarm", part_of="partnership"),
        *(GuardRows(name, part_of="request") for name in ("Share", "Reply")),
        *(GuardRows(name, part_of="shown") for name in ("PartnerSearch", "PartnerAnswer")),
    ]
