"""Records that open for the members of their own key alone (S4): where somebody is, and that somebody was found to be trafficked."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.cases.models.case import Case
from hamroh.cases.models.people import Person
from hamroh.vault import fields


class Keyed(fields.SealedModel):
    """A record beside a case under a key of its own. Nobody but its members learns that there is one, not even who works on the case.

    So several may stand beside each other, of different people who write them down; each is its writer's until she lets others in.
    """

    guarded = Guarded(organisation="organisation_id", owner="owner_id", team="team", area="area")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    #: those of its case when it was written
    team = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def ref(self) -> tuple[str, str]:
        """Under which the vault keeps its key."""
        return self._meta.label_lower, str(self.pk)


class Whereabouts(Keyed):
    """Where somebody of a case can be found. ``facts``: ``since``, ``words``, and ``earlier`` places, the newest first.

    An earlier place is ``{"address", "since", "until", "safe"}``: ``safe`` answers whether it may still be used (``actions.contact``).
    """

    address = fields.SealedText(label="cases.whereabouts.address", data_class="S4", null=True)
    facts = fields.SealedJSON(label="cases.whereabouts.facts", data_class="S4", null=True)


class Identification(Keyed):
    """Somebody was identified as trafficked. ``facts``: ``by`` (whom), ``on`` (the day), ``as`` (a code of ``As``), ``grounds``, ``words``."""

    facts = fields.SealedJSON(label="cases.identification.facts", data_class="S4")
