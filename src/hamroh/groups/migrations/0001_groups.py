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
    """Groups and what belongs to them, and places where somebody can stay."""

    initial = True

    dependencies = [
        ('accounts', '0017_emergency_notices'),
        ('directory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Group',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('code', models.CharField(default=hamroh.web.codes.new_code, editable=False, max_length=12, unique=True)),
                    ('kind', models.CharField(choices=[('mutual_aid', 'Mutual-aid group'), ('savings', 'Savings group'), ('mahalla', 'Mahalla committee'), ('council', 'Public council'), ('other', 'Another group')], max_length=12)),
                    ('names', models.JSONField(default=dict)),
                    ('area', models.CharField(blank=True, max_length=200)),
                    ('facilitators', models.CharField(blank=True, max_length=400)),
                    ('state', models.CharField(choices=[('forming', 'Gathering'), ('active', 'Meets'), ('resting', 'Rests'), ('closed', 'Closed')], default='forming', max_length=8)),
                    ('founded_date', models.CharField(blank=True, max_length=10)),
                    ('closed_date', models.DateField(null=True)),
                    ('is_invented', models.BooleanField(default=False)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.group.facts', null=True)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.adminunit')),
                ],
            ),
            migrations.CreateModel(
                name='Facilitating',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('from_date', models.DateField()),
                    ('until_date', models.DateField(null=True)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                ],
            ),
            migrations.CreateModel(
                name='CommunityHelp',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('kind', models.CharField(choices=[('house', 'Her house is kept for her'), ('protection', 'Protection from violence'), ('talk', 'A word with the family'), ('land', 'Land is lent'), ('greenhouse', 'A greenhouse is lent'), ('work', 'Work is found'), ('debt', 'A debt is cancelled or put off'), ('papers', 'Papers are put right'), ('child', 'A place for a child'), ('health', 'Treatment'), ('goods', 'Food, clothes, fuel'), ('legal', 'Advice of a lawyer'), ('other', 'Another help')], max_length=12)),
                    ('helper', models.CharField(choices=[('police', 'A police officer'), ('mahalla', 'The mahalla committee'), ('council', 'A council'), ('religious', 'A religious leader'), ('farmer', 'A farmer'), ('business', 'A business'), ('school', 'A school'), ('doctor', 'A doctor or nurse'), ('lawyer', 'A lawyer'), ('group', 'The group itself'), ('organisation', 'Another organisation'), ('other', 'Somebody else')], max_length=12)),
                    ('state', models.CharField(choices=[('asked', 'Asked for'), ('promised', 'Promised'), ('given', 'Given'), ('refused', 'Refused'), ('dropped', 'Not needed any more')], default='asked', max_length=8)),
                    ('asked_date', models.DateField()),
                    ('settled_date', models.DateField(null=True)),
                    ('referral_ref', models.UUIDField(null=True)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='groups.community_help.words', null=True)),
                    ('outcome', hamroh.vault.fields.SealedText(data_class='S3', label='groups.community_help.outcome', null=True)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                ],
            ),
            migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('title', models.CharField(max_length=160)),
                    ('funder_name', models.CharField(blank=True, max_length=160)),
                    ('state', models.CharField(choices=[('drafted', 'Being written'), ('sent', 'Sent'), ('granted', 'Granted'), ('refused', 'Refused'), ('reported', 'Reported on'), ('dropped', 'Given up')], default='drafted', max_length=8)),
                    ('asked', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                    ('granted', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('deadline_date', models.DateField(null=True)),
                    ('sent_date', models.DateField(null=True)),
                    ('answered_date', models.DateField(null=True)),
                    ('report_date', models.DateField(null=True)),
                    ('reported_date', models.DateField(null=True)),
                    ('reminded_date', models.DateField(null=True)),
                    ('words', hamroh.vault.fields.SealedText(data_class='S3', label='groups.application.words', null=True)),
                    ('funder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                ],
            ),
            migrations.CreateModel(
                name='Member',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('alias', hamroh.vault.fields.SealedText(data_class='S3', label='groups.member.alias', null=True)),
                    ('sex', models.CharField(blank=True, choices=[('f', 'Woman'), ('m', 'Man')], max_length=1)),
                    ('age_band', models.CharField(blank=True, choices=[('0_17', 'Under 18'), ('18_29', '18 to 29'), ('30_44', '30 to 44'), ('45_59', '45 to 59'), ('60', '60 and more')], max_length=5)),
                    ('joined_date', models.DateField(null=True)),
                    ('left_date', models.DateField(null=True)),
                    ('alias_erased_at', models.DateTimeField(null=True)),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='MemberRole',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('role', models.CharField(choices=[('chair', 'Chairs the group'), ('counsellor', 'Peer counsellor'), ('treasurer', 'Treasurer'), ('key_holder', 'Keeps a key of the box'), ('secretary', 'Writes the book'), ('mahalla', 'Of the mahalla committee'), ('religious', 'Religious leader'), ('police', 'Police officer'), ('teacher', 'Teacher'), ('health', 'Nurse or doctor'), ('lawyer', 'Lawyer'), ('farmer', 'Farmer'), ('other', 'Something else')], max_length=12)),
                    ('from_date', models.DateField()),
                    ('until_date', models.DateField(null=True)),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='groups.member')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Memorandum',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('partner_name', models.CharField(blank=True, max_length=160)),
                    ('partner_kind', models.CharField(choices=[('council', 'Community council'), ('order', 'Public council for order'), ('mahalla', 'Mahalla committee'), ('institute', 'Institute or school'), ('authority', 'State office'), ('other', 'Another partner')], max_length=10)),
                    ('state', models.CharField(choices=[('draft', 'Talked over'), ('signed', 'Signed'), ('renewed', 'Renewed by another one'), ('ended', 'Ended')], default='draft', max_length=8)),
                    ('signed_date', models.CharField(blank=True, max_length=10)),
                    ('no_date', models.CharField(blank=True, choices=[('not_printed', 'The source prints no date'), ('not_asked', 'Nobody has asked yet'), ('not_known', 'Nobody knows it any more')], max_length=12)),
                    ('from_date', models.DateField(null=True)),
                    ('until_date', models.DateField(null=True)),
                    ('review_date', models.DateField(null=True)),
                    ('ended_date', models.DateField(null=True)),
                    ('source', models.CharField(blank=True, max_length=200)),
                    ('file_id', models.UUIDField(null=True)),
                    ('reminded_date', models.DateField(null=True)),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                    ('renews', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='groups.memorandum')),
                ],
            ),
            migrations.CreateModel(
                name='Obligation',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('side', models.CharField(choices=[('ours', 'The group'), ('theirs', 'The partner')], max_length=6)),
                    ('words', models.CharField(max_length=200)),
                    ('due_date', models.DateField(null=True)),
                    ('done_date', models.DateField(null=True)),
                    ('dropped_date', models.DateField(null=True)),
                    ('reminded_date', models.DateField(null=True)),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('memorandum', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='obligations', to='groups.memorandum')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='PeerSession',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('week_date', models.DateField()),
                    ('minutes', models.PositiveSmallIntegerField()),
                    ('came', models.PositiveSmallIntegerField()),
                    ('themes', models.JSONField(default=list)),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='ShelterPlace',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_week', models.DateField(null=True)),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S4', label='groups.shelter_place.facts')),
                    ('stays', hamroh.vault.fields.SealedJSON(data_class='S4', label='groups.shelter_place.stays')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Support',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('kind', models.CharField(choices=[('seed', 'Seed'), ('fertiliser', 'Fertiliser'), ('greenhouse', 'Greenhouse'), ('tools', 'Tools'), ('livestock', 'Livestock'), ('land', 'Use of land'), ('sewing', 'Sewing machine'), ('cash', 'Money'), ('other', 'Something else')], max_length=12)),
                    ('terms', models.CharField(choices=[('gift', 'A gift'), ('use', 'Lent to use'), ('loan', 'A loan to pay back'), ('share', 'For a share of the profit')], max_length=6)),
                    ('on_date', models.CharField(blank=True, max_length=10)),
                    ('settled_date', models.DateField(null=True)),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.support.facts', null=True)),
                    ('giver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.party')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.member')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Repayment',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('on_date', models.DateField()),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.repayment.facts')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('support', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='repayments', to='groups.support')),
                ],
            ),
            migrations.CreateModel(
                name='Visit',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('row_seal', hamroh.vault.fields.RowSeal(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('on_date', models.DateField()),
                    ('facts', hamroh.vault.fields.SealedJSON(data_class='S3', label='groups.visit.facts')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('support', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='groups.support')),
                ],
            ),
            migrations.AddIndex(
                model_name='group',
                index=models.Index(fields=['organisation', 'state', 'code'], name='groups_of_a_house'),
            ),
            migrations.AddIndex(
                model_name='group',
                index=models.Index(fields=['organisation', 'closed_date'], name='groups_by_end'),
            ),
            migrations.AddConstraint(
                model_name='group',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_date__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_date__isnull', True)), _connector='OR'), name='a_group_closes_on_a_day'),
            ),
            migrations.AddIndex(
                model_name='facilitating',
                index=models.Index(fields=['group', 'until_date', 'from_date'], name='who_ran_a_group'),
            ),
            migrations.AddConstraint(
                model_name='facilitating',
                constraint=models.UniqueConstraint(condition=models.Q(('until_date__isnull', True)), fields=('group', 'person'), name='a_person_runs_a_group_once'),
            ),
            migrations.AddConstraint(
                model_name='facilitating',
                constraint=models.CheckConstraint(condition=models.Q(('until_date__isnull', True), ('until_date__gte', models.F('from_date')), _connector='OR'), name='running_ends_after_it_begins'),
            ),
            migrations.AddIndex(
                model_name='communityhelp',
                index=models.Index(fields=['group', 'state', '-asked_date'], name='help_asked_by_a_group'),
            ),
            migrations.AddIndex(
                model_name='communityhelp',
                index=models.Index(fields=['organisation', 'referral_ref'], name='help_of_a_referral'),
            ),
            migrations.AddIndex(
                model_name='application',
                index=models.Index(fields=['group', 'state', 'deadline_date'], name='applications_of_a_group'),
            ),
            migrations.AddIndex(
                model_name='application',
                index=models.Index(fields=['state', 'deadline_date', 'report_date'], name='applications_by_day'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(('funder__isnull', False), models.Q(('funder_name', ''), _negated=True), _connector='OR'), name='an_application_has_a_funder'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked__isnull', True), ('granted__isnull', True)), models.Q(('currency', ''), _negated=True), _connector='OR'), name='an_amount_has_a_currency'),
            ),
            migrations.AddIndex(
                model_name='member',
                index=models.Index(fields=['group', 'left_date', 'number'], name='members_of_a_group'),
            ),
            migrations.AddConstraint(
                model_name='member',
                constraint=models.UniqueConstraint(fields=('group', 'number'), name='a_number_is_one_member'),
            ),
            migrations.AddConstraint(
                model_name='member',
                constraint=models.CheckConstraint(condition=models.Q(('joined_date__isnull', True), ('left_date__isnull', True), ('left_date__gte', models.F('joined_date')), _connector='OR'), name='a_member_leaves_after_she_joins'),
            ),
            migrations.AddIndex(
                model_name='memberrole',
                index=models.Index(fields=['group', 'until_date'], name='roles_in_a_group'),
            ),
            migrations.AddConstraint(
                model_name='memberrole',
                constraint=models.UniqueConstraint(condition=models.Q(('until_date__isnull', True)), fields=('member', 'role'), name='a_member_has_a_role_once'),
            ),
            migrations.AddConstraint(
                model_name='memberrole',
                constraint=models.CheckConstraint(condition=models.Q(('until_date__isnull', True), ('until_date__gte', models.F('from_date')), _connector='OR'), name='a_role_ends_after_it_begins'),
            ),
            migrations.AddIndex(
                model_name='memorandum',
                index=models.Index(fields=['group', 'state', 'until_date'], name='memoranda_of_a_group'),
            ),
            migrations.AddIndex(
                model_name='memorandum',
                index=models.Index(fields=['state', 'review_date'], name='memoranda_by_review'),
            ),
            migrations.AddConstraint(
                model_name='memorandum',
                constraint=models.CheckConstraint(condition=models.Q(('party__isnull', False), models.Q(('partner_name', ''), _negated=True), _connector='OR'), name='a_memorandum_has_a_partner'),
            ),
            migrations.AddConstraint(
                model_name='memorandum',
                constraint=models.CheckConstraint(condition=models.Q(('from_date__isnull', True), ('until_date__isnull', True), ('until_date__gte', models.F('from_date')), _connector='OR'), name='a_memorandum_ends_after_it_begins'),
            ),
            migrations.AddIndex(
                model_name='obligation',
                index=models.Index(fields=['memorandum', 'side', 'due_date'], name='obligations_of_both_sides'),
            ),
            migrations.AddIndex(
                model_name='obligation',
                index=models.Index(fields=['done_date', 'due_date'], name='obligations_by_day'),
            ),
            migrations.AddIndex(
                model_name='peersession',
                index=models.Index(fields=['group', '-week_date', '-made_at'], name='peer_sessions_of_a_group'),
            ),
            migrations.AddConstraint(
                model_name='peersession',
                constraint=models.CheckConstraint(condition=models.Q(('came__gte', 1)), name='somebody_came_to_a_session'),
            ),
            migrations.AddIndex(
                model_name='shelterplace',
                index=models.Index(fields=['organisation', 'ended_week'], name='shelter_by_end'),
            ),
            migrations.AddIndex(
                model_name='support',
                index=models.Index(fields=['group', '-made_at'], name='support_of_a_group'),
            ),
            migrations.AddIndex(
                model_name='repayment',
                index=models.Index(fields=['support', 'on_date'], name='repayments_of_a_support'),
            ),
            migrations.AddIndex(
                model_name='visit',
                index=models.Index(fields=['support', 'on_date'], name='visits_of_a_support'),
            ),
        ]),
        *(GuardRows(name) for name in ("Group", "ShelterPlace")),
        *(GuardRows(name, part_of="group") for name in (
            "Facilitating", "Member", "MemberRole", "PeerSession", "Memorandum", "Obligation", "CommunityHelp", "Support", "Repayment", "Visit",
            "Application",
        )),
    ]
