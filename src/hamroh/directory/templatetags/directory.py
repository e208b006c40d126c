"""Entries of the public directory in words."""

import datetime as dt

from django import template
from django.utils.translation import gettext as _

from hamroh.directory import phones
from hamroh.directory.models import Location, Party, PartyRelation, Phone
from hamroh.directory.models.entries import Entry
from hamroh.directory.models.services import Confidentiality
from hamroh.web.templatetags.hamroh import capital

register = template.Library()

#: how a relation reads from the other end
_SEEN_FROM_THE_TARGET = {
    PartyRelation.Kind.MEMBER_OF: lambda: _("Members"),
    PartyRelation.Kind.PART_OF: lambda: _("Parts"),
    PartyRelation.Kind.FUNDS: lambda: _("Funded by"),
    PartyRelation.Kind.HOSTS: lambda: _("Hosted by"),
    PartyRelation.Kind.PARTNER: lambda: _("Partner of"),
    PartyRelation.Kind.TRAINS: lambda: _("Trained by"),
}


@register.filter
def spoken(phone: Phone) -> str:
    """The number with the spaces of its country; a printed one as it was printed."""
    return phones.spoken(phone.number)


@register.filter
def says(relation: PartyRelation, seen_from: Party) -> str:
    """What the other party of a relation is to this one."""
    kind = PartyRelation.Kind(relation.kind)
    return capital(str(kind.label)) if relation.source_id == seen_from.pk else _SEEN_FROM_THE_TARGET[kind]()


@register.filter
def is_told(location: Location) -> bool:
    """Whether more than the district of a place may be shown."""
    return location.confidentiality == Confidentiality.PUBLIC


@register.filter
def is_overdue(entry: Entry, today: dt.date) -> bool:
    return entry.is_overdue(today)


@register.filter
def other_names(party: Party, lang: str) -> list[tuple[str, str]]:
    """Its names in the languages that the reader did not ask for, as (language, name)."""
    shown = party.names.get(lang)
    return [(code, name) for code, name in sorted(party.names.items()) if name != shown]
