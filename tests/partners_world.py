"""Two organisations that help each other find: the centre asks for Zafar; Somon, a diaspora group, has met somebody in Perm."""

from dataclasses import dataclass, replace
from typing import Any

from desk_world import employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.tracing import actions
from hamroh.tracing.actions import consents, looking, partnering, sharing
from hamroh.tracing.models import Partnership, Pool, PoolRecord, Request, Shown
from hamroh.tracing.selectors import partners as reads
from hamroh.vault import journal
from tracing_world import MET, NOTE, PLACE, Search, asked

TERMS = partnering.Terms("We look for people who are missed, and for nothing else.", "+992 37 221-00-00")
WORDS = "We go through our book of autumn."
CONTACT = "Office in the morning, +7 342 200-00-00"


@dataclass(frozen=True)
class Pair:
    """The centre's search, and Somon with two officers and a supervisor."""

    search: Search
    somon: Organisation
    aziz: User  #: tracing officer of Somon
    rano: User  #: tracing officer of Somon, too
    umed: User  #: supervisor of Somon

    @property
    def ours(self) -> Partnership:
        return Partnership.objects.get(organisation=self.search.centre, ended_date=None)

    @property
    def theirs(self) -> Partnership:
        return Partnership.objects.get(organisation=self.somon, ended_date=None)


def meet_somon(search: Search) -> Pair:
    """Somon works with Hamroh, and no agreement yet."""
    somon = Organisation.objects.create(
        code="somon", names={"en": "Somon of Perm"}, country="ru", zone="Asia/Yekaterinburg"
    )
    people = (employ(name, somon, Role.TRACING_OFFICER) for name in ("aziz", "rano"))
    return Pair(search, somon, *people, employ("umed", somon, Role.SUPERVISOR))


def offered(pair: Pair, terms: Any = TERMS) -> Partnership:
    return partnering.offer(actor=pair.search.manizha, organisation=pair.search.centre, partner=pair.somon, terms=terms)


def agreed(pair: Pair, terms: Any = TERMS) -> Partnership:
    """Both sides have said yes."""
    ours = offered(pair, terms)
    partnering.accept(actor=pair.umed, partnership=pair.theirs, contact=CONTACT)
    ours.refresh_from_db()
    return ours


def said(pair: Pair, row: Request, given: str = "given") -> None:
    """What the seeker says to a search by Somon, and what follows of it in the background."""
    consents.answer(
        actor=pair.search.farzona, request=row, given=given, way="voice", lang="tg", to_organisation=pair.somon
    )
    followed(row)


def followed(row: Request) -> None:
    with journal.openings("task"):
        sharing.follow(row.pk)


def shown(pair: Pair, **more: Any) -> tuple[Request, Shown]:
    """A request that Somon is shown."""
    row = asked(pair.search, **more)
    said(pair, row)
    return row, Shown.objects.get(request_id=row.pk)


def their_pool(pair: Pair) -> Pool:
    return actions.make_pool(
        actor=pair.aziz, organisation=pair.somon, name="Book of autumn", origin="own", basis="consent", of_a_shelter=False,
        is_lent=False, days=90,
    )  # fmt: skip


def they_met(pair: Pair, of: Any = None) -> PoolRecord:
    """Somebody whom Somon has met, at a place that nobody else may read."""
    met = of or replace(MET, place="Kulyab", note=f"{PLACE} {NOTE}", phone="+7 912 777-66-55")
    return actions.add_record(actor=pair.aziz, pool=their_pool(pair), met=met)


def looked(pair: Pair, row: Shown, who: Any = None, purpose: str = "first") -> Any:
    return looking.look(actor=who or pair.aziz, shown=Shown.objects.get(pk=row.pk), purpose=purpose, words=WORDS)


def seen(pair, who=None):
    """What an officer of Somon reads of the centre's requests now."""
    rows = reads.theirs(actor=who or pair.aziz, organisation=pair.somon)
    return reads.read(actor=who or pair.aziz, rows=list(rows))
