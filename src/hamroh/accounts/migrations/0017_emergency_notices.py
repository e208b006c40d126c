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
    ("word", "There is word of somebody who is missed"),
    ("letter", "A letter waits to be read before it goes"),
    ("partner", "There is news of an agreement with a partner"),
    ("reply", "A partner has answered about somebody who is missed"),
    ("fishing", "Searches with a partner’s requests have to be looked at"),
    ("came", "Somebody was referred to us"),
    ("answered", "There is news of a referral"),
    ("guessed", "Wrong codes were tried at a link of ours: it is dead"),
    ("moved", "A day of a case was counted anew"),
    ("round", "You are asked to review a country profile"),
    ("remark", "There is a comment on a country profile of ours"),
    ("settled", "A comment of yours was answered"),
    ("duty", "A task in an emergency was given to you"),
    ("overdue", "A task in an emergency is late"),
    ("sign", "An alert waits for a signature"),
]


class Migration(migrations.Migration):
    """Who has a task in an emergency is told of it, who leads that it is late, and who may sign that an alert waits."""

    dependencies = [("accounts", "0016_review_notices")]
    operations = [migrations.AlterField("notice", "about", models.CharField(choices=_ABOUT, max_length=12))]
