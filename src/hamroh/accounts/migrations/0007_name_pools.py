from django.db import migrations

from hamroh.accounts.rowsecurity import GuardRows


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_own_key_notices"), ("vault", "0004_name_pools")]
    operations = [GuardRows("vault.NamePool"), GuardRows("vault.PoolEntry")]
