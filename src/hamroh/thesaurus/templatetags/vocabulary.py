"""How labels and languages are shown."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.thesaurus.models import Status
from hamroh.thesaurus.states import SuggestionStates

register = template.Library()
_OWN = dict(settings.LANGUAGES)
_PARTS: dict[str, str | Promise] = {
    "added": _("New concepts"),
    "approved": _("Candidates approved"),
    "revived": _("Used again"),
    "deprecated": _("Out of use"),
    "replaced": _("Replaced by others"),
    "moved": _("Moved in the hierarchy"),
    "labels": _("Labels changed"),
}
_USERS: dict[str, str | Promise] = {
    "party": pgettext_lazy("records", "Organisations and people"),
    "service": pgettext_lazy("records", "Services"),
    "record": pgettext_lazy("records", "Library"),
    "unit": pgettext_lazy("records", "Archive"),
    "page": pgettext_lazy("records", "Pages"),
}


@register.filter
def tongue(lang: str) -> str:
    """A language by its own name; its code where nobody told us the name, a dash for a label without one."""
    if lang in _OWN:
        return _OWN[lang]
    try:
        return str(get_language_info(lang)["name_local"]) if lang else "—"
    except KeyError:
        return lang


@register.filter
def part_name(kind: str) -> str:
    """What the lines of a part of a release have in common."""
    return str(_PARTS[kind])


@register.filter
def users_name(kind: str) -> str:
    """What records of a kind are called; the kind itself where a room did not say."""
    return str(_USERS.get(kind, kind))


@register.filter
def status_mark(status: str) -> str:
    """The mark of a concept's status."""
    return {Status.CANDIDATE: "care", Status.DEPRECATED: "none"}.get(Status(status), "done")


@register.filter
def state_name(state: str) -> Any:
    """The state of a suggestion in words."""
    return _(SuggestionStates.states[state].label)


@register.filter
def state_mark(state: str) -> str:
    return {"accepted": "done", "rejected": "risk", "withdrawn": "none"}.get(state, "now")
