"""The link by which a service without an account reads a referral: its own row, of which nothing opens it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.cases.models.referrals import Referral
from hamroh.web.ids import uuid7


class LinkEnd(models.TextChoices):
    """Why a link opens nothing any more before its last day."""

    SETTLED = "settled", pgettext_lazy("link", "The referral ended")
    REPLACED = "replaced", pgettext_lazy("link", "A newer one was made")
    GUESSED = "guessed", pgettext_lazy("link", "Wrong codes were tried")


class ReferralLink(models.Model):
    """One link of a referral. It names the organisation whose rows are opened for it, since nobody signs in who uses it.

    ``digest`` is the hash of the link's secret, ``code_digest`` that of the code told by voice (argon2id); neither secret is kept.
    ``wrong`` counts the codes that were tried in vain, whatever code there was.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    #: the last day on which it opens anything, by the clock of who made it
    until_date = models.DateField()
    code_digest = models.CharField(max_length=128, blank=True)
    code_until = models.DateTimeField(null=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    #: when the envelope was read first, and when everything was opened
    seen_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=LinkEnd.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["referral", "-made_at"], name="links_of_a_referral")]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at__isnull=True), name="one_open_link_of_a_referral"
            )
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"
