"""Names of concepts, a row each, and the keys they are found by."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hamroh.kernel import vocabulary
from hamroh.thesaurus.models.concepts import Concept, Scheme
from hamroh.web.ids import uuid7


class LabelKind(models.TextChoices):
    PREFERRED = "pref", _("Preferred")
    ALTERNATIVE = "alt", _("Also called")
    HIDDEN = "hidden", _("Found by")


class Label(models.Model):
    """A name of a concept in one language; ``certainty`` C is shown as still to be verified.

    ``scheme`` is the one that gives it: the concept's own, or a layer over it, as with a national label of a base concept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="labels")
    lang = models.CharField(max_length=35, blank=True)
    kind = models.CharField(max_length=6, choices=LabelKind.choices)
    text = models.CharField(max_length=400)
    folded = models.CharField(max_length=vocabulary.FOLDED_LENGTH)
    sort_key = models.CharField(max_length=vocabulary.SORT_KEY_LENGTH)
    initial = models.CharField(max_length=4)
    certainty = models.CharField(max_length=1, blank=True)
    source = models.CharField(max_length=300, blank=True)
    #: why it is no longer said so; empty for a label in use
    outdated = models.CharField(max_length=300, blank=True, default="", db_default="")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "scheme", "lang"], condition=Q(kind="pref"), name="one_preferred_label_in_scheme"
            ),
        ]
        indexes = [
            # a list of the alphabet is counted and turned over by the index alone
            models.Index(fields=["scheme", "lang", "initial", "sort_key", "kind", "concept"], name="label_letters"),
            models.Index(fields=["folded"], name="label_folded", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def of(
        cls, concept: Concept, lang: str, text: str, kind: str = LabelKind.PREFERRED, *, scheme: Scheme | None = None
    ) -> "Label":
        """A label that is not saved yet, with its folded form, sort key and initial; of the concept's own scheme by default."""
        home = scheme.pk if scheme else concept.scheme_id
        return cls(concept=concept, scheme_id=home, lang=lang, kind=kind, text=text, **vocabulary.spelling(text, lang))


class LabelKey(models.Model):
    """A form under which a label is recognised inside a query: its folded words, or their folded stems."""

    id = models.BigAutoField(primary_key=True)
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=vocabulary.KEY_LENGTH, db_index=True)


class LabelStart(models.Model):
    """The beginning of a label from its word number ``place`` on, for search as you type.

    ``start`` is hexadecimal, so that a range of it means a prefix in every collation.
    """

    id = models.BigAutoField(primary_key=True)
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="starts")
    start = models.CharField(max_length=vocabulary.START_LENGTH)
    place = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["start"], name="label_starts")]
