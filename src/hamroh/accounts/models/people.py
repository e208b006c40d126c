"""Users, the organisations they work for, and what they may do there."""

from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.web.ids import uuid7


class Organisation(models.Model):
    """A tenant: an organisation that works with Hamroh. Its public face is an entry of the directory."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    country = models.CharField(max_length=2)
    zone = models.CharField(max_length=40, default="UTC")

    def __str__(self) -> str:
        return self.code

    @property
    def maintainer_id(self) -> UUID:
        """It keeps its own record."""
        return self.id


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    display_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="en")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    def __str__(self) -> str:
        return self.display_name or self.username


class Role(models.TextChoices):
    """What a person is in an organisation; each room's rules say what a role may do."""

    ADMINISTRATOR = "administrator", _("Administrator")
    SUPERVISOR = "supervisor", _("Supervisor")
    LAWYER = "lawyer", _("Lawyer")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    TRACING_OFFICER = "tracing_officer", _("Tracing officer")
    FACILITATOR = "facilitator", _("Group facilitator")
    MONITOR = "monitor", _("Monitor")
    EDITOR = "editor", _("Editor")
    ANALYST = "analyst", _("Analyst")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    DUTY_OFFICER = "duty_officer", _("Duty officer")
    AUDITOR = "auditor", _("Auditor")
    PARTNER_GUEST = "partner_guest", _("Guest from a partner")
    DONOR = "donor", _("Donor")


#: who works with one woman's case
CASE_WORKERS = frozenset({Role.LAWYER, Role.PSYCHOLOGIST, Role.SOCIAL_WORKER})
#: whose work shows them personal or locating data (S3, S4): the one place that says so
SEES_SEALED = CASE_WORKERS | {
    Role.SUPERVISOR, Role.TRACING_OFFICER, Role.FACILITATOR, Role.MONITOR, Role.DUTY_OFFICER, Role.PARTNER_GUEST,
}  # fmt: skip
#: these hold the keys to the others' accounts or read who looked at what: they prove themselves twice, too
NEEDS_SECOND_FACTOR = SEES_SEALED | {Role.ADMINISTRATOR, Role.AUDITOR}


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Begun, not expired, of an account that is open."""
        now = timezone.now()
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), starts_at__lte=now, user__is_active=True)


class Membership(models.Model):
    """A role that a user holds in an organisation from a moment on, until it expires.

    ``area`` limits it to admin units by their keys, with all beneath them, ``team`` to a team; empty means everywhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    area = models.JSONField(default=list, blank=True)
    team = models.CharField(max_length=40, blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="role_is_held_once"),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=models.F("starts_at")),
                name="role_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    @property
    def maintainer_id(self) -> UUID:
        return self.organisation_id

    @property
    def has_ended(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()
