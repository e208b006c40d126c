"""Somebody is sent on: the referral as its case keeps it, and the copies that the other organisation reads."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.models.case import OfCase
from hamroh.cases.models.safety import Consent, Official
from hamroh.cases.states import ReferralLife
from hamroh.vault import fields
from hamroh.web.codes import new_code


class Urgency(models.TextChoices):
    NOW = "now", pgettext_lazy("urgency", "Today")
    SOON = "soon", pgettext_lazy("urgency", "Within the week")
    LATER = "later", pgettext_lazy("urgency", "It can wait")


class Referral(OfCase):
    """One referral of a case: to an organisation that works with Hamroh, to a service that has no account, or to an official.

    A transfer (``is_transfer``) hands the case itself over: once they open theirs, ours comes to rest, and who worked on it reads it for
    ``reads_on`` more days.

    ``facts``: ``envelope`` (``age``, ``district``, ``need``, ``urgency``, ``until``), ``chosen`` (what they get once they accept) and
    ``payload`` (that, as it stood when it was put together; how she is reached is taken from the file when it is handed over).
    """

    to_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    to_service = models.ForeignKey("directory.Service", null=True, on_delete=models.PROTECT, related_name="+")
    is_transfer = models.BooleanField(default=False)
    reads_on = models.PositiveSmallIntegerField(default=0)
    official = models.CharField(max_length=10, choices=Official.choices, blank=True)
    #: what both sides call it; the code of the case stays with the case
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=ReferralLife.choices(), default=ReferralLife.initial)
    urgency = models.CharField(max_length=5, choices=Urgency.choices)
    #: the last day on which it may be accepted
    until_date = models.DateField()
    facts = fields.SealedJSON(label="cases.referral.facts")
    answer = fields.SealedText(label="cases.referral.answer", null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    #: when everything was handed over
    accepted_at = models.DateTimeField(null=True)
    #: when they opened a file of their own
    opened_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-made_at"], name="referrals_of_a_case"),
            models.Index(fields=["organisation", "state", "until_date"], name="referrals_by_state"),
        ]

    def __str__(self) -> str:
        return f"referral {self.code}"


class Received(fields.SealedModel):
    """A referral as the other organisation has it: its own row, under its own key.

    The envelope is copied in at sending, the payload at acceptance; both are emptied when nobody there needs them any more. Bare ids
    name what stands in other organisations' rows (``referral_id``) and the case that was opened from it (``became_id``).
    """

    guarded = Guarded(organisation="organisation_id", owner="owner_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    referral_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=12, unique=True)
    is_transfer = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ReferralLife.choices())
    urgency = models.CharField(max_length=5, choices=Urgency.choices)
    until_date = models.DateField()
    envelope = fields.SealedJSON(label="cases.received.envelope", null=True)
    payload = fields.SealedJSON(label="cases.received.payload", null=True)
    answer = fields.SealedText(label="cases.received.answer", null=True)
    #: who accepted it
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    became_id = models.UUIDField(null=True)
    came_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "-came_at"], name="received_by_state"),
            models.Index(fields=["organisation", "settled_at"], name="received_by_end"),
        ]

    def __str__(self) -> str:
        return f"referral {self.code}"
