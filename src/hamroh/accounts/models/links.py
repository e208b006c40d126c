"""Links that open one door once: invitations, a new password, a new second factor."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models.people import Organisation, Role, User
from hamroh.web.ids import uuid7


class LinkKind(models.TextChoices):
    INVITATION = "invitation", _("Invitation")
    PASSWORD = "password", pgettext_lazy("door", "New password")
    SECOND_FACTOR = "second_factor", _("New second factor")


class LinkQuerySet(models.QuerySet["Link"]):
    def open(self) -> "LinkQuerySet":
        return self.filter(used_at__isnull=True, expires_at__gt=timezone.now()).exclude(digest="")


class Link(models.Model):
    """A link that works once and for a short time; only the hash of its secret part is kept.

    A second factor is reset by two people: the row is made without a digest when the first one asks, and gets its
    link when the second one agrees.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    digest = models.CharField(max_length=64, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="links")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="links")
    #: what the invited person will be
    for_whom = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=30, choices=Role.choices, blank=True)
    area = models.JSONField(default=list, blank=True)
    role_expires_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="link_is_unique"),
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(role=""), name="link_is_for_somebody"),
        ]

    @property
    def waits_for_a_second_person(self) -> bool:
        return not self.digest and self.used_at is None

    @property
    def maintainer_id(self) -> UUID | None:
        return self.organisation_id
