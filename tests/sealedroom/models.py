"""What the sealed room keeps."""

from django.conf import settings
from django.db import models

from hamroh.accounts.guarded import Guarded
from hamroh.kernel.states import Graph, State
from hamroh.vault import fields


class MatterLife(Graph):
    open = State("Open", initial=True)
    closed = State("Closed")
    open.then(closed)
    closed.then(open)


class Matter(fields.SealedModel):
    """Somebody's matter (S3): who she is and what happened is sealed; whose it is, its state and its week are not."""

    guarded = Guarded(organisation="organisation_id", owner="owner_id", team="team", area="area")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=MatterLife.choices(), default=MatterLife.initial)
    opened_week = models.DateField()
    closed_week = models.DateField(null=True, blank=True)
    name = fields.SealedText(label="sealedroom.matter.name")
    phone = fields.SealedText(label="sealedroom.matter.phone", null=True)
    phone_index = fields.BlindIndex(of="phone", rule="phone_tail", label="sealedroom.matter.phone_index")
    document = fields.SealedText(label="sealedroom.matter.document", null=True)
    document_index = fields.BlindIndex(of="document", rule="document_exact", label="sealedroom.matter.document_index")
    born = fields.SealedDate(label="sealedroom.matter.born", null=True)
    story = fields.SealedJSON(label="sealedroom.matter.story", null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "closed_week"], name="matters_by_closure")]

    def __str__(self) -> str:
        return f"matter {str(self.pk)[:8]}"


class Note(fields.SealedModel):
    """A note on a matter: whoever may open the matter's notes opens it."""

    guarded = Guarded(part_of="matter")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="notes")
    text = fields.SealedText(label="sealedroom.note.text")

    def sealed_under(self) -> tuple[str, str]:
        return "sealedroom.matter", str(self.matter_id)


class Shelter(fields.SealedModel):
    """A place that must not be found (S4): its address opens for its members alone."""

    guarded = Guarded(organisation="organisation_id", owner="owner_id")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    address = fields.SealedText(label="sealedroom.shelter.address", data_class="S4", null=True)
    beds = fields.SealedJSON(label="sealedroom.shelter.beds", null=True)
    left_date = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "left_date"], name="shelters_by_leaving")]
