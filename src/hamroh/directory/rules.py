"""Rules that protect people: who may be named, whose address may stand here, which numbers may be dialled."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from hamroh.directory import phones
from hamroh.directory.facts import ChannelFacts, LocationFacts, PartyFacts, PhoneFacts, Problem, Texts
from hamroh.directory.models import Channel, Location
from hamroh.directory.models.parties import INSTITUTION_KINDS, PERSON_KINDS
from hamroh.directory.models.services import Confidentiality
from hamroh.thesaurus.models import ConceptAncestor

#: the concept for a place of hiding; everything narrower counts too
SHELTER_KEYS = ("hm0152",)
#: a consent is asked again at least this often
LONGEST_CONSENT_DAYS = 731
_WEB = URLValidator(schemes=["http", "https"])
_ADDRESSES = (Channel.Kind.WEB, Channel.Kind.FACEBOOK, Channel.Kind.INSTAGRAM)


def problems_of_party(facts: PartyFacts) -> Iterator[Problem]:
    """What no party may say of itself, whoever writes it."""
    if not any(text.strip() for text in facts.names.values()):
        yield Problem("names", _("Give at least one name."))
    for place, location in enumerate(facts.locations):
        yield from problems_of_location(f"locations.{place}", location, of_person=facts.kind in PERSON_KINDS)
    for place, officer in enumerate(facts.officers):
        if officer.public_office and facts.kind not in INSTITUTION_KINDS:
            yield Problem(
                f"officers.{place}.public_office",
                _(
                    "Only officials of institutions hold a public office. Heads of other bodies are named with their consent."
                ),
            )
    for place, channel in enumerate(facts.channels):
        yield from problems_of_channel(f"channels.{place}", channel)


def problems_of_location(field: str, location: LocationFacts, *, of_person: bool) -> Iterator[Problem]:
    """Lines of an address only where the place is public, and never at a person's: it may be a home."""
    if not has_lines(location.address, location.directions):
        return
    if of_person:
        yield Problem(f"{field}.address", _("People are listed without an address. Leave only the district."))
    elif location.confidentiality != Confidentiality.PUBLIC:
        yield Problem(
            f"{field}.address",
            _("Only a public place carries an address. Remove the address, or say that the place is public."),
        )


def problems_of_channel(field: str, channel: ChannelFacts) -> Iterator[Problem]:
    """Addresses that can be written to or opened; printed ones are kept as they were printed."""
    if channel.printed:
        return
    try:
        if channel.kind == Channel.Kind.EMAIL:
            validate_email(channel.value.strip())
        elif channel.kind in _ADDRESSES:
            _WEB(channel.value.strip())
    except ValidationError:
        yield Problem(
            f"{field}.value", _("Write an e-mail as name@example.org and a web address with https:// before it.")
        )


def dialled(facts: PhoneFacts, country: str) -> tuple[str, bool]:
    """The number as it is stored, and whether it may be dialled; raises NumberRefused."""
    if facts.printed:
        return facts.number.strip(), False
    if not facts.invented:
        return phones.normalise(facts.number, country), True
    if not settings.IS_DEMO or not phones.is_undialable(facts.number, country):
        raise phones.NumberRefused
    return facts.number.strip(), False


def has_lines(*texts: Texts) -> bool:
    return any(text.strip() for each in texts for text in each.values())


def is_shelter(concept_ids: Iterable[object]) -> bool:
    """Whether one of the concepts is a shelter or something narrower."""
    return ConceptAncestor.objects.filter(concept__in=list(concept_ids), ancestor__key__in=SHELTER_KEYS).exists()


def tells_where(location: Location) -> bool:
    """Whether a place says more than its district; its own name may tell too ("house by the mill")."""
    return has_lines(location.address, location.directions, location.names, location.accessibility)


def shelter_advice() -> str:
    return _("A shelter is never linked to an address. Remove the place and say only that there is a secret place.")


def number_advice(facts: PhoneFacts) -> str:
    """What to do about a number that cannot stand as it is."""
    if facts.invented:
        return _(
            "An invented number stands only in a demonstration and must reach nobody. Write the code of the country and too few digits."
        )
    return _("This is not a number that can be dialled. Write it with the code of the country, such as +992.")
