"""The tables of HSDS 3.0 as we write them, and the Hamroh profile: the fields that we add and why.

Names and types follow the specification (Open Referral, CC BY-SA 4.0); the words are ours.
"""

from dataclasses import dataclass
from typing import Any

VERSION = "3.0"
NAME = "hamroh"


@dataclass(frozen=True)
class Column:
    """``kind`` is a type of Table Schema; ``refers`` names the resource whose ``id`` it holds."""

    name: str
    kind: str
    required: bool = False
    refers: str = ""
    added: str = ""

    def field(self) -> dict[str, Any]:
        kind, _, form = self.kind.partition("/")
        rules = {"required": self.required, "unique": self.name == "id"}
        told = {"name": self.name, "type": kind, "constraints": rules}
        return told | ({"format": form} if form else {}) | ({"description": self.added} if self.added else {})


@dataclass(frozen=True)
class Resource:
    name: str
    path: str
    columns: tuple[Column, ...]

    def descriptor(self) -> dict[str, Any]:
        keys = [
            {"fields": column.name, "reference": {"resource": column.refers, "fields": "id"}}
            for column in self.columns
            if column.refers
        ]
        schema = {"primaryKey": "id", "fields": [column.field() for column in self.columns]}
        told = {"name": self.name, "path": self.path, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        return told | {"profile": "tabular-data-resource", "schema": schema | ({"foreignKeys": keys} if keys else {})}


ADDED: dict[str, dict[str, tuple[str, str]]] = {
    "organization": {
        "kind": (
            "string",
            "What the party is: state_agency, registered_ngo, unregistered_group, rights_lawyer and so on.",
        ),
        "verified_on": ("date", "The day a person last checked the entry; absent: nobody has."),
        "next_review": ("date", "The day by which it is to be checked again."),
        "names": ("object", "The name in every language that is known, by ISO 639 code."),
        "sources": ("array", "Where the entry comes from: title, locator, as_of."),
        "printed_contacts": ("array", "E-mail and web addresses as a source printed them, never checked."),
    },
    "service": {
        "verified_on": (
            "date",
            "The day a person last checked the entry; absent: nobody has. The same as assured_date.",
        ),
        "next_review": ("date", "The day by which it is to be checked again."),
        "crisis": ("boolean", "Help in danger, at once."),
        "secret_place": (
            "boolean",
            "It has a place whose whereabouts are kept nowhere in this system: call its number.",
        ),
        "when_calling": ("string", "What one can say when calling."),
        "do_not": ("string", "What one had better not do."),
        "traits": ("array", "Short facts such as women_only, no_name_needed, comes_to_villages."),
        "names": ("object", "The name in every language that is known, by ISO 639 code."),
        "sources": ("array", "Where the entry comes from: title, locator, as_of."),
        "capacities": ("array", "service_capacity as in HSDS 3.1; never of a service with a secret place."),
    },
    "location": {
        "confidentiality": (
            "string",
            "public; area_only (only the district is told); phone_first (the address is told by phone).",
        ),
        "mobile": ("boolean", "A consultation that comes to this place."),
        "unit": ("string", "The key of the administrative unit, see /api/v1/places."),
        "printed": ("string", "The source that printed it, where nobody has checked."),
    },
    "phone": {
        "safe_to_call": ("string", "yes: they first ask whether you can talk; no: others may answer; unknown."),
        "dialable": ("boolean", "False: kept as a source printed it; do not call."),
        "printed": ("string", "The source that printed it, where nobody has checked."),
    },
    "schedule": {"unit": ("string", "The key of the administrative unit that a mobile consultation visits.")},
    "service_area": {"unit": ("string", "The key of the administrative unit, with everything beneath it.")},
    "taxonomy": {"licence": ("string", "The licence of the vocabulary.")},
}

_TABLES = {
    "organization": "organizations: name! alternate_name description! email/email website/uri tax_status tax_id "
    "year_incorporated:number legal_status logo uri/uri parent_organization_id/uuid",
    "service": "services: organization_id/uuid!>organization name! alternate_name description url/uri email/email status! "
    "application_process fees_description eligibility_description minimum_age:number maximum_age:number "
    "assured_date:date alert last_modified:datetime",
    "location": "locations: location_type! url/uri organization_id/uuid>organization name alternate_name description "
    "transportation latitude:number longitude:number",
    "service_at_location": "service_at_location: service_id/uuid!>service location_id/uuid!>location description",
    "phone": "phones: location_id/uuid>location service_id/uuid>service organization_id/uuid>organization number! type "
    "description",
    "contact": "contacts: organization_id/uuid>organization name title",
    "address": "addresses: location_id/uuid>location address_1! city! state_province! postal_code country! address_type!",
    "schedule": "schedules: service_id/uuid>service location_id/uuid>location valid_from:date valid_to:date dtstart:date "
    "timezone:number until:date count:number freq interval:number byday description opens_at closes_at notes",
    "service_area": "service_areas: service_id/uuid>service name description",
    "required_document": "required_documents: service_id/uuid>service document",
    "language": "languages: service_id/uuid>service phone_id/uuid>phone name code",
    "accessibility": "accessibility: location_id/uuid>location description",
    "attribute": "attributes: link_id/uuid! taxonomy_term_id/uuid!>taxonomy_term link_entity!",
    "taxonomy_term": "taxonomy_terms: code name! description! parent_id/uuid taxonomy language "
    "taxonomy_id/uuid>taxonomy term_uri/uri",
    "taxonomy": "taxonomies: name! description! uri/uri version",
    "cost_option": "cost_options: service_id/uuid!>service option amount:number amount_description",
    "organization_identifier": "organization_identifiers: organization_id/uuid!>organization identifier_scheme "
    "identifier_type! identifier!",
    "meta_table_description": "meta_table_descriptions: name language character_set",
}


def _column(text: str) -> Column:
    text, _, refers = text.partition(">")
    required = text.endswith("!")
    name, _, kind = text.rstrip("!").partition(":")
    name, _, form = name.partition("/")
    return Column(name, kind or f"string/{form}".rstrip("/"), required, refers)


def _resource(name: str, text: str) -> Resource:
    path, _, columns = text.partition(":")
    added = (Column(each, kind, added=why) for each, (kind, why) in ADDED.get(name, {}).items() if kind not in NESTED)
    own = (Column("id", "string/uuid", required=True), *map(_column, columns.split()))
    return Resource(name, f"{path}.csv", (*own, *added))


#: what a table cannot hold
NESTED = ("array", "object")
RESOURCES = {name: _resource(name, text) for name, text in _TABLES.items()}


def document(address: str) -> dict[str, Any]:
    """The profile as a page for programs: what is added, and what is never told."""
    fields = [
        {"object": name, "name": each, "type": kind, "description": why}
        for name, added in ADDED.items()
        for each, (kind, why) in added.items()
    ]
    return {
        "name": NAME,
        "title": "Hamroh profile of HSDS",
        "uri": address,
        "extends": VERSION,
        "licence": "CC BY-SA 4.0",
        "attribution": "Human Services Data Specification: an Open Referral resource (https://openreferral.org/)",
        "fields": fields,
        "rules": list(RULES),
    }


RULES = (
    "An address is told of a public place only; of others the district, or nothing.",
    "A service with a secret place (a shelter) has no location and no capacity here; its number is to be asked.",
    "Private persons and groups without registration are listed only with their own current consent.",
    "Entries that nobody has checked have no assured_date. A phone with dialable false is as a source printed it.",
    "Postal codes are not kept: postal_code is empty; postcode and proximity are refused, unit takes their place.",
    "Texts come in the language of lang (en, az, ru, tg; else en), or in the one that its readers most likely read.",
)
