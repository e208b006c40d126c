"""HSDS JSON, ours or another's, as rows of the template: what we have no column for is left out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from hamroh.directory.exchange.codecs import meant
from hamroh.directory.exchange.rows import Row, Rows
from hamroh.directory.exchange.tables import LONGEST_CELL, MOST_ROWS, FileRefused, decoded
from hamroh.directory.models.services import Cost

Object = Mapping[str, Any]
DEEPEST = 30
#: HSDS does not say what an organization is
DEFAULT_KIND = "registered_ngo"
LISTS = {"organizations", "services"}


def is_json(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def hsds_rows(content: bytes, lang: str = "en") -> Rows:
    """Rows of organizations, their locations and phones, and services; FileRefused where it is not HSDS."""
    organizations, services = _read(content)
    reader = _Rows(lang)
    for each in (*organizations, *(service["organization"] for service in services if "organization" in service)):
        reader.organization(_object(each))
        for service in each.get("services") or ():
            reader.service(_object(service), _text(each, "id"))
    for service in services:
        reader.service(service, _text(service, "organization_id") or _text(service.get("organization") or {}, "id"))
    if not reader.rows:
        raise FileRefused(_("There is no organization and no service in the file."))
    return Rows(tuple(reader.rows.values()))


def _read(content: bytes) -> tuple[list[Object], list[Object]]:
    try:
        document = json.loads(decoded(content))
    except (json.JSONDecodeError, RecursionError):
        raise FileRefused(_("The file is not JSON. Export it again.")) from None
    if isinstance(document, list):
        document = {"contents": document}
    if not isinstance(document, dict):
        raise FileRefused(_not_hsds())
    found = [_object(each) for each in _list(document.get("contents"))]
    services = [each for each in found if "status" in each]
    organizations = [each for each in found if "status" not in each]
    return (
        organizations + [_object(each) for each in _list(document.get("organizations"))],
        services + [_object(each) for each in _list(document.get("services"))],
    )


class _Rows:
    """Gathers rows, each once by its sheet and key."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.rows: dict[tuple[str, str], Row] = {}

    def add(self, sheet: str, key: str, cells: dict[str, str]) -> None:
        if len(self.rows) >= MOST_ROWS or any(len(cell) > LONGEST_CELL for cell in cells.values()):
            raise FileRefused(
                _("The file holds more than %(most)s records, or a text that is too long.") % {"most": MOST_ROWS}
            )
        kept = {name: cell for name, cell in cells.items() if cell}
        row = self.rows.setdefault((sheet, key), Row(sheet, len(self.rows) + 1, {}))
        row.cells.update(kept)

    def organization(self, each: Object) -> None:
        party = _key(each)
        cells = {
            "key": party,
            "kind": _text(each, "kind") or DEFAULT_KIND,
            **self._texts("name", each, "names"),
            f"description_{self.lang}": _unless(each, "description", _text(each, "name")),
            "email": _text(each, "email"),
            "web": _text(each, "website"),
            "founded": _text(each, "year_incorporated"),
        }
        self.add("parties", party, cells)
        for location in _list(each.get("locations")):
            self.location(_object(location), party)
        for phone in _list(each.get("phones")):
            self.phone(_object(phone), {"party": party})

    def service(self, each: Object, organization: str) -> None:
        service, party = _key(each), f"hsds:{organization}"
        places = [
            _object(place.get("location") or {}) for place in map(_object, _list(each.get("service_at_locations")))
        ]
        for place in places:
            if place:
                self.location(place, party)
        cells = {
            "key": service,
            "party": party,
            **self._texts("name", each, "names"),
            f"description_{self.lang}": _text(each, "description"),
            f"eligibility_{self.lang}": _text(each, "eligibility_description"),
            f"how_to_apply_{self.lang}": _text(each, "application_process"),
            **self._cost(each),
            f"alert_{self.lang}": _text(each, "alert"),
            f"when_calling_{self.lang}": _text(each, "when_calling"),
            f"do_not_{self.lang}": _text(each, "do_not"),
            "minimum_age": _text(each, "minimum_age"),
            "maximum_age": _text(each, "maximum_age"),
            "operation": _text(each, "status"),
            "crisis": _yes(each, "crisis"),
            "secret_place": _yes(each, "secret_place"),
            "traits": _joined(map(str, _list(each.get("traits")))),
            "languages": _joined(_text(_object(row), "code") for row in _list(each.get("languages"))),
            f"documents_{self.lang}": _joined(
                _text(_object(row), "document") for row in _list(each.get("required_documents"))
            ),
            "kinds": _joined(_kinds(each)),
            "areas": _joined(_text(_object(row), "unit") for row in _list(each.get("service_areas"))),
            "locations": _joined(_key(place) for place in places if place),
        }
        self.add("services", service, cells)
        for phone in _list(each.get("phones")):
            self.phone(_object(phone), {"party": party, "service": service})

    def location(self, each: Object, party: str) -> None:
        lines = next((_object(row) for row in _list(each.get("addresses"))), {})
        told = _text(each, "confidentiality")
        cells = {
            "key": _key(each),
            "party": party,
            "kind": "mobile" if each.get("mobile") is True else _text(each, "location_type"),
            "confidentiality": told or ("public" if lines else ""),
            "place": _text(each, "unit"),
            f"address_{self.lang}": ", ".join(filter(None, (_text(lines, "address_1"), _text(lines, "address_2")))),
        }
        if cells["confidentiality"] in ("public", ""):
            cells |= {
                f"name_{self.lang}": _own_name(each),
                f"directions_{self.lang}": _text(each, "transportation"),
            }
        self.add("locations", _key(each), cells)
        for phone in _list(each.get("phones")):
            self.phone(_object(phone), {"party": party, "location": _key(each)})

    def phone(self, each: Object, links: dict[str, str]) -> None:
        """A number; one that reaches nobody and that no source printed is of a demonstration and stays there."""
        if each.get("dialable") is False and not each.get("printed"):
            return
        cells = links | {
            "number": _text(each, "number"),
            "kind": {"voice": "", "fax": "fax", "text": "text"}.get(_text(each, "type"), ""),
            "languages": _joined(_text(_object(row), "code") for row in _list(each.get("languages"))),
            "safe_to_call": _text(each, "safe_to_call"),
            "printed": _text(each, "printed"),
        }
        self.add("phones", "/".join((*links.values(), cells["number"])), cells)

    def _cost(self, each: Object) -> dict[str, str]:
        """What it costs, where an option says so in our words; else the text about fees."""
        option = next(map(_object, _list(each.get("cost_options"))), {})
        cost = meant(Cost, _text(option, "option")) or ("free" if option.get("amount") == 0 else "")
        note = _text(option, "amount_description") if cost else _text(each, "fees_description")
        return {"cost": cost, f"cost_note_{self.lang}": note}

    def _texts(self, column: str, each: Object, every: str) -> dict[str, str]:
        """The texts by language where our profile gives them, else the one text."""
        known = each.get(every)
        if isinstance(known, dict) and known:
            return {f"{column}_{lang}": str(text) for lang, text in known.items()}
        return {f"{column}_{self.lang}": _text(each, column)}


def _kinds(service: Object) -> Iterator[str]:
    for attribute in _list(service.get("attributes")):
        term = _object(_object(attribute).get("taxonomy_term") or {})
        if found := _text(term, "term_uri") or _text(term, "name"):
            yield found


def _key(each: Object) -> str:
    """The key of a record from outside; an export of ours finds its own record again by the id in it."""
    return f"hsds:{_text(each, 'id')}"


def _own_name(location: Object) -> str:
    """The name of a place, unless it is only the unit that it lies in."""
    of_unit = _text(location, "unit") and _text(location, "description").partition(",")[0] == _text(location, "name")
    return "" if of_unit else _text(location, "name")


def _text(each: Object, name: str) -> str:
    value = each.get(name)
    if isinstance(value, (dict, list)):
        raise FileRefused(_not_hsds())
    return "" if value is None else str(value).strip()


def _unless(each: Object, name: str, same: str) -> str:
    """The text, unless it only repeats another."""
    found = _text(each, name)
    return "" if found == same else found


def _yes(each: Object, name: str) -> str:
    return "yes" if each.get(name) is True else ""


def _joined(texts: Iterable[str]) -> str:
    return " | ".join(filter(None, texts))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise FileRefused(_not_hsds())
    return value


def _object(value: Any) -> Object:
    if not isinstance(value, dict):
        raise FileRefused(_not_hsds())
    return value


def _not_hsds() -> str:
    return _("This JSON does not follow HSDS: a list or an object stands where something else belongs.")
