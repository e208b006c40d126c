"""Devices that fetch forms and send what was filled, and the keys to which they seal it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.vault import fields
from hamroh.web.codes import new_code


class DeviceKind(models.TextChoices):
    COLLECT = "collect", pgettext_lazy("device", "An app that speaks OpenRosa")
    BROWSER = "browser", pgettext_lazy("device", "A browser")


class Device(fields.SealedModel):
    """A telephone, a tablet or a browser in somebody's hands: it may fetch forms and send, and nothing else.

    ``secret`` is what digest access asks for (the hash of name, realm and password, as RFC 7616 calls HA1), ``token_hash`` the SHA-256 of a
    token that stands in its address; of neither can the password or the token be read back.
    """

    guarded = Guarded(organisation="organisation_id", owner="holder_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=8, choices=DeviceKind.choices, default=DeviceKind.COLLECT)
    label = models.CharField(max_length=60, blank=True)
    secret = fields.SealedText(label="fieldwork.device.secret", null=True)
    token_hash = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="a_token_of_one_device"),
        ]
        indexes = [models.Index(fields=["organisation", "-made_at"], name="devices_of_a_house")]

    def __str__(self) -> str:
        return f"device {self.code}"


class FormKey(fields.SealedModel):
    """A pair of RSA keys: devices seal filled forms to the public one. The private one lies sealed here, or with the organisation alone."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    #: the public key as DER in base64, as forms carry it
    public = models.TextField()
    private = fields.SealedBytes(label="fieldwork.form_key.private", null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="form_keys_of_a_house")]

    def __str__(self) -> str:
        return f"form key {self.code}"
