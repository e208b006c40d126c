"""Where somebody was found is told to nobody but the lawyer of a matter, on a ground that two people looked at."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.models import Matter
from hamroh.tracing.models.requests import OfRequest
from hamroh.tracing.states import ReleaseLife
from hamroh.vault import fields


class Ground(models.TextChoices):
    CONSENT = "consent", pgettext_lazy("ground", "He agreed to it")
    COURT = "court", pgettext_lazy("ground", "A court asks for it")
    ENFORCEMENT = "enforcement", pgettext_lazy("ground", "The enforcement office asks for it")


class PlaceRelease(OfRequest):
    """Somebody wishes to tell a lawyer where he is: the ground, the document, who wished it and who agreed.

    ``facts``: ``document`` (number), ``issuer``, ``on`` (its day) and ``words``. The place is not in it.
    """

    matter = models.ForeignKey(Matter, null=True, on_delete=models.SET_NULL, related_name="+")
    lawyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    state = models.CharField(max_length=10, choices=ReleaseLife.choices(), default=ReleaseLife.initial)
    facts = fields.SealedJSON(label="tracing.place_release.facts")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["request", "-made_at"], name="releases_of_a_search")]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | (~Q(agreed_by=F("made_by")) & ~Q(agreed_by=F("lawyer"))),
                name="two_people_release_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "released")) | Q(agreed_by__isnull=False),
                name="a_released_place_was_agreed",
            ),
        ]


class ReleasedPlace(fields.SealedModel):
    """Where he is, under a key that opens to the lawyer alone: neither who wrote it down nor the installation reads it again."""

    guarded = Guarded(organisation="organisation_id", owner="owner_id", team="team", area="area")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    release = models.OneToOneField(PlaceRelease, on_delete=models.CASCADE, related_name="+")
    #: the lawyer
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    #: those of the case when it was written
    team = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    address = fields.SealedText(label="tracing.released_place.address", data_class="S4")
    #: ground, document and issuer once more, and whatever the lawyer must know
    facts = fields.SealedJSON(label="tracing.released_place.facts", data_class="S4", null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-made_at"], name="places_of_a_lawyer")]

    @property
    def ref(self) -> tuple[str, str]:
        """Under which the vault keeps its key."""
        return self._meta.label_lower, str(self.pk)
