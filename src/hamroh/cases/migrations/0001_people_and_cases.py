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

    initial = True

    dependencies = [
        ('accounts', '0007_name_pools'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Case',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('team', models.CharField(blank=True, max_length=40)),
                    ('area', models.CharField(blank=True, max_length=200)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('status', models.CharField(choices=[('draft', 'Begun'), ('intake', 'Intake'), ('assessed', 'Assessed'), ('planned', 'Planned'), ('active', 'Under way'), ('on_hold', 'On hold'), ('closing', 'Waits for approval to close'), ('closed', 'Closed'), ('reopened', 'Reopened')], default='draft', max_length=12)),
                    ('country', models.CharField(max_length=2)),
                    ('risk', models.CharField(choices=[('unknown', 'Not asked yet'), ('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], default='unknown', max_length=8)),
                    ('channel', models.CharField(choices=[('visit', 'She came to us'), ('phone', 'By telephone'), ('village', 'A day in the village'), ('group', 'Through her group'), ('referral', 'Sent by another organisation'), ('message', 'By a message')], max_length=12)),
                    ('opened_week', models.DateField()),
                    ('closed_week', models.DateField(blank=True, null=True)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('story', hamroh.vault.fields.SealedText(data_class='S3', label='cases.case.story', null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Household',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='cases.household.facts')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Matter',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('kind', models.CharField(choices=[('alimony', 'Alimony'), ('paternity', 'Paternity'), ('divorce', 'Divorce'), ('missing', 'Husband declared missing'), ('dead', 'Husband declared dead'), ('residence', 'Her place in the house'), ('division', 'Division of property'), ('debt', 'Husband’s loan'), ('protection', 'Protection from violence'), ('support', 'State support'), ('documents', 'Documents'), ('early_marriage', 'Early or forced marriage')], max_length=16)),
                    ('country', models.CharField(max_length=2)),
                    ('stage', models.CharField(max_length=40)),
                    ('opened_date', models.DateField()),
                    ('ended_date', models.DateField(blank=True, null=True)),
                    ('result', models.CharField(blank=True, max_length=20)),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='cases.matter.facts', null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('part', models.CharField(choices=[('client', 'Client'), ('child', 'Child'), ('husband', 'Husband'), ('father', 'Father of a child'), ('in_law', 'In-law'), ('second_wife', 'Second wife'), ('relative', 'Relative of hers'), ('guardian', 'Guardian'), ('witness', 'Witness'), ('creditor', 'Creditor'), ('other', 'Somebody else')], max_length=12)),
                    ('side', models.CharField(choices=[('hers', 'On her side'), ('against', 'Against her'), ('neither', 'On neither side')], default='neither', max_length=8)),
                    ('name', hamroh.vault.fields.SealedText(data_class='S3', label='cases.person.name')),
                    ('names', hamroh.vault.fields.SealedJSON(data_class='S3', label='cases.person.names', null=True)),
                    ('born', hamroh.vault.fields.SealedJSON(data_class='S3', label='cases.person.born', null=True)),
                    ('phone', hamroh.vault.fields.SealedText(data_class='S3', label='cases.person.phone', null=True)),
                    ('phone_index', hamroh.vault.fields.BlindIndex(label='cases.person.phone_index', of='phone', rule='phone_tail')),
                    ('document', hamroh.vault.fields.SealedText(data_class='S3', label='cases.person.document', null=True)),
                    ('document_index', hamroh.vault.fields.BlindIndex(label='cases.person.document_index', of='document', rule='document_exact')),
                    ('places', hamroh.vault.fields.SealedJSON(data_class='S3', label='cases.person.places', null=True)),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='cases.person.facts', null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('purpose', models.CharField(choices=[('service', 'That we work on her case and keep its file'), ('share', 'That one organisation learns what it needs'), ('official', 'That the police, the mahalla or a religious leader is asked'), ('tracing', 'That somebody is looked for'), ('statistics', 'That she is counted, without her name'), ('story', 'That her story is told'), ('photo', 'That a picture is used')], max_length=12)),
                    ('answer', models.CharField(choices=[('given', 'Given'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], max_length=10)),
                    ('way', models.CharField(choices=[('signature', 'By her signature'), ('voice', 'By her word'), ('witness', 'By a mark before a witness')], max_length=10)),
                    ('text_version', models.CharField(max_length=20)),
                    ('text_digest', models.CharField(max_length=64)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='cases.consent.words', null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('until_date', models.DateField(null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to_organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.person')),
                ],
            ),
            migrations.CreateModel(
                name='Relationship',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='cases.relationship.facts')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relationships', to='cases.person')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.person')),
                ],
            ),
            migrations.CreateModel(
                name='SafeContact',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('way', models.CharField(choices=[('call', 'A call'), ('sms', 'An SMS'), ('messenger', 'A message in an app'), ('email', 'An e-mail'), ('person', 'Through somebody she trusts'), ('visit', 'A visit')], max_length=10)),
                    ('is_safe', models.BooleanField(default=True)),
                    ('value', hamroh.vault.fields.SealedText(data_class='S3', label='cases.safe_contact.value', null=True)),
                    ('terms', hamroh.vault.fields.SealedJSON(data_class='S3', label='cases.safe_contact.terms')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('until_date', models.DateField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Whereabouts',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('address', hamroh.vault.fields.SealedText(data_class='S4', label='cases.whereabouts.address', null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='whereabouts', to='cases.person')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddIndex(
                model_name='case',
                index=models.Index(fields=['organisation', 'status', '-changed_at'], name='cases_by_state'),
            ),
            migrations.AddIndex(
                model_name='case',
                index=models.Index(fields=['organisation', 'owner', '-changed_at'], name='cases_of_a_worker'),
            ),
            migrations.AddIndex(
                model_name='case',
                index=models.Index(fields=['organisation', 'risk', '-changed_at'], name='cases_by_risk'),
            ),
            migrations.AddIndex(
                model_name='case',
                index=models.Index(fields=['organisation', 'closed_week'], name='cases_by_closure'),
            ),
            migrations.AddConstraint(
                model_name='case',
                constraint=models.CheckConstraint(condition=models.Q(('closed_week__isnull', True), ('closed_week__gte', models.F('opened_week')), _connector='OR'), name='case_closes_after_it_opens'),
            ),
            migrations.AddConstraint(
                model_name='household',
                constraint=models.UniqueConstraint(fields=('case',), name='one_household_in_a_case'),
            ),
            migrations.AddIndex(
                model_name='matter',
                index=models.Index(fields=['case', 'ended_date'], name='matters_of_a_case'),
            ),
            migrations.AddIndex(
                model_name='person',
                index=models.Index(fields=['case', 'part'], name='people_of_a_case'),
            ),
            migrations.AddConstraint(
                model_name='person',
                constraint=models.UniqueConstraint(condition=models.Q(('part', 'client')), fields=('case',), name='one_client_in_a_case'),
            ),
            migrations.AddIndex(
                model_name='consent',
                index=models.Index(fields=['case', 'purpose', '-made_at'], name='consents_of_a_case'),
            ),
            migrations.AddIndex(
                model_name='relationship',
                index=models.Index(fields=['case'], name='relationships_of_a_case'),
            ),
            migrations.AddConstraint(
                model_name='relationship',
                constraint=models.UniqueConstraint(fields=('first', 'second'), name='two_people_are_related_once'),
            ),
            migrations.AddConstraint(
                model_name='relationship',
                constraint=models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='related_to_somebody_else'),
            ),
            migrations.AddIndex(
                model_name='safecontact',
                index=models.Index(fields=['case', 'ended_at', 'until_date'], name='contacts_of_a_case'),
            ),
        ]),
        GuardRows("Case"),
        *(
            GuardRows(name, part_of="case")
            for name in ("Person", "Whereabouts", "Relationship", "Household", "Consent", "SafeContact", "Matter")
        ),
    ]
