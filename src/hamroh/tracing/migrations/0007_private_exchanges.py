import django.db.models.deletion
import django.utils.timezone
import hamroh.vault.fields
import hamroh.web.codes
import uuid
from django.conf import settings
from django.db import migrations, models

from hamroh.accounts.rowsecurity import GuardRows
from hamroh.web.tables import MakeTables


class Migration(migrations.Migration):
    """Private exchanges: keys, partners by theirs, exchanges with their parts, pairs and verdicts."""

    dependencies = [
        ('accounts', '0016_review_notices'),
        ('tracing', '0006_places_of_a_team'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Exchange',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('number', models.CharField(blank=True, max_length=32)),
                    ('is_ours', models.BooleanField()),
                    ('state', models.CharField(choices=[('coming', 'An offer is on its way'), ('came', 'An offer came: it waits for your word'), ('wished', 'Waits for a second person'), ('building', 'Our file is being made'), ('waiting', 'Waits for the other side'), ('opening', 'Their file is being opened'), ('matched', 'The pairs are here'), ('failed', 'Could not go on'), ('ended', 'Ended and shredded')], default='coming', max_length=8)),
                    ('fault', models.CharField(blank=True, choices=[('changed', 'Somebody was taken off the list meanwhile. End it and begin anew.'), ('refused', 'Their file is not what it should be. Have it sent again.'), ('empty', 'Nobody on the list may be compared.'), ('line', 'The other installation could not be reached. It is tried again.'), ('fault', 'Something went wrong here. Begin anew.'), ('declined', 'The other side did not agree, or has ended it.')], max_length=8)),
                    ('purpose', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.exchange.purpose')),
                    ('secret', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.exchange.secret', null=True)),
                    ('told_fields', models.JSONField(default=list)),
                    ('is_wide', models.BooleanField(default=False)),
                    ('least_bits', models.FloatField(null=True)),
                    ('our_people', models.PositiveIntegerField(default=0)),
                    ('most_theirs', models.PositiveIntegerField(default=0)),
                    ('until_date', models.DateField()),
                    ('asked_at', models.DateTimeField(null=True)),
                    ('released_at', models.DateTimeField(null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('whole', models.PositiveIntegerField(default=0)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('given_at', models.DateTimeField(null=True)),
                    ('pairs_count', models.PositiveIntegerField(null=True)),
                    ('ended_date', models.DateField(null=True)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('pool', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.pool')),
                    ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='ExchangePair',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('number', models.PositiveIntegerField()),
                    ('bits', models.PositiveSmallIntegerField()),
                    ('said', models.JSONField(default=list)),
                    ('seen_at', models.DateTimeField(null=True)),
                    ('exchange', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.exchange')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.poolrecord')),
                ],
            ),
            migrations.CreateModel(
                name='ExchangePart',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('kind', models.CharField(max_length=8)),
                    ('number', models.PositiveIntegerField()),
                    ('whole', models.PositiveIntegerField()),
                    ('size', models.PositiveIntegerField()),
                    ('content', hamroh.vault.fields.SealedBytes(data_class='S3', label='tracing.exchange_part.content')),
                    ('exchange', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.exchange')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='ExchangePartner',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('key', models.CharField(max_length=64)),
                    ('name', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.exchange_partner.name')),
                    ('address', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.exchange_partner.address', null=True)),
                    ('terms', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.exchange_partner.terms')),
                    ('until_date', models.DateField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('checked_at', models.DateTimeField(null=True)),
                    ('ended_date', models.DateField(null=True)),
                    ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.AddField(
                model_name='exchange',
                name='partner',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exchanges', to='tracing.exchangepartner'),
            ),
            migrations.CreateModel(
                name='ExchangeVerdict',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('answer', models.CharField(choices=[('same', 'The same person'), ('different', 'Not the same person'), ('unsure', 'Not sure'), ('more', 'More is needed to say')], max_length=10)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.exchange_verdict.words')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('exchange', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.exchange')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('pair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='tracing.exchangepair')),
                ],
            ),
            migrations.CreateModel(
                name='HouseKey',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('public', models.CharField(max_length=64, unique=True)),
                    ('secret', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.house_key.secret')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddIndex(
                model_name='exchangepair',
                index=models.Index(fields=['exchange', '-bits', 'number'], name='pairs_of_an_exchange'),
            ),
            migrations.AddConstraint(
                model_name='exchangepair',
                constraint=models.UniqueConstraint(fields=('exchange', 'number'), name='a_pair_of_an_exchange_has_a_number'),
            ),
            migrations.AddConstraint(
                model_name='exchangepart',
                constraint=models.UniqueConstraint(fields=('exchange', 'kind', 'number'), name='a_part_of_a_file_is_there_once'),
            ),
            migrations.AddIndex(
                model_name='exchangepartner',
                index=models.Index(fields=['organisation', 'ended_date', '-made_at'], name='exchange_partners_of_a_house'),
            ),
            migrations.AddIndex(
                model_name='exchangepartner',
                index=models.Index(fields=['key', 'ended_date'], name='exchange_partners_by_key'),
            ),
            migrations.AddConstraint(
                model_name='exchangepartner',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_date__isnull', True)), fields=('organisation', 'key'), name='a_key_is_pinned_once'),
            ),
            migrations.AddConstraint(
                model_name='exchangepartner',
                constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('made_by')), _negated=True), _connector='OR'), name='another_compares_the_signs'),
            ),
            migrations.AddIndex(
                model_name='exchange',
                index=models.Index(fields=['organisation', '-made_at'], name='exchanges_of_a_house'),
            ),
            migrations.AddIndex(
                model_name='exchange',
                index=models.Index(fields=['organisation', 'ended_date'], name='exchanges_by_end'),
            ),
            migrations.AddIndex(
                model_name='exchange',
                index=models.Index(fields=['state', 'until_date'], name='exchanges_that_expire'),
            ),
            migrations.AddIndex(
                model_name='exchange',
                index=models.Index(fields=['partner', '-released_at'], name='exchanges_with_a_partner'),
            ),
            migrations.AddConstraint(
                model_name='exchange',
                constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('organisation', 'number'), name='an_exchange_has_one_number_here'),
            ),
            migrations.AddConstraint(
                model_name='exchange',
                constraint=models.CheckConstraint(condition=models.Q(('released_by__isnull', True), models.Q(('released_by', models.F('asked_by')), _negated=True), _connector='OR'), name='another_lets_an_exchange_go'),
            ),
            migrations.AddConstraint(
                model_name='exchange',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ('coming', 'came', 'wished', 'ended')), ('released_by__isnull', False), _connector='OR'), name='no_exchange_without_a_second_person'),
            ),
            migrations.AddConstraint(
                model_name='exchange',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('ended_date__isnull', False), ('secret__isnull', True)), _connector='OR'), name='an_ended_exchange_has_no_secret'),
            ),
            migrations.AddIndex(
                model_name='exchangeverdict',
                index=models.Index(fields=['pair', 'made_at'], name='verdicts_on_an_exchange_pair'),
            ),
        ]),
        *(GuardRows(name) for name in ("HouseKey", "ExchangePartner", "Exchange")),
        *(GuardRows(name, part_of="exchange") for name in ("ExchangePart", "ExchangePair", "ExchangeVerdict")),
    ]
