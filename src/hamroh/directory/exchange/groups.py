"""An organisation with its places and numbers, or a service with its numbers: rows that are saved in one go."""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.policy import Refused
from hamroh.directory import actions, phones
from hamroh.directory.actions import FactsRefused, LocationFacts, PartyFacts, PhoneFacts, Problem, ServiceFacts
from hamroh.directory.exchange.codecs import DAY, LIST
from hamroh.directory.exchange.fates import Outcome, refused, taken
from hamroh.directory.exchange.lookups import CellRefused, entry_named
from hamroh.directory.exchange.rows import Row
from hamroh.directory.exchange.sheets import CONSENT, LOCATIONS, PARTIES, PHONES, SERVICES, Sheet
from hamroh.directory.models import Party, Service
from hamroh.directory.models.parties import CONSENT_KINDS
from hamroh.directory.selectors import party_facts, service_facts
from hamroh.kernel.states import MoveRefused

#: facts -> the column in which an editor finds them
COLUMNS = {"names": "name", "unit": "place", "secret": "secret_place", "channels": "email", "sources": "source_title"}
MOVES = {"listed": actions.list_entry, "draft": actions.unlist_entry, "archived": actions.archive_entry}
Cells = dict[str, str]


@dataclass(frozen=True)
class Patch:
    """A row within the facts at ``path``: its cells before (None: it was not there) and after."""

    row: Row
    path: str
    before: Cells | None
    after: Cells


@dataclass
class Group(ABC):
    """Rows that stand or fall with one entry. A row that is refused is left out and the others are tried again."""

    actor: Any
    key: str
    rows: list[Row]
    patches: list[Patch] = field(default_factory=list)
    before: Any = None

    def outcomes(self) -> Iterator[Outcome]:
        """Save what can be saved; the fate of every row."""
        saved = self._saved()
        yield from (refused(row) for row in self.rows if row.faults)
        if saved is None:
            return
        for patch in self.patches:
            same = patch.before is not None and not saved.changed
            yield taken(patch.row, patch.before, patch.before or {} if same else patch.after)

    def _saved(self) -> actions.Edited | None:
        while live := [row for row in self.rows if not row.faults]:
            self.patches = []
            facts = self.facts(live)
            if any(row.faults for row in live):
                continue
            try:
                with transaction.atomic():
                    return self.save(facts)
            except FactsRefused as error:
                for problem in error.problems:
                    self._blame(problem, live)
            except (Refused, MoveRefused):
                live[0].refuse(
                    "key", _("You cannot change an entry with this key in this way. Look at it on the desk.")
                )
            except DatabaseError:
                live[0].refuse("", _("The row cannot be stored. A cell is too long, or a key is used twice."))
        return None

    def _blame(self, problem: Problem, live: list[Row]) -> None:
        """Refuse the row that a problem is about."""
        fits = [
            patch for patch in self.patches if f"{problem.field}.".startswith(f"{patch.path}." if patch.path else "")
        ]
        patch = max(fits, key=lambda each: len(each.path), default=None)
        row = patch.row if patch else live[0]
        rest = problem.field.removeprefix(patch.path if patch else "").strip(".").partition(".")[0]
        column = COLUMNS.get(rest, rest)
        if column not in {fault.column for fault in row.faults}:
            row.refuse(column, problem.message)

    @abstractmethod
    def facts(self, live: list[Row]) -> Any:
        """The facts of the entry with the rows in them; a row that cannot be is refused."""

    @abstractmethod
    def save(self, facts: Any) -> actions.Edited:
        """Write them by the room's actions."""

    def untouched(self, entry: Any) -> actions.Edited:
        """An entry that the rows leave as it is: whoever may not edit it is told nothing of that."""
        policy.require(self.actor, "directory.edit", entry)
        return actions.Edited(entry, ())

    def patched(self, row: Row, sheet: Sheet, path: str, facts: Any, *, known: bool) -> Any:
        """Facts with the row's cells; a cell that cannot be read refuses the row."""
        before = sheet.cells(facts) if known else None
        for name, cell in row.cells.items():
            column = sheet.by_name.get(name)
            if column is not None:
                try:
                    facts = column.applied(facts, cell)
                except CellRefused as error:
                    row.refuse(name, str(error))
        self.patches.append(Patch(row, path, before, sheet.cells(facts)))
        return facts

    def with_phones(
        self, path: str, known: tuple[PhoneFacts, ...], rows: list[Row], country: str
    ) -> tuple[PhoneFacts, ...]:
        """Numbers with those of the rows; the same number is the same phone."""
        numbers = list(known)
        for row in rows:
            typed = (row.link("number").strip(), plain(row.link("number"), country))
            place = next((n for n, each in enumerate(numbers) if each.number in typed), None)
            blank = PhoneFacts(number="") if place is None else numbers[place]
            if place is not None:
                row.cells["number"] = blank.number
            at = len(numbers) if place is None else place
            facts = self.patched(row, PHONES, f"{path}.{at}", blank, known=place is not None)
            numbers[at : at + 1] = [facts]
        return tuple(numbers)


def plain(number: str, country: str) -> str:
    """The number as it would be stored."""
    try:
        return phones.normalise(number, country)
    except phones.NumberRefused:
        return number.strip()


@dataclass
class PartyGroup(Group):
    """The rows of an organisation, of its places, and of their and its own numbers."""

    party: Party | None = None

    def __post_init__(self) -> None:
        self.party = entry_named(Party, self.key) if self.key else None
        self._refuse_lonely()

    def _refuse_lonely(self) -> None:
        named = [row for row in self.rows if row.sheet == "parties"]
        for row in self.rows:
            if not self.key and not row.faults:
                row.refuse("key" if row in named else "party", _("Give the key of the organisation."))
            elif row in named[1:]:
                row.refuse("key", _("The key stands twice in the file."))
            elif not named and self.party is None:
                row.refuse("party", _("No organisation has this key. Add it to the sheet parties."))

    def facts(self, live: list[Row]) -> PartyFacts:
        named = [row for row in live if row.sheet == "parties"]
        facts = self.before = party_facts(self.party) if self.party else PartyFacts(kind="", names={})
        if not named and self.party is None:
            for row in live:
                row.refuse("party", _("The row of its organisation is refused."))
            return facts
        for row in named:
            facts = self.patched(row, PARTIES, "", facts, known=self.party is not None)
            self._refuse_unasked(row, facts)
            self.patches[-1] = self._with_moves(self.patches[-1])
        facts = dataclasses.replace(facts, locations=self._locations(live, facts))
        own = [row for row in live if row.sheet == "phones" and not row.link("location")]
        return dataclasses.replace(facts, phones=self.with_phones("phones", facts.phones, own, country_of(facts)))

    def _locations(self, live: list[Row], facts: PartyFacts) -> tuple[LocationFacts, ...]:
        places = list(facts.locations)
        for row in [row for row in live if row.sheet == "locations"]:
            at = _place(places, row.link("key"))
            known = at is not None
            blank = places[at] if at is not None else LocationFacts(key=row.link("key"))
            if not row.link("key"):
                row.refuse("key", _("Give the place a key of its own."))
            _join_place(row)
            at = len(places) if at is None else at
            places[at : at + 1] = [self.patched(row, LOCATIONS, f"locations.{at}", blank, known=known)]
        for row in [row for row in live if row.sheet == "phones" and row.link("location")]:
            at = _place(places, row.link("location"))
            if at is None:
                row.refuse("location", _("The organisation has no place with this key."))
            else:
                numbers = self.with_phones(f"locations.{at}.phones", places[at].phones, [row], country_of(facts))
                places[at] = dataclasses.replace(places[at], phones=numbers)
        return tuple(places)

    def _refuse_unasked(self, row: Row, facts: PartyFacts) -> None:
        """People, and groups without registration, come in only together with their consent."""
        if facts.kind in CONSENT_KINDS and self.party is None and not all(row.link(name) for name in CONSENT):
            row.refuse(
                "consent_how",
                _("People and groups without registration choose for themselves. Fill in the four columns of consent."),
            )

    def _with_moves(self, patch: Patch) -> Patch:
        """The cells of a patch with those of state and consent, which are no facts."""
        return dataclasses.replace(
            patch,
            before=None if patch.before is None else patch.before | _state(self.party) | _consent(self.party),
            after=patch.after | {name: patch.row.link(name) for name in ("state", *CONSENT) if patch.row.link(name)},
        )

    def save(self, facts: PartyFacts) -> actions.Edited:
        row = next((patch.row for patch in self.patches if not patch.path), None)
        if self.party and facts == self.before:
            edited = self.untouched(self.party)
        elif self.party:
            edited = actions.edit_party(actor=self.actor, party=self.party, facts=facts)
        else:
            edited = actions.Edited(actions.create_party(actor=self.actor, facts=facts, key=self.key), ("key",))
        changed = edited.changed
        if row:
            changed += self._recorded_consent(row, edited.entry) + moved(self.actor, row, edited.entry)
        self.party = edited.entry
        return actions.Edited(edited.entry, changed)

    def _recorded_consent(self, row: Row, party: Party) -> tuple[str, ...]:
        given = {name: row.link(name) for name in CONSENT}
        if not all(given.values()) or _consent(party) == given:
            return ()
        try:
            days = [DAY.read(given[name]) for name in CONSENT[2:]]
        except CellRefused as error:
            raise FactsRefused([Problem("consent_given", str(error))]) from None
        actions.record_consent(
            actor=self.actor,
            of=party,
            how=given["consent_how"],
            text_version=given["consent_text_version"],
            given_date=days[0],
            expires_date=days[1],
        )
        return ("consent",)


@dataclass
class ServiceGroup(Group):
    """The row of a service and of its own numbers."""

    party: Party | None = None
    service: Service | None = None

    def __post_init__(self) -> None:
        self.service = entry_named(Service, self.key) if self.key else None
        named = [row for row in self.rows if row.sheet == "services"]
        for row in self.rows:
            if not self.key:
                row.refuse("key", _("Give the service a key of its own."))
            elif self.party is None:
                row.refuse("party", _("Its organisation is refused or not known."))
            elif self.service and self.service.party_id != self.party.pk:
                row.refuse("party", _("The service belongs to another organisation."))
            elif row in named[1:]:
                row.refuse("key", _("The key stands twice in the file."))
            elif not named and self.service is None:
                row.refuse("service", _("No service has this key. Add it to the sheet services."))

    def facts(self, live: list[Row]) -> ServiceFacts:
        named = [row for row in live if row.sheet == "services"]
        facts = self.before = service_facts(self.service) if self.service else ServiceFacts(names={})
        if not named and self.service is None:
            for row in live:
                row.refuse("service", _("The row of its service is refused."))
            return facts
        for row in named:
            self._name_places(row)
            facts = self.patched(row, SERVICES, "", facts, known=self.service is not None)
            self.patches[-1] = self._with_state(self.patches[-1])
        numbers = [row for row in live if row.sheet == "phones"]
        country = self.party.country.iso if self.party and self.party.country else ""
        return dataclasses.replace(facts, phones=self.with_phones("phones", facts.phones, numbers, country))

    def _name_places(self, row: Row) -> None:
        """Places that an export of ours named by their id get the name that they have here."""
        if "hsds:" not in row.link("locations") or self.party is None:
            return
        known = {f"hsds:{place.pk}": place.key or str(place.pk) for place in self.party.locations.all()}
        row.cells["locations"] = LIST.show(known.get(name, name) for name in LIST.read(row.cells["locations"]))

    def _with_state(self, patch: Patch) -> Patch:
        state = {"state": patch.row.link("state")} if patch.row.link("state") else {}
        before = None if patch.before is None else patch.before | _state(self.service)
        return dataclasses.replace(patch, before=before, after=patch.after | state)

    def save(self, facts: ServiceFacts) -> actions.Edited:
        if self.party is None:
            raise Refused
        if self.service and facts == self.before:
            edited = self.untouched(self.service)
        elif self.service:
            edited = actions.edit_service(actor=self.actor, service=self.service, facts=facts)
        else:
            made = actions.create_service(actor=self.actor, party=self.party, facts=facts, key=self.key)
            edited = actions.Edited(made, ("key",))
        row = next((patch.row for patch in self.patches if not patch.path), None)
        return actions.Edited(edited.entry, edited.changed + (moved(self.actor, row, edited.entry) if row else ()))


def moved(actor: Any, row: Row, entry: Any) -> tuple[str, ...]:
    """Move the entry to the state that the row names."""
    to = row.link("state").casefold()
    if not to or to == entry.state:
        return ()
    if to not in MOVES:
        raise FactsRefused(
            [Problem("state", _("This is not one of the choices: %(all)s.") % {"all": ", ".join(MOVES)})]
        )
    MOVES[to](actor=actor, entry=entry)
    return ("state",)


def country_of(facts: PartyFacts) -> str:
    """The ISO code of the country in which its numbers are read."""
    return (facts.country or facts.seat).partition("-")[0].upper()


def _place(places: list[LocationFacts], name: str) -> int | None:
    bare = name.removeprefix("hsds:")
    return next(
        (n for n, each in enumerate(places) if (name and bare in (each.key, each.id)) or name == each.key), None
    )


def _join_place(row: Row) -> None:
    """Columns beside the name of a place become a part of it: ``Vakhsh, Khatlon @2026``."""
    parent, as_of = row.cells.pop("place_parent", ""), row.cells.pop("place_as_of", "")
    if row.link("place") and parent:
        row.cells["place"] = f"{row.cells['place']}, {parent}"
    if row.link("place") and as_of:
        row.cells["place"] = f"{row.cells['place']} @{as_of}"


def _state(entry: Party | Service | None) -> Cells:
    return {"state": entry.state} if entry else {}


def _consent(party: Party | None) -> Cells:
    last = party.consents.order_by("-given_date").first() if party else None
    if last is None:
        return dict.fromkeys(CONSENT, "")
    return dict(
        zip(CONSENT, (last.how, last.text_version, DAY.show(last.given_date), DAY.show(last.expires_date)), strict=True)
    )
