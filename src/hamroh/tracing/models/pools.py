"""Pools: people who were met elsewhere, as somebody wrote them down, each under the rule that it came with."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.tracing.states import ImportLife
from hamroh.vault import fields
from hamroh.web.codes import new_code

#: days that a lent list is kept unless less was agreed, and the longest that anything is
LENT_DAYS, MOST_DAYS = 90, 365


class Origin(models.TextChoices):
    """Where a list comes from. There is none for a shelter: whoever hides there is in no pool."""

    DIASPORA = "diaspora", pgettext_lazy("origin", "Met by a diaspora group")
    HOSPITAL = "hospital", pgettext_lazy("origin", "In a hospital")
    REQUESTS = "requests", pgettext_lazy("origin", "Sought by another organisation")
    REGISTER = "register", pgettext_lazy("origin", "A register that was lent")
    DETENTION = "detention", pgettext_lazy("origin", "A list of the police or a place of detention")
    OWN = "own", pgettext_lazy("origin", "Met by ourselves")


class Basis(models.TextChoices):
    CONSENT = "consent", pgettext_lazy("basis", "The people on it agreed")
    VITAL = "vital", pgettext_lazy("basis", "Their life depends on it, and they cannot be asked")


class Pool(fields.SealedModel):
    """A list of people, whose it is, on what ground it may be searched, and until when. ``facts``: ``from``, ``contact``, ``terms``."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    name = fields.SealedText(label="tracing.pool.name")
    facts = fields.SealedJSON(label="tracing.pool.facts", null=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    #: asked of whoever makes one; a yes is refused, and nothing is stored
    of_a_shelter = models.BooleanField(default=False)
    is_lent = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    until_date = models.DateField()
    ended_date = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "ended_date"], name="pools_by_end"),
            models.Index(fields=["ended_date", "until_date"], name="pools_that_expire"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(of_a_shelter=False), name="a_shelter_is_never_a_pool"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="pools_have_a_known_origin"),
            models.CheckConstraint(
                condition=Q(basis="consent") | Q(basis="vital", origin="hospital"), name="only_a_hospital_asks_nobody"
            ),
        ]

    def __str__(self) -> str:
        return f"pool {self.code}"


class OfPool(fields.SealedModel):
    """A row of a pool: whoever may do something to the pool may do it to the row."""

    guarded = Guarded(part_of="pool")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def sealed_under(self) -> tuple[str, str]:
        return "tracing.pool", str(self.pool_id)


class PoolImport(OfPool):
    """A file for a pool, from the hand-over on. Its rows lie sealed in the vault and go once they are taken in or thrown away.

    ``facts``: ``header``, ``mapping`` (our field: number of the column), ``counts``, ``faults`` (``[row, code]``).
    """

    state = models.CharField(max_length=8, choices=ImportLife.choices(), default=ImportLife.initial)
    #: the sealed file of its rows, a bare id of the vault's; empty once it is gone
    file_id = models.UUIDField(null=True)
    facts = fields.SealedJSON(label="tracing.pool_import.facts", null=True)
    rows = models.PositiveIntegerField(default=0)
    #: rows that were looked at, and of these taken in
    done = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["pool", "-made_at"], name="imports_of_a_pool"),
            models.Index(fields=["state", "made_at"], name="imports_that_wait"),
        ]


class Gone(models.TextChoices):
    """Why a record is a tombstone."""

    WITHDRAWN = "withdrawn", pgettext_lazy("gone", "Taken back")
    EXPIRED = "expired", pgettext_lazy("gone", "Its time was over")


def standing(rows: Any) -> Any:
    """Those of some records that are there: neither taken off nor past their day."""
    return rows.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), gone_at=None)


class PoolRecord(OfPool):
    """Somebody as a list has them. Once it is gone, nothing but its id and its days is left.

    The shapes of ``names`` and ``born`` are those of a request; ``place`` is where he is from, ``note`` whatever else the list says.
    """

    name = fields.SealedText(label="tracing.pool_record.name", null=True)
    names = fields.SealedJSON(label="tracing.pool_record.names", null=True)
    born = fields.SealedJSON(label="tracing.pool_record.born", null=True)
    sex = fields.SealedText(label="tracing.pool_record.sex", null=True)
    place = fields.SealedText(label="tracing.pool_record.place", null=True)
    phone = fields.SealedText(label="tracing.pool_record.phone", null=True)
    phone_index = fields.BlindIndex(of="phone", rule="phone_tail", label="tracing.pool_record.phone_index")
    note = fields.SealedText(label="tracing.pool_record.note", null=True)
    #: name and home as a repository elsewhere parts them, by the fields of its format: handed on again they are as they came
    parts = fields.SealedJSON(label="tracing.pool_record.parts", null=True)
    #: what he agreed to when he was written down, and by what sign; empty where nobody could ask him
    consent = fields.SealedJSON(label="tracing.pool_record.consent", null=True)
    #: from which file and which line of it
    batch = models.ForeignKey(PoolImport, null=True, on_delete=models.SET_NULL, related_name="+")
    origin_line = models.PositiveIntegerField(null=True)
    #: what a repository elsewhere calls it, when that was told there, and when it ends there; a tombstone keeps these
    foreign_id = fields.SealedText(label="tracing.pool_record.foreign_id", null=True)
    foreign_index = fields.BlindIndex(of="foreign_id", rule="exact", label="tracing.pool_record.foreign_index")
    source_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)
    gone_why = models.CharField(max_length=10, choices=Gone.choices, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["pool", "gone_at", "-made_at"], name="records_of_a_pool"),
            models.Index(fields=["batch", "gone_at"], name="records_of_an_import"),
            models.Index(fields=["gone_at", "expires_at"], name="records_that_expire"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(gone_at__isnull=False) | Q(name__isnull=False), name="a_record_has_a_name_or_is_gone"
            ),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True)
                | Q(
                    name__isnull=True, names__isnull=True, born__isnull=True, sex__isnull=True, place__isnull=True,
                    phone__isnull=True, phone_index__isnull=True, note__isnull=True, parts__isnull=True, consent__isnull=True,
                ),
                name="a_tombstone_holds_nothing",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"pool record {str(self.pk)[:8]}"
