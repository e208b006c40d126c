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
    ("likely", "Somebody who is missed may have been met"),
    ("guard", "A request to look for somebody waits for protection"),
]


class Migration(migrations.Migration):
    """Who searches is told of candidates, who protects of requests that are not searched."""

    dependencies = [("accounts", "0009_two_files_notice")]
    operations = [migrations.AlterField("notice", "about", models.CharField(choices=_ABOUT, max_length=12))]
