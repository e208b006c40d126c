"""Old addresses lead to where a page is now."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.pages.models import Article, Forward
from hamroh.vault import journal


class CannotForward(ValueError):
    """The address is taken; the message can be shown."""


@transaction.atomic
def forward(*, actor: Any, page: Article, path: str) -> Forward:
    """From now on the old address, given without the language, leads to the page."""
    policy.require(actor, "pages.edit", page)
    plain = path.strip().strip("/")
    if not plain or Forward.objects.filter(path=plain).exists():
        raise CannotForward(_("This address leads somewhere already."))
    made = Forward.objects.create(organisation=page.organisation, path=plain, code=page.code)
    journal.record(actor=actor, verb="pages.forward", about=made, facts={"code": page.code})
    return made
