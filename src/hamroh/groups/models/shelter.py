"""A place where somebody can stay: it opens for the members of its own key alone, and nothing of it stands in the clear."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.vault import fields


class ShelterPlace(fields.SealedModel):
    """A room with somebody, and who stayed there. No group, district or number stands beside it: nobody but its members learns that there is one.

    ``facts``: ``host`` (her alias), ``capacity``, ``where``, ``group`` (a code), ``words``. ``stays`` lists ``{"key", "referral",
    "people", "from", "until", "words"}``, the newest first; ``referral`` is the code of a referral of a case.
    """

    guarded = Guarded(organisation="organisation_id", owner="owner_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    #: the Monday of the week in which it was given up
    ended_week = models.DateField(null=True)
    facts = fields.SealedJSON(label="groups.shelter_place.facts", data_class="S4")
    stays = fields.SealedJSON(label="groups.shelter_place.stays", data_class="S4")

    class Meta:
        indexes = [models.Index(fields=["organisation", "ended_week"], name="shelter_by_end")]

    def __str__(self) -> str:
        return f"place {str(self.pk)[:8]}"

    @property
    def ref(self) -> tuple[str, str]:
        """Under which the vault keeps its key."""
        return self._meta.label_lower, str(self.pk)
