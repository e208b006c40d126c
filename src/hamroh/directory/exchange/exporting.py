"""The directory in our own template, as CSV or XLSX: what comes out goes in again unchanged."""

import csv
import dataclasses
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from hamroh.accounts import policy
from hamroh.directory.actions import LocationFacts, PartyFacts, PhoneFacts, ServiceFacts
from hamroh.directory.exchange.cells import safe_cell
from hamroh.directory.exchange.codecs import DAY
from hamroh.directory.exchange.hsds.querysets import public_locations
from hamroh.directory.exchange.importing import Progress
from hamroh.directory.exchange.sheets import CONSENT, LOCATIONS, PARTIES, PHONES, PLACE, SERVICES, SHEETS
from hamroh.directory.models import Party, Service
from hamroh.directory.selectors import editable, party_facts, service_facts

RECORD = "record"
Cells = dict[str, str]


@dataclass(frozen=True)
class Line:
    """One row of a sheet."""

    sheet: str
    cells: Cells


def public_lines(progress: Progress | None = None) -> Iterator[Line]:
    """What everybody may know, in an order in which what is referred to comes first."""
    today = timezone.localdate()
    shown = {str(place) for place in public_locations(today).values_list("pk", flat=True)}
    parties = Party.objects.public(today)
    services = Service.objects.public(today)
    yield from _lines(parties, services, shown=shown, progress=progress)


def editors_lines(*, actor: Any, progress: Progress | None = None) -> Iterator[Line]:
    """Everything that the actor may edit, drafts and consents among it."""
    policy.require(actor, "directory.export_unpublished")
    yield from _lines(editable(Party.objects.all(), actor), editable(Service.objects.all(), actor), progress=progress)


def template_lines() -> Iterator[Line]:
    """The empty template."""
    return iter(())


def as_csv(lines: Iterable[Line]) -> Iterator[str]:
    """One table for all kinds of rows, the first column saying which; in UTF-8 with a mark, as spreadsheets want it."""
    header = (RECORD, *dict.fromkeys(name for sheet in SHEETS.values() for name in sheet.header if name not in PLACE))
    yield "\ufeff" + _csv_line(header)
    for line in lines:
        yield _csv_line([line.sheet, *(safe_cell(line.cells.get(name, "")) for name in header[1:])])


def as_xlsx(lines: Iterable[Line], file: IO[bytes]) -> None:
    """A workbook with a sheet a kind of rows; every cell is a text, so that none can run."""
    book = Workbook(write_only=True)
    sheets = {name: book.create_sheet(name) for name in SHEETS}
    headers = {name: [each for each in sheet.header if each not in PLACE] for name, sheet in SHEETS.items()}
    for name, sheet in sheets.items():
        sheet.freeze_panes = "B2"
        sheet.append(headers[name])
    for line in lines:
        cells = (line.cells.get(name, "") for name in headers[line.sheet])
        sheets[line.sheet].append([_text_cell(sheets[line.sheet], cell) for cell in cells])
    book.save(file)


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, safe_cell(text))
    cell.data_type = "s"
    return cell


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _lines(
    parties: QuerySet[Party],
    services: QuerySet[Service],
    *,
    shown: set[str] | None = None,
    progress: Progress | None = None,
) -> Iterator[Line]:
    """``shown`` are ids of the locations that may be told; None tells all."""
    keys: dict[Any, str] = {}
    for party in parties.order_by("pk").iterator(200):
        keys[party.pk] = party.key or party.code
        yield from _party_lines(party, keys[party.pk], shown)
        if progress:
            progress(1)
    for service in services.order_by("pk").iterator(200):
        if service.party_id in keys:
            yield from _service_lines(service, keys[service.party_id], shown)
        if progress:
            progress(1)


def _party_lines(party: Party, key: str, shown: set[str] | None) -> Iterator[Line]:
    facts: PartyFacts = party_facts(party)
    consent = {} if shown is not None else _consent(party)
    yield Line("parties", {"key": key, "state": party.state} | consent | PARTIES.cells(facts))
    for place in facts.locations:
        if shown is None or place.id in shown:
            yield from _location_lines(place, key)
    yield from _phone_lines(facts.phones, {"party": key})


def _location_lines(place: LocationFacts, party: str) -> Iterator[Line]:
    key = place.key or place.id
    yield Line("locations", {"key": key, "party": party} | LOCATIONS.cells(place))
    yield from _phone_lines(place.phones, {"party": party, "location": key})


def _service_lines(service: Service, party: str, shown: set[str] | None) -> Iterator[Line]:
    facts: ServiceFacts = service_facts(service)
    if shown is not None:
        facts = _told(service, facts, shown)
    key = service.key or service.code
    yield Line("services", {"key": key, "party": party, "state": service.state} | SERVICES.cells(facts))
    yield from _phone_lines(facts.phones, {"party": party, "service": key})


def _told(service: Service, facts: ServiceFacts, shown: set[str]) -> ServiceFacts:
    """Without the places that may not be told; of a service with a secret place without any."""
    places = {
        row.key or str(row.pk) for row in service.party.locations.all() if str(row.pk) in shown and not facts.secret
    }
    return dataclasses.replace(
        facts,
        locations=tuple(name for name in facts.locations if name in places),
        schedules=tuple(row for row in facts.schedules if not row.location or row.location in places),
    )


def _phone_lines(phones: Iterable[PhoneFacts], links: Cells) -> Iterator[Line]:
    for phone in phones:
        if not phone.invented:
            yield Line("phones", links | PHONES.cells(phone))


def _consent(party: Party) -> Cells:
    last = party.consents.order_by("-given_date").first()
    if last is None:
        return {}
    days = (DAY.show(last.given_date), DAY.show(last.expires_date))
    return dict(zip(CONSENT, (last.how, last.text_version, *days), strict=True))
