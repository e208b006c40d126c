from django.db import migrations

from hamroh.accounts.rowsecurity import GuardRows


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_access")]
    operations = [GuardRows("BreakGlass")]
