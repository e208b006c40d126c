"""What every edit by hand needs: the right to the layer, the lock, the log, the journal and the index."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.thesaurus.actions.changes import log_change
from hamroh.thesaurus.actions.imports import index_labels
from hamroh.thesaurus.actions.indexing import index_concepts
from hamroh.thesaurus.models import Change, Concept, Label, Scheme
from hamroh.thesaurus.selectors.drafts import chain
from hamroh.vault import journal


class EditRefused(ValueError):
    """The change would break the vocabulary; the message says how."""


class EditedMeanwhile(Exception):
    """Somebody edited the concept after it was opened; ``concept`` is as it stands now, and nothing was written."""

    def __init__(self, concept: Concept) -> None:
        self.concept = concept
        super().__init__("edited meanwhile")

    def since(self, seen: int) -> list[Change]:
        """What changed since, as far as the log tells it, the newest first."""
        number = max(self.concept.revision - seen, 1)
        rows = Change.objects.filter(concept=self.concept).select_related("other", "scheme")
        return list(rows.order_by("-pk")[: min(number, 10)])


def require_keeper(actor: Any, layer: Scheme, verb: str = "thesaurus.edit") -> None:
    """Only an editor of the vocabulary's keeper; without a keeper it changes by import alone."""
    policy.require(actor, verb, layer)
    if layer.maintainer_id is None:
        raise EditRefused(_("A base vocabulary is changed only by importing a new version. Add to a layer over it."))


def begin(actor: Any, layer: Scheme, concept: Concept, seen: int | None = None) -> Concept:
    """The concept as stored and held until the transaction ends; refuses who may not, other vocabularies, stale forms."""
    require_keeper(actor, layer)
    refuse_elsewhere(concept, layer)
    stored = Concept.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=concept.pk)
    if seen is not None and stored.revision != seen:
        raise EditedMeanwhile(stored)
    return stored


def finish(
    actor: Any,
    layer: Scheme,
    concept: Concept,
    verb: str,
    kind: str,
    *,
    facts: dict[str, Any] | None = None,
    **said: Any,
) -> None:
    """Log, journal and index one change; ``said`` are the columns of the log."""
    log_change(layer, concept, kind, **said)
    journal.record(actor=actor, verb=f"thesaurus.{verb}", about=concept, facts={"layer": layer.code, **(facts or {})})
    index_concepts([concept])


def refuse_elsewhere(concept: Concept, layer: Scheme) -> None:
    if concept.scheme_id not in {scheme.pk for scheme in chain(layer)}:
        raise EditRefused(_("This layer does not lie on the vocabulary of that concept."))


def refuse_foreign(concept: Concept, layer: Scheme) -> None:
    """Whether a concept is in use, and its notation, is said by its own vocabulary alone."""
    if concept.scheme_id != layer.pk:
        raise EditRefused(_("Only the vocabulary that has the concept says this of it."))


def save_labels(labels: Iterable[Label]) -> list[Label]:
    """New labels with the keys they are found by."""
    saved = Label.objects.bulk_create(list(labels))
    index_labels((label.pk, label.lang, label.text) for label in saved)
    return saved
