"""What changed in a vocabulary, and what was released: both are public, so neither says who."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.thesaurus.models.concepts import Concept, Scheme
from hamroh.web.ids import uuid7


class Release(models.Model):
    """A state of a vocabulary that can be named: ``difference`` to the one before is frozen, ``digest`` seals it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="releases")
    number = models.CharField(max_length=20)
    released_date = models.DateField()
    released_at = models.DateTimeField(default=timezone.now)
    notes = models.JSONField(default=dict, blank=True)
    difference = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="release_number_in_scheme")]
        indexes = [models.Index(fields=["scheme", "-released_at"], name="releases_of_a_scheme")]

    def __str__(self) -> str:
        return self.number


class ChangeKind(models.TextChoices):
    ADDED = "added", _("New concept")
    APPROVED = "approved", _("Candidate approved")
    DEPRECATED = "deprecated", _("No longer used")
    REVIVED = "revived", _("Used again")
    REPLACED = "replaced", _("Replaced by another concept")
    LABEL_ADDED = "label_added", _("Label added")
    LABEL_REMOVED = "label_removed", _("Label taken away")
    RELATION_ADDED = "relation_added", _("Relation added")
    RELATION_REMOVED = "relation_removed", _("Relation taken away")
    NOTE_ADDED = "note_added", _("Note added")
    NOTE_REMOVED = "note_removed", _("Note taken away")
    MAPPING_ADDED = "mapping_added", _("Match added")
    MAPPING_REMOVED = "mapping_removed", _("Match taken away")
    GROUP_ADDED = "group_added", _("Put into a group")
    GROUP_REMOVED = "group_removed", _("Taken out of a group")
    NOTATION = "notation", _("Notation changed")


class Change(models.Model):
    """One thing that ``scheme`` says of ``concept`` from now on, or no longer; rows are never edited.

    ``detail`` is the kind of label, relation, note or match; ``text`` the label, note, address or group; ``other`` the
    concept at the far end. ``release`` is the first one that holds the change.
    """

    id = models.BigAutoField(primary_key=True)
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="changes")
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=16, choices=ChangeKind.choices)
    lang = models.CharField(max_length=35, blank=True)
    detail = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=400, blank=True)
    other = models.ForeignKey(Concept, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes")

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "kind", "-changed_at"], name="changes_by_kind"),
            models.Index(fields=["scheme", "-changed_at"], name="changes_of_a_scheme"),
            models.Index(fields=["concept", "-changed_at"], name="changes_of_a_concept"),
            models.Index(fields=["scheme", "release"], name="changes_of_a_release"),
        ]
