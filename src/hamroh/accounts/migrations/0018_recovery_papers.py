import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hamroh.accounts.models.admissions
import hamroh.web.ids
from hamroh.accounts.rowsecurity import GuardRows

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
    ("papers", "Recovery papers of your organisation were made"),
    ("admit", "Somebody waits to be let into her records again"),
    ("admitted", "Your records open again"),
]


def _to(model: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=model)


class Migration(migrations.Migration):
    """Recovery papers at the desk: who waits to be let into her records again, and who is told."""

    dependencies = [("accounts", "0017_emergency_notices")]
    operations = [
        migrations.AlterField("notice", "about", models.CharField(choices=_ABOUT, max_length=12)),
        migrations.CreateModel(
            name="Admission",
            fields=[
                (
                    "id",
                    models.UUIDField(default=hamroh.web.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("signs", models.CharField(max_length=19)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(default=hamroh.accounts.models.admissions.in_three_days)),
                ("ended_at", models.DateTimeField(null=True)),
                ("asked_by", _to(settings.AUTH_USER_MODEL)),
                ("organisation", _to("accounts.organisation")),
                ("user", _to(settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            "admission",
            models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("organisation", "user"), name="one_open_admission"
            ),
        ),
        GuardRows("Admission"),
    ]
