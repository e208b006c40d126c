"""Lists that filled forms add to and later forms ask from: households to come back to, schools, groups."""

from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.fieldwork.models.submissions import Submission
from hamroh.vault import fields
from hamroh.web.codes import new_code
from hamroh.web.ids import uuid7


class EntityList(models.Model):
    """One list of an organisation, by the name that its forms call it."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField(max_length=120)
    #: what its rows carry, in the order in which it was first said
    columns = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="a_list_of_a_house")]

    def __str__(self) -> str:
        return self.name


class Entity(fields.SealedModel):
    """A row of a list as it stands. ``conflicts``: two devices changed it without knowing of each other."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    of_list = models.ForeignKey(EntityList, on_delete=models.CASCADE, related_name="rows")
    entity_id = models.CharField(max_length=120)
    label = fields.SealedText(label="fieldwork.entity.label")
    values = fields.SealedJSON(label="fieldwork.entity.values")
    version = models.PositiveIntegerField(default=1)
    conflicts = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of_list", "entity_id"], name="a_row_of_a_list")]

    def __str__(self) -> str:
        return f"row {self.entity_id}"


class EntityChange(fields.SealedModel):
    """What one filled form did to a row: the version that it knew (``base``), the one that it made, what it said."""

    guarded = Guarded(part_of="entity")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="changes")
    submission = models.ForeignKey(Submission, null=True, on_delete=models.SET_NULL, related_name="+")
    base = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField()
    conflicts = models.BooleanField(default=False)
    values = fields.SealedJSON(label="fieldwork.entity_change.values")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["entity", "version"], name="changes_of_a_row")]

    def __str__(self) -> str:
        return f"change {self.pk}"
