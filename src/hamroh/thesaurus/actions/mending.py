"""Mends of what the checks find, where one click can do no harm."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hamroh.kernel.vocabulary_checks import Mend, tidied
from hamroh.thesaurus.actions.editing import edit_label, remove_label
from hamroh.thesaurus.actions.relating import remove_relation
from hamroh.thesaurus.actions.writing import EditRefused, require_keeper
from hamroh.thesaurus.models import BROADER_KINDS, Concept, Label, Relation, RelationKind, Scheme


@transaction.atomic
def mend(*, actor: Any, scheme: Scheme, concept: Concept, how: str, ref: str = "", other: str = "") -> None:
    """Do what a finding offers: drop a label or a relation that says nothing, or make its spaces plain."""
    require_keeper(actor, scheme)
    if how in (Mend.DROP_LABEL, Mend.TIDY):
        _mend_label(actor, scheme, concept, how, ref)
    elif how in (Mend.DROP_BROADER, Mend.UNRELATE):
        kinds = BROADER_KINDS if how == Mend.DROP_BROADER else (RelationKind.RELATED,)
        rows = Relation.objects.filter(source=concept, target__key=other, kind__in=kinds, scheme=scheme)
        for row in rows.select_related("target"):
            remove_relation(actor=actor, layer=scheme, concept=concept, other=row.target, kind=row.kind)
    else:
        raise EditRefused(_("This cannot be mended by itself. Open the concept."))


def _mend_label(actor: Any, scheme: Scheme, concept: Concept, how: str, ref: str) -> None:
    label = Label.objects.filter(pk=ref, concept=concept, scheme=scheme).select_related("scheme", "concept").first()
    if label is None:
        return
    if how == Mend.DROP_LABEL:
        remove_label(actor=actor, label=label)
    else:
        edit_label(
            actor=actor,
            label=label,
            text=tidied(label.text),
            certainty=label.certainty,
            source=label.source,
            outdated=label.outdated,
        )
