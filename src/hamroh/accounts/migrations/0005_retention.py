from django.db import migrations, models

from hamroh.accounts.rowsecurity import GuardRows

_ABOUT = [
    ("glass", "A record of yours was opened in an emergency"),
    ("review", "An emergency opening waits for your review"),
    ("let_go", "A record of yours is to be erased"),
    ("due", "Records wait to be let go or kept"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_tasks"), ("vault", "0003_retention")]
    operations = [
        migrations.AlterField("notice", "about", models.CharField(choices=_ABOUT, max_length=12)),
        GuardRows("vault.RetentionPeriod"),
        GuardRows("vault.Hold"),
        GuardRows("vault.Release"),
        GuardRows("vault.ReleaseLine"),
        GuardRows("vault.RetentionCount"),
    ]
