"""Ways to look at the list of cases that somebody comes back to."""

from django.conf import settings
from django.db import models

from hamroh.accounts.models import Organisation
from hamroh.web.ids import uuid7


class SavedFilter(models.Model):
    """Codes of states and risks, and yes or no: nothing that anybody typed, so that it names nobody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: the query of the address, in one order: ``risk=high&whose=mine``
    query = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "query"], name="a_filter_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"filter {str(self.pk)[:8]}"
