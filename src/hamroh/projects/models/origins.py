"""Whence a project came that somebody else published."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.projects.models.projects import Project
from hamroh.web.ids import uuid7


class Origin(models.Model):
    """The file that a project came from: its number there, who published it, the digest of the file, and what it said.

    ``told`` is what the file said last, so that a newer one shows what it changes.
    """

    guarded = Guarded(part_of="project")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="origin")
    identifier = models.CharField(max_length=200)
    publisher_ref = models.CharField(max_length=120, blank=True)
    publisher_names = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    told = models.JSONField(default=dict)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "identifier"], name="an_origin_comes_once")]

    def __str__(self) -> str:
        return f"origin {self.pk}"
