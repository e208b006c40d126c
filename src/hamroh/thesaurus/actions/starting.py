"""Starting a vocabulary of one's own: an empty layer over one that is there."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.thesaurus.actions.writing import EditRefused
from hamroh.thesaurus.models import Layer, Scheme
from hamroh.vault import journal


@transaction.atomic
def start_layer(
    *,
    actor: Any,
    organisation: Organisation,
    code: str,
    titles: Mapping[str, str],
    layer: str,
    extends: Scheme,
    licence: str = "",
    source: str = "",
) -> Scheme:
    """An empty layer, national or an organisation's own, that ``organisation`` keeps."""
    policy.require(actor, "thesaurus.edit", Scheme(maintainer=organisation))
    said = {lang: text.strip() for lang, text in titles.items() if text.strip()}
    if layer == Layer.BASE or not said:
        raise EditRefused(_("A layer needs a title. A base vocabulary comes in from a file."))
    if Scheme.objects.filter(code=code).exists():
        raise EditRefused(_("There is a vocabulary with this code already."))
    made = Scheme.objects.create(
        code=code,
        uri=f"urn:hamroh:{code}",
        titles=said,
        layer=layer,
        extends=extends,
        maintainer=organisation,
        licence=licence,
        source=source,
    )
    journal.record(actor=actor, verb="thesaurus.start_layer", about=made, facts={"code": code, "layer": layer})
    return made
