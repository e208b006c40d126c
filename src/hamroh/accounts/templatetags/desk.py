"""Tags for the pages of rooms at the desk."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import BreakGlass, Organisation
from hamroh.accounts.policy.facts import facts_of
from hamroh.accounts.selectors.looking import BROKEN, EMERGENCY, HOURS, LENT
from hamroh.accounts.zones import zone_of

register = template.Library()


@register.inclusion_tag("accounts/emergency_banner.html", takes_context=True)
def emergency_banner(context: Any, record: Any) -> dict[str, Any]:
    """Says on a record's page that it is open in an emergency, until when; nothing where it is not."""
    request, facts = context["request"], facts_of(record)
    glass = None
    if facts is not None and facts.ref in policy.standing(request.user).opened:
        rows = BreakGlass.objects.filter(user=request.user, record_kind=facts.ref[0], record_id=facts.ref[1])
        glass = rows.filter(ends_at__gt=timezone.now()).select_related("organisation").first()
    zone = zone_of(glass.organisation) if glass else None
    return {"request": request, "until": glass.ends_at.astimezone(zone) if glass else None}


@register.simple_tag
def mark(name: str) -> tuple[str, str]:
    """Kind of state and words for what is unusual about a look."""
    said = {
        EMERGENCY: ("risk", _("opened in an emergency")),
        BROKEN: ("risk", _("what is stored did not fit its seal")),
        LENT: ("care", _("lent to another organisation")),
        HOURS: ("care", _("outside working hours")),
    }
    return said[name]


@register.filter
def organisation_name(organisation: Organisation) -> str:
    """The name in the reader's language, the code where there is none."""
    from hamroh.web.templatetags.hamroh import plain_text

    return plain_text(organisation.names) or organisation.code
