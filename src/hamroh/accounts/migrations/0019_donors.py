from django.db import migrations, models

ROLES = [('administrator', 'Administrator'), ('supervisor', 'Supervisor'), ('lawyer', 'Lawyer'), ('psychologist', 'Psychologist'), ('social_worker', 'Social worker'), ('tracing_officer', 'Tracing officer'), ('facilitator', 'Group facilitator'), ('monitor', 'Monitor'), ('editor', 'Editor'), ('analyst', 'Analyst'), ('programme_manager', 'Programme manager'), ('duty_officer', 'Duty officer'), ('auditor', 'Auditor'), ('partner_guest', 'Guest from a partner'), ('donor', 'Donor')]


class Migration(migrations.Migration):
    """Donors are given tables that left; no column changes."""

    dependencies = [("accounts", "0018_recovery_papers")]

    operations = [
        migrations.AlterField(
            model_name="link", name="role", field=models.CharField(blank=True, choices=ROLES, max_length=30)
        ),
        migrations.AlterField(model_name="membership", name="role", field=models.CharField(choices=ROLES, max_length=30)),
    ]
