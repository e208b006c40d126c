from django.db import migrations

from hamroh.accounts.rowsecurity import GuardRows


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_referral_notices"), ("vault", "0005_released_figures")]
    operations = [GuardRows("vault.Population"), GuardRows("vault.FiguresRelease")]
