from django.db import migrations, models

_ABOUT = [
    ("glass", "A record of yours was opened in an emergency"),
    ("review", "An emergency opening waits for your review"),
    ("let_go", "A record of yours is to be erased"),
    ("due", "Records wait to be let go or kept"),
    ("key", "Your own key was made"),
    ("lock", "Your own key can be opened in a new way"),
]


class Migration(migrations.Migration):
    """Two more things that somebody is told of: her own key was made, and there is a new way to open it."""

    dependencies = [("accounts", "0005_retention")]
    operations = [migrations.AlterField("notice", "about", models.CharField(choices=_ABOUT, max_length=12))]
