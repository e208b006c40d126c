from django.db import migrations, models

_ABOUT = [
    ("glass", "A record of yours was opened in an emergency"),
    ("review", "An emergency opening waits for your review"),
    ("let_go", "A record of yours is to be erased"),
    ("due", "Records wait to be let go or kept"),
    ("key", "Your own key was made"),
    ("lock", "Your own key can be opened in a new way"),
    ("risk", "A case of high risk waits until you have looked"),
    ("urgent", "Look at this case within the hour"),
    ("files", "Somebody of this case may be in another file"),
]


class Migration(migrations.Migration):
    """A supervisor is told that somebody may be in two files."""

    dependencies = [("accounts", "0008_case_notices")]
    operations = [migrations.AlterField("notice", "about", models.CharField(choices=_ABOUT, max_length=12))]
