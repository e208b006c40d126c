"""Whether somebody is known already: people of files that the actor may read, in any spelling, with reasons.

Of other files nothing is said here, not even a number: the installation compares those when somebody is entered
(`actions.conflicts`), and asks a supervisor.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import pgettext

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases import naming
from hamroh.cases.likeness import BANDS, STATES, banded, said
from hamroh.cases.models import Person
from hamroh.vault import opening, pools

if TYPE_CHECKING:
    from hamroh.kernel.linkage import Candidate

PURPOSE, LEAST = "search", "weak"


@dataclass(frozen=True)
class Likeness:
    """Somebody who may be the person sought: ``band`` is a key of BANDS, ``reasons`` are sentences in the reader's language."""

    person: Person
    name: str
    band: str
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether somebody should look before she goes on."""
        return self.band != LEAST

    @property
    def word(self) -> Any:
        return BANDS[self.band]

    @property
    def state(self) -> str:
        return STATES[self.band]


def duplicates(
    *, actor: Any, organisation: Organisation, told: Any, but: UUID | None = None, limit: int = 10
) -> list[Likeness]:
    """The likeliest people of files that the actor may read, at most ``limit``; ``told`` is a ``Told``, ``but`` somebody to leave out.

    Who has the same document or telephone comes first, whatever she is called.
    """
    query = {key: value for key, value in naming.record_of("", asdict(told)).items() if key != "id"}
    exact = _by_number(actor, organisation, told, but)
    found = _named(actor, organisation, query, but, limit)
    ids = [each.id for each, _band in found]
    rows = {str(row.pk): row for row in Person.objects.filter(pk__in=ids).select_related("case")}
    named = [_likeness(rows[each.id], each, band) for each, band in found if each.id in rows]
    known = {each.person.pk for each in named}
    return ([each for each in exact if each.person.pk not in known] + named)[:limit]


def _named(
    actor: Any, organisation: Organisation, query: Mapping[str, Any], but: UUID | None, limit: int
) -> "list[tuple[Candidate, str]]":
    if not query.get("name"):
        return []
    opener = naming.Opener(actor)
    found = pools.search(naming.KIND, organisation.pk, query, opener=opener, limit=limit + 1)
    others = [each for each in found if each.id != str(but)]
    return [(each, _shown(band)) for each, band in banded(others, organisation.pk) if band in BANDS or each.bits > 0]


def _shown(band: str) -> str:
    """The word for her: who is asked for is one of few, so that whom more speaks for than against is not held back as improbable.

    A name written in other letters with no year and no place beside it is alike, and no more can be said of it.
    """
    return band if band in BANDS else LEAST


def _likeness(person: Person, found: "Candidate", band: str) -> Likeness:
    return Likeness(person, str(found.record["name"]), band, said(found))


def _by_number(actor: Any, organisation: Organisation, told: Any, but: UUID | None) -> Iterator[Likeness]:
    """People with the same document or telephone, by blind index."""
    words = {
        "document": pgettext("likeness", "the same document"), "phone": pgettext("likeness", "the same telephone number")
    }  # fmt: skip
    for name, why in words.items():
        if not (value := getattr(told, name)):
            continue
        wanted = {f"{name}_index": value}
        rows = Person.objects.with_blind(organisation_id=organisation.pk, **wanted).exclude(pk=but)
        yield from _opened(actor, rows.select_related("case").order_by("pk")[:MOST], why)


#: people with one number that are shown
MOST = 5


def _opened(actor: Any, rows: Iterable[Person], why: str) -> Iterator[Likeness]:
    for row in rows:
        decision = policy.allowed(actor, "case.read", row)
        if decision:
            shown = opening.open_each(row, ("name",), decision=decision, purpose=PURPOSE)
            yield Likeness(row, str(shown["name"]), "possible", (why,))
