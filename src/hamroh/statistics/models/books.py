"""Books of facts, one for a quarter, and tables that somebody asks for again."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.vault import fields
from hamroh.web.ids import uuid7


class BookState(models.TextChoices):
    OPEN = "open", pgettext_lazy("book of facts", "Open")
    CLOSED = "closed", pgettext_lazy("book of facts", "Closed")


class Book(fields.SealedModel):
    """The facts of one source in one quarter (``2026-q1``): columns of categories, and whose they are; both sealed.

    A closed one stands: only who is erased leaves it, and ``taken_out`` counts them.
    """

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20)
    quarter = models.CharField(max_length=7)
    state = models.CharField(max_length=6, choices=BookState.choices, default=BookState.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    taken_out = models.PositiveIntegerField(default=0)
    block = fields.SealedBytes(label="statistics.book.block")
    records = fields.SealedBytes(label="statistics.book.records")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "source", "quarter"], name="one_book_for_a_quarter")
        ]

    def __str__(self) -> str:
        return f"book {self.source} {self.quarter}"


class KeptTable(models.Model):
    """A table that somebody asks for again: which one, in codes; nobody types a title, so that none names a person."""

    guarded = Guarded(organisation="organisation_id")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="kept_tables_of_a_house")]
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="a_table_is_kept_once")]

    def __str__(self) -> str:
        return f"table {str(self.pk)[:8]}"
