import django.db.models.deletion
import django.utils.timezone
import hamroh.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from hamroh.web.tables import MakeTables
from hamroh.accounts.rowsecurity import GuardRows


class Migration(migrations.Migration):
    """Talks with who was found, what he agrees to, letters, the weekly word, and places that are told to a lawyer."""

    dependencies = [
        ('accounts', '0013_word_notice'),
        ('cases', '0015_consents_of_a_child'),
        ('tracing', '0001_searches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Approach',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('outcome', models.CharField(choices=[('spoken', 'Spoken with alone, and it is he'), ('company', 'Somebody else was there'), ('unproven', 'Who he is was not proven'), ('missed', 'Not reached')], max_length=10)),
                    ('on_date', models.DateField()),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.approach.facts')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.poolrecord')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                ],
            ),
            migrations.CreateModel(
                name='Choice',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('wish', models.CharField(choices=[('alive', 'That he is alive and well'), ('message', 'A message from him'), ('contact', 'How he can be reached'), ('address', 'Where he lives, to the lawyer alone')], max_length=10)),
                    ('answer', models.CharField(choices=[('given', 'Given'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], max_length=10)),
                    ('way', models.CharField(choices=[('signature', 'By his signature'), ('voice', 'By his word'), ('witness', 'By a mark before a witness')], max_length=10)),
                    ('on_date', models.DateField()),
                    ('until_date', models.DateField(null=True)),
                    ('text_version', models.CharField(max_length=20)),
                    ('text_digest', models.CharField(max_length=64)),
                    ('terms', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.choice.terms', null=True)),
                    ('approach', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.approach')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                    ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Letter',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('towards', models.CharField(choices=[('seeker', 'From who was found, to who misses him'), ('found', 'From who misses him, to who is missed')], max_length=8)),
                    ('state', models.CharField(choices=[('written', 'Waits to be read'), ('approved', 'Read, and may go'), ('returned', 'Sent back, to be written anew'), ('refused', 'Refused'), ('withdrawn', 'Taken back'), ('out', 'Told with the weekly word'), ('carried', 'Given to who was found'), ('delivered', 'Given to who misses him')], default='written', max_length=10)),
                    ('body', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.letter.body')),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='tracing.letter.words', null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('read_at', models.DateTimeField(null=True)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('approach', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracing.approach')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                ],
            ),
            migrations.CreateModel(
                name='PlaceRelease',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('ground', models.CharField(choices=[('consent', 'He agreed to it'), ('court', 'A court asks for it'), ('enforcement', 'The enforcement office asks for it')], max_length=12)),
                    ('state', models.CharField(choices=[('proposed', 'Waits for a second person'), ('agreed', 'Agreed: the place can be written down'), ('released', 'Written down for the lawyer'), ('refused', 'Refused'), ('withdrawn', 'Taken back')], default='proposed', max_length=10)),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.place_release.facts')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lawyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('matter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cases.matter')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                ],
            ),
            migrations.CreateModel(
                name='ReleasedPlace',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('address', hamroh.vault.fields.SealedText(data_class='S4', label='tracing.released_place.address')),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S4', label='tracing.released_place.facts', null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('release', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.placerelease')),
                ],
            ),
            migrations.CreateModel(
                name='WeeklyWord',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('week_date', models.DateField()),
                    ('body', hamroh.vault.fields.SealedJSON(data_class='S3', label='tracing.weekly_word.body')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracing.request')),
                ],
            ),
            migrations.AddIndex(
                model_name='approach',
                index=models.Index(fields=['request', '-made_at'], name='talks_of_a_search'),
            ),
            migrations.AddIndex(
                model_name='choice',
                index=models.Index(fields=['request', 'wish', '-made_at'], name='choices_of_the_found'),
            ),
            migrations.AddConstraint(
                model_name='choice',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'given'), _negated=True), ('until_date__isnull', False), _connector='OR'), name='what_he_agrees_to_has_an_end'),
            ),
            migrations.AddIndex(
                model_name='letter',
                index=models.Index(fields=['organisation', 'state', 'made_at'], name='letters_to_read'),
            ),
            migrations.AddIndex(
                model_name='letter',
                index=models.Index(fields=['request', 'towards', '-made_at'], name='letters_of_a_search'),
            ),
            migrations.AddConstraint(
                model_name='letter',
                constraint=models.CheckConstraint(condition=models.Q(('read_by__isnull', True), models.Q(('read_by', models.F('by')), _negated=True), _connector='OR'), name='nobody_reads_her_own_letter'),
            ),
            migrations.AddIndex(
                model_name='placerelease',
                index=models.Index(fields=['request', '-made_at'], name='releases_of_a_search'),
            ),
            migrations.AddConstraint(
                model_name='placerelease',
                constraint=models.CheckConstraint(condition=models.Q(('agreed_by__isnull', True), models.Q(models.Q(('agreed_by', models.F('made_by')), _negated=True), models.Q(('agreed_by', models.F('lawyer')), _negated=True)), _connector='OR'), name='two_people_release_a_place'),
            ),
            migrations.AddConstraint(
                model_name='placerelease',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('agreed', 'released')), _negated=True), ('agreed_by__isnull', False), _connector='OR'), name='a_released_place_was_agreed'),
            ),
            migrations.AddIndex(
                model_name='releasedplace',
                index=models.Index(fields=['owner', '-made_at'], name='places_of_a_lawyer'),
            ),
            migrations.AddIndex(
                model_name='weeklyword',
                index=models.Index(fields=['organisation', 'week_date'], name='weekly_words_by_week'),
            ),
            migrations.AddConstraint(
                model_name='weeklyword',
                constraint=models.UniqueConstraint(fields=('request',), name='one_weekly_word_a_request'),
            ),
        ]),
        *(
            GuardRows(name, part_of="request")
            for name in ("Approach", "Choice", "Letter", "WeeklyWord", "PlaceRelease")
        ),
        GuardRows("ReleasedPlace"),
    ]
